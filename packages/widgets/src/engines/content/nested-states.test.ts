// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { nestedStates } from './nested-states.ts'
import { createSanitizer } from './sanitize.ts'

const sanitize = createSanitizer(window)

describe('states inside of markup', () => {
  it('are found, with a place for each that keeps its class and style', () => {
    const { markup, states } = nestedStates(
      `<p>Tanks</p><tb-dashboard-state class="flex-1" style="height: 40%" [ctx]="ctx" [syncParentStateParams]="true"
        stateId="tanks"></tb-dashboard-state><tb-dashboard-state [stateId]="'pumps'" [ctx]="a > b">
      </tb-dashboard-state>`,
    )
    expect(states).toMatchObject([
      { place: 'nested-state-0', stateId: 'tanks', follows: true, entity: null, paramName: null },
      { place: 'nested-state-1', stateId: 'pumps', follows: false, grid: { fills: true, margin: null } },
    ])
    const box = document.createElement('div')
    box.append(sanitize(markup))
    expect(box.querySelector<HTMLElement>('.nested-state-0.flex-1')?.style.height).toBe('40%')
    expect(box.querySelectorAll('.nested-state')).toHaveLength(2)
    expect(box.textContent?.trim()).toBe('Tanks')
  })
  it('are for an entity that the markup names, on a grid as it wants', () => {
    const id = '784f394c-42b6-435a-983c-b7beff2784f9'
    const of = (attributes: string) => nestedStates(`<tb-dashboard-state stateId="a" ${attributes}/>`).states[0]
    expect(of(`[entityId]="{ entityType: 'DEVICE', id: '${id}' }" entityParamName="pump"`)).toMatchObject({
      ...{ entity: { entityType: 'DEVICE', id }, paramName: 'pump' },
    })
    expect(of(`[entityId]='{"id": "${id}", "entityType": "ASSET"}'`)?.entity).toEqual({ entityType: 'ASSET', id })
    for (const other of ['ctx.entityId', "{ entityType: 'DEVICE', id: '${entityId}' }", "{ id: '1' }"])
      expect(of(`[entityId]="${other}"`)?.entity).toBeNull()
    const grid = `[defaultAutofillLayout]="false" [defaultMargin]="4" defaultBackgroundColor="#eee" [defaultOuterMargin]="false"`
    expect(of(grid)?.grid).toEqual({ fills: false, margin: 4, outerMargin: false, background: '#eee' })
    expect(of('[defaultMargin]="ctx.margin"')?.grid.margin).toBeNull()
  })
  it('keep their share of a layout', () => {
    const box = document.createElement('div')
    const { markup } = nestedStates('<div fxLayout="row"><tb-dashboard-state fxFlex="30" stateId="a"/></div>')
    box.append(sanitize(markup))
    expect(box.querySelector<HTMLElement>('.nested-state')?.style.maxWidth).toBe('30%')
  })
  it('are none where no state is named, and no more than a page can bear', () => {
    expect(nestedStates('<tb-dashboard-state [stateId]="ctx.state"></tb-dashboard-state>').states).toEqual([])
    expect(nestedStates('<tb-dashboard-state stateId="a"/>'.repeat(20)).states).toHaveLength(8)
  })
  it('bring no markup of their own', () => {
    const { markup } = nestedStates(`<tb-dashboard-state stateId='a' class='"><img src=x onerror=alert(1)>'>`)
    const box = document.createElement('div')
    box.append(sanitize(markup))
    expect(box.querySelector('img')).toBeNull()
  })
})
