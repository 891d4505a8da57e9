// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { createSanitizer } from './sanitize.ts'
import { namedIcons, plainTemplate } from './templates.ts'

const sanitize = createSanitizer(window)
const shown = (markup: string, actions: readonly string[] = []) => {
  const box = document.createElement('div')
  box.append(sanitize(plainTemplate(markup, actions, 'en')))
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
  ])('%s reads %s', (template, text) => {
    expect(shown(template).textContent).toBe(text)
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
