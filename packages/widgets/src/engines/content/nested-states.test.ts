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
    expect(states).toEqual([
      { place: 'nested-state-0', stateId: 'tanks', keepsParams: true },
      { place: 'nested-state-1', stateId: 'pumps', keepsParams: false },
    ])
    const box = document.createElement('div')
    box.append(sanitize(markup))
    expect(box.querySelector<HTMLElement>('.nested-state-0.flex-1')?.style.height).toBe('40%')
    expect(box.querySelectorAll('.nested-state')).toHaveLength(2)
    expect(box.textContent?.trim()).toBe('Tanks')
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
