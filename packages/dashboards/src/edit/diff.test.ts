import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { someCommands } from './any-command.ts'
import { changeDashboard, together } from './command.ts'
import { addBreakpoint } from './commands/breakpoints.ts'
import { addContainer } from './commands/containers.ts'
import { placeWidgets, lockWidgets } from './commands/layout.ts'
import { putAlias, removeFilter, setSettings } from './commands/parts.ts'
import { renameState } from './commands/states.ts'
import { addWidget, removeWidgets, setMember } from './commands/widgets.ts'
import { diffDashboards } from './diff.ts'
import { isSameDashboard } from './merge.ts'
import type { Command } from './model.ts'
import { aBox, aDashboard, mainGrid } from './testing.ts'

const base = aDashboard()
const difference = (...commands: Command[]) => diffDashboards(base, together(commands).apply(base))

describe('how one dashboard became another', () => {
  it('is told by widget and member, with both values', () => {
    const found = difference(
      setMember('a', ['config', 'title'], 'New'),
      addWidget({ id: 'n', typeFullFqn: 'system.x', type: 'latest', title: 'N', sizeX: 6, sizeY: 4 }, mainGrid),
      removeWidgets(mainGrid, ['b']),
      placeWidgets(mainGrid, new Map([['d', aBox(0, 5, 12, 6)]]), ['d']),
      lockWidgets(mainGrid, ['c'], true),
    )
    expect(found.widgets).toEqual({
      added: [{ id: 'n', title: 'N' }],
      removed: [{ id: 'b', title: 'B' }],
      changed: [{ id: 'a', title: 'New', members: [{ path: ['config', 'title'], before: 'A', after: 'New' }] }],
    })
    expect(found.places).toEqual([
      {
        ...{ id: 'c', title: 'C', at: mainGrid, before: aBox(16, 0, 8, 4), after: aBox(16, 0, 8, 4) },
        members: [{ path: ['thingwire'], before: undefined, after: { locked: true } }],
      },
      { id: 'd', title: 'D', at: mainGrid, before: aBox(0, 4, 24, 6), after: aBox(0, 5, 12, 6), members: [] },
    ])
    expect(found.count).toBe(5)
  })

  it('names states, aliases, filters, settings and the dashboard itself', () => {
    const found = difference(
      renameState('detail', 'One pump'),
      putAlias('all', { alias: 'Pumps', filter: { type: 'apiUsageState' } }),
      removeFilter('f'),
      setSettings({ showTitle: false }),
      changeDashboard({ title: 'Other' }),
    )
    expect(found.states.changed).toMatchObject([{ id: 'detail', title: 'One pump', members: [{ path: ['name'] }] }])
    expect(found.aliases.changed[0]?.members.map(({ path }) => path.join('.'))).toContain('filter.type')
    expect(found.filters.removed).toEqual([{ id: 'f', title: 'Hot' }])
    expect(found.settings).toEqual([{ path: ['showTitle'], before: true, after: false }])
    expect(found.dashboard).toEqual([{ path: ['title'], before: 'Pumps', after: 'Other' }])
  })

  it('tells of a container once, and of no place that only follows', () => {
    const sections = [{ id: 's', stateId: 'box-s', title: 'First' }]
    const added = difference(addContainer({ id: 'box', kind: 'tabs', title: 'Box', sections }, mainGrid))
    expect([added.widgets.added, added.states.added, added.count]).toEqual([[{ id: 'box', title: 'Box' }], [], 1])

    const xs = { ...mainGrid, layout: 'main', breakpoint: 'xs' } as const
    const start = addBreakpoint(xs, null).apply(base)
    const moved = placeWidgets(mainGrid, new Map([['d', aBox(0, 9, 24, 6)]]), ['d']).apply(start)
    expect(diffDashboards(start, moved).places.map(({ at }) => at.breakpoint)).toEqual([null])
  })

  it('is nothing only where two dashboards say the same', () => {
    fc.assert(
      fc.property(someCommands, (commands) => {
        const end = together(commands).apply(base)
        expect(diffDashboards(end, end).count).toBe(0)
        if (diffDashboards(base, end).count === 0) {
          expect(
            isSameDashboard(
              { ...end, configuration: { ...end.configuration, states: {} } },
              { ...base, configuration: { ...base.configuration, states: {} } },
            ),
          ).toBe(true)
        }
      }),
    )
  })
})
