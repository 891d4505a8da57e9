// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { createSanitizer } from './sanitize.ts'
import type { TemplateFacts } from './template-conditions.ts'
import { namedIcons, plainTemplate } from './templates.ts'

const sanitize = createSanitizer(window)
const entity = { entityType: 'DEVICE', id: '1' }
const facts: TemplateFacts = {
  isMobile: false,
  user: null,
  states: [{ id: 'list', params: { pump: { entityId: entity, entityName: '<b>P</b>' } } }],
}
const shown = (markup: string, actions: readonly string[] = [], known = facts) => {
  const box = document.createElement('div')
  box.append(sanitize(plainTemplate(markup, actions, 'en', known)))
  return box
}

describe('templates of files in plain HTML', () => {
  it('have panels that fold by themselves, with what stands in them', () => {
    const box = shown(`<mat-expansion-panel id="p" class="own" [expanded]="true" (expandedChange)="open = $event > 1">
        <mat-expansion-panel-header><mat-panel-description>More</mat-panel-description></mat-expansion-panel-header>
        <ng-template matExpansionPanelContent><p>inside</p></ng-template></mat-expansion-panel>`)
    const details = box.querySelector('details')
    expect([details?.open, details?.className, details?.id]).toEqual([true, 'own', 'p'])
    expect(details?.querySelector('summary')?.textContent?.trim()).toBe('More')
    expect(details?.querySelector('p')?.textContent).toBe('inside')
  })

  it('have tabs of which one is open, without those that a value leaves out', () => {
    const box = shown(`<mat-tab-group class=own>
      <mat-tab *ngIf="0" label="None">no</mat-tab><mat-tab *ngIf="undefined" label="Neither">no</mat-tab>
      <mat-tab label="All" value="a > b"><b>all</b></mat-tab><mat-tab *ngIf="3" label="MQTT">three</mat-tab></mat-tab-group>`)
    const parts = [...box.querySelectorAll('details')]
    expect(parts.map((one) => [one.querySelector('summary')?.textContent, one.open])).toEqual([
      ['All', true],
      ['MQTT', false],
    ])
    expect(new Set(parts.map((one) => one.getAttribute('name'))).size).toBe(1)
    expect(box.textContent).not.toContain('no')
  })

  it.each([
    ["{{ 'gateway.launch-command' | translate }}", 'Launch command'],
    ['{{ 3720000 | milliSecondsToTimeString }} ago', '1 hour 2 minutes ago'],
    ['{{ 400 | milliSecondsToTimeString : true }}', '0 seconds'],
    ['{{ ctx.name }}', '{{ ctx.name }}'],
    ['{{ ctx.stateController.getStateParams().pump.entityName }}', '<b>P</b>'],
    ['{{ ctx.stateController.getStateParams().constructor.name }}', ''],
    ['<i translate>widgets.system-info.cpu</i>', 'Cpu'],
    ['<i class="a > b" translate >device.devices</i>', 'Devices'],
    ['<i translate>some text</i>', 'some text'],
  ])('%s reads %s', (template, text) => {
    expect(shown(template).textContent).toBe(text)
  })

  it.each([
    [
      '<p *ngIf="!ctx.isMobile; else small">wide <p>x</p></p><ng-template #small>narrow</ng-template>',
      'wide x',
      'narrow',
    ],
    ['<p *ngIf="ctx.isMobile">narrow</p> <p class="a" *ngIf="!ctx.isMobile">wide</p>', 'wide', 'narrow'],
    ['<div *ngIf="ctx.isMobile"><div>in</div> <div *ngIf="1 > 0">er</div></div>rest', 'rest', 'in errest'],
    [
      `<p *ngIf="ctx.currentUser.authority === 'TENANT_ADMIN'">t</p><p *ngIf="ctx.currentUser.authority !== 'X'">x</p>`,
      'x',
      'tx',
    ],
    [
      '<p *ngIf="ctx.stateController.getStateParams().pump">p</p><p *ngIf="!ctx.stateController.getStateParams().gone">g</p>',
      'pg',
      'g',
    ],
    ['<p *ngIf="deviceCount > 0">kept</p>', 'kept', 'kept'],
    ['<p *ngIf="ctx.isMobile">never closed', 'never closed', 'never closed'],
    ['<img *ngIf="ctx.isMobile"/>a', 'a', 'a'],
  ])('heed conditions that ask for what is known: %s', (markup, wide, narrow) => {
    expect(shown(markup).textContent?.trim()).toBe(wide)
    const phone: TemplateFacts = {
      isMobile: true,
      user: { authority: 'TENANT_ADMIN' } as TemplateFacts['user'],
      states: [],
    }
    expect(shown(markup, [], phone).textContent?.trim()).toBe(narrow)
  })

  it('end with markup that would be looked at for ever', () => {
    const many = '<p *ngIf="ctx.isMobile">x</p>'.repeat(1_000)
    expect(shown(many).textContent?.length).toBe(800)
    expect(shown('<ng-template #a>'.repeat(1_000)).textContent).toBe('')
  })

  it('choose among parts by tabs', () => {
    const box =
      shown(`<tb-toggle-header #what value="a"><tb-toggle-option value="a">{{ 'x.first-one' | translate }}</tb-toggle-option>
      <tb-toggle-option value="b">B</tb-toggle-option></tb-toggle-header><ng-container [ngSwitch]="what.value">
      <ng-template [ngSwitchCase]="'a'"><p>one</p></ng-template><ng-template [ngSwitchCase]="'b'"><p>two</p></ng-template></ng-container>`)
    expect([...box.querySelectorAll('details')].map((one) => [one.open, one.textContent])).toEqual([
      [true, 'First oneone'],
      [false, 'Btwo'],
    ])
  })

  it('have links and explanations', () => {
    const box =
      shown(`<a routerLink="/entities/devices" [queryParams]="{action: 'add'}">d</a><a routerLink="https://x.example">x</a>
      <b matTooltip="More than that">b</b>`)
    expect([...box.querySelectorAll('a')].map((one) => one.getAttribute('href'))).toEqual(['/devices', null])
    expect(box.querySelector('b')?.title).toBe('More than that')
  })

  it('start actions by their names', () => {
    const of = (index: number) =>
      `(click)="ctx.actionsApi.handleWidgetAction($event, ctx.actionsApi.getActionDescriptors('elementClick')[${index}], id)"`
    const box = shown(`<button ${of(1)}>a</button><button ${of(7)}>b</button>`, ['first', 'the "second"'])
    expect([...box.querySelectorAll('button')].map(({ id }) => id)).toEqual(['the "second"', ''])
  })
})

describe('icons of markup', () => {
  it('have a place each, with what else is said of them', () => {
    const { markup, icons } = namedIcons(
      `<mat-icon class="big" style="color: red">error</mat-icon> <mat-icon> check </mat-icon><mat-icon>a b</mat-icon>`,
    )
    expect(icons).toEqual([
      { place: 'named-icon-0', name: 'error' },
      { place: 'named-icon-1', name: 'check' },
    ])
    const box = document.createElement('div')
    box.append(sanitize(markup))
    expect(box.querySelector<HTMLElement>('mat-icon.named-icon-0.big')?.style.color).toBe('red')
    expect(box.textContent?.trim()).toBe('')
    expect(namedIcons('<mat-icon>error</mat-icon>'.repeat(500)).icons).toHaveLength(100)
  })
})
