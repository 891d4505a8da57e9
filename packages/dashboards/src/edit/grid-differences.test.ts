import { describe, expect, it } from 'vitest'
import { together } from './command.ts'
import { addBreakpoint } from './commands/breakpoints.ts'
import { placeWidgets } from './commands/layout.ts'
import { removeState } from './commands/states.ts'
import { addWidget, removeWidgets, setMember } from './commands/widgets.ts'
import { diffDashboards } from './diff.ts'
import { gridDifferences } from './grid-differences.ts'
import type { Command } from './model.ts'
import { aBox, aDashboard, mainGrid } from './testing.ts'

const base = aDashboard()
const found = (...commands: Command[]) => {
  const after = together(commands).apply(base)
  return gridDifferences(base, after, diffDashboards(base, after))
}
const marksOf = (picture: { widgets: readonly { id: string; mark: string }[] } | null | undefined) =>
  Object.fromEntries(picture?.widgets.map(({ id, mark }) => [id, mark]) ?? [])

describe('the grids of two dashboards, drawn beside each other', () => {
  it('mark what came, went, changed and moved', () => {
    const [grid, ...others] = found(
      setMember('a', ['config', 'title'], 'New'),
      addWidget({ id: 'n', typeFullFqn: 'system.x', type: 'latest', title: 'N', sizeX: 6, sizeY: 4 }, mainGrid),
      removeWidgets(mainGrid, ['b']),
      placeWidgets(mainGrid, new Map([['d', aBox(0, 5, 12, 6)]]), ['d']),
    )
    expect(others).toEqual([])
    expect(grid).toMatchObject({ at: mainGrid, count: 4, before: { columns: 24, rows: 11 } })
    expect(marksOf(grid?.before)).toEqual({ a: 'changed', b: 'removed', c: 'same', d: 'same' })
    expect(marksOf(grid?.after)).toEqual({ a: 'changed', n: 'added', c: 'same', d: 'same' })
    const moved = grid?.after?.widgets.find(({ id }) => id === 'd')
    expect(moved).toMatchObject({ box: aBox(0, 5, 12, 6), other: aBox(0, 4, 24, 6) })
    expect(grid?.after?.widgets.find(({ id }) => id === 'a')).toMatchObject({ title: 'New', other: null })
  })

  it('are those alone in which something differs', () => {
    expect(found()).toEqual([])
    expect(found(setMember('e', ['config', 'title'], 'New')).map(({ at }) => at.stateId)).not.toContain('start')
  })

  it('have one side where the other is not there', () => {
    const withBreakpoint = (how: 'automatic' | 'copy') =>
      found(addBreakpoint({ ...mainGrid, breakpoint: 'sm' }, null, how)).find(({ at }) => at.breakpoint === 'sm')
    // One that follows the grid for all widths says nothing of its own.
    expect(withBreakpoint('automatic')).toBeUndefined()
    const breakpoint = withBreakpoint('copy')
    expect(breakpoint?.before).toBeNull()
    expect(new Set(Object.values(marksOf(breakpoint?.after)))).toEqual(new Set(['added']))
    const gone = found(removeState('detail')).find(({ at }) => at.stateId === 'detail')
    expect(gone).toMatchObject({ after: null, count: 1 })
    expect(marksOf(gone?.before)).toEqual({ e: 'removed' })
  })
})
