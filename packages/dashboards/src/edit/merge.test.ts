import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDashboard } from '../document/read.ts'
import { someCommands } from './any-command.ts'
import { together } from './command.ts'
import { placeWidgets } from './commands/layout.ts'
import { putAlias, setSettings } from './commands/parts.ts'
import { addState, setRootState } from './commands/states.ts'
import { addWidget, removeWidgets, setMember } from './commands/widgets.ts'
import { type Choices, mergeDashboards } from './merge.ts'
import type { Command, EditedDashboard } from './model.ts'
import { boxesOf, gridAt, widgetsOf } from './parts.ts'
import { aBox, aDashboard, mainGrid } from './testing.ts'

const base = aDashboard()
const after = (...commands: Command[]): EditedDashboard => together(commands).apply(base)
const title = (id: string, text: string) => setMember(id, ['config', 'title'], text)
const titleIn = ({ configuration }: EditedDashboard, id: string) =>
  Reflect.get(widgetsOf(configuration)[id] as object, 'config').title

describe('what two people made of one dashboard', () => {
  it('comes together where they changed different things, whoever is asked first', () => {
    const mine = after(
      title('a', 'mine'),
      setSettings({ hideToolbar: true }),
      placeWidgets(mainGrid, new Map([['d', aBox(0, 8, 24, 6)]]), ['d']),
    )
    const theirs = after(
      setMember('a', ['config', 'units'], '°C'),
      title('b', 'theirs'),
      addState('more', 'More'),
      removeWidgets(mainGrid, ['c']),
    )
    const merged = mergeDashboards(base, mine, theirs)
    expect(merged.contradictions).toEqual([])
    expect(merged.dashboard.configuration).toMatchObject({
      widgets: { a: { config: { title: 'mine', units: '°C' } }, b: { config: { title: 'theirs' } } },
      settings: { hideToolbar: true, showTitle: true },
      states: { more: {}, start: { layouts: { main: { widgets: { d: { row: 8 } } } } } },
    })
    expect(merged.dashboard.configuration).not.toHaveProperty('widgets.c')
    expect(mergeDashboards(base, theirs, mine)).toEqual(merged)
  })

  it('is asked about where both changed the same member, and the choice counts', () => {
    const [mine, theirs] = [after(title('a', 'mine')), after(title('a', 'theirs'))]
    const asked = mergeDashboards(base, mine, theirs)
    expect(asked.contradictions).toEqual([
      {
        ...{ key: 'widget/a/config/title', kind: 'widget', id: 'a', title: 'mine', path: ['config', 'title'] },
        ...{ base: 'A', mine: 'mine', theirs: 'theirs' },
      },
    ])
    expect(asked.dashboard).toBe(mine)
    const { dashboard } = mergeDashboards(base, mine, theirs, { 'widget/a/config/title': 'theirs' })
    expect(titleIn(dashboard, 'a')).toBe('theirs')
  })

  it('asks whether a widget that one removed and the other changed stays; one that was only moved is gone', () => {
    const removed = after(removeWidgets(mainGrid, ['d']))
    const moved = after(placeWidgets(mainGrid, new Map([['d', aBox(0, 9, 24, 6)]]), ['d']))
    expect(mergeDashboards(base, removed, moved)).toMatchObject({ contradictions: [] })
    expect(mergeDashboards(base, moved, removed).dashboard.configuration).not.toHaveProperty('widgets.d')

    const asked = mergeDashboards(base, removed, after(title('d', 'wanted')))
    expect(asked.contradictions.map(({ key }) => key)).toEqual(['widget/d'])
    const kept = mergeDashboards(base, removed, after(title('d', 'wanted')), { 'widget/d': 'theirs' }).dashboard
    expect(titleIn(kept, 'd')).toBe('wanted')
    expect(boxesOf(gridAt(kept.configuration, mainGrid)).get('d')).toEqual(aBox(0, 4, 24, 6))
  })

  it('leaves nothing over each other that both put to the same place', () => {
    const widget = (id: string) =>
      addWidget({ id, typeFullFqn: 'system.x', type: 'latest', title: id, sizeX: 6, sizeY: 4 }, mainGrid, {
        col: 0,
        row: 10,
      })
    const { dashboard } = mergeDashboards(base, after(widget('m')), after(widget('t')))
    const boxes = boxesOf(gridAt(dashboard.configuration, mainGrid))
    expect([boxes.get('m'), boxes.get('t')]).toEqual([aBox(0, 10, 6, 4), aBox(0, 14, 6, 4)])
  })

  it('has one root, mine when both chose another', () => {
    const mine = after(addState('m', 'M'), setRootState('m'))
    const theirs = after(setRootState('detail'))
    const { configuration } = mergeDashboards(base, mine, theirs).dashboard
    expect(readDashboard(configuration).document.rootStateId).toBe('m')
  })

  it('asks about title and alias by their names', () => {
    const alias = (name: string) => putAlias('all', { alias: name, filter: { type: 'apiUsageState' } })
    const mine = { ...after(alias('Mine')), title: 'Mine' }
    const theirs = { ...after(alias('Theirs')), title: 'Theirs' }
    expect(mergeDashboards(base, mine, theirs).contradictions.map(({ key, title }) => [key, title])).toEqual([
      ['alias/all/alias', 'Mine'],
      ['dashboard//title', ''],
    ])
  })

  it('is that of the one who did something when the other did nothing', () => {
    fc.assert(
      fc.property(someCommands, someCommands, (first, then) => {
        const start = together(first).apply(base)
        const changed = together(then).apply(start)
        expect(mergeDashboards(start, changed, structuredClone(start)).dashboard).toEqual(changed)
        expect(mergeDashboards(start, structuredClone(start), changed).dashboard).toEqual(changed)
        const same = mergeDashboards(start, changed, structuredClone(changed))
        expect([same.dashboard, same.contradictions]).toEqual([changed, []])
      }),
    )
  })

  it('is the same whoever comes first, where each changed widgets of their own', () => {
    const edits = (ids: readonly string[]) =>
      fc
        .array(
          fc
            .tuple(fc.constantFrom(...ids), fc.constantFrom('title', 'units', 'settings'), fc.string())
            .map(([id, name, value]) =>
              setMember(id, ['config', ...(name === 'settings' ? ['settings', 'x', 'y'] : [name])], value),
            ),
          { maxLength: 6 },
        )
        .map((commands) => after(...commands))
    fc.assert(
      fc.property(edits(['a', 'b']), edits(['c', 'd', 'e']), (mine, theirs) => {
        const merged = mergeDashboards(base, mine, theirs)
        expect(merged.contradictions).toEqual([])
        expect(mergeDashboards(base, theirs, mine)).toEqual(merged)
        const widgets = widgetsOf(merged.dashboard.configuration)
        for (const id of ['a', 'b']) expect(widgets[id]).toEqual(widgetsOf(mine.configuration)[id])
        for (const id of ['c', 'd', 'e']) expect(widgets[id]).toEqual(widgetsOf(theirs.configuration)[id])
      }),
    )
  })

  it('is sound whatever both did, and asks both the same', () => {
    fc.assert(
      fc.property(someCommands, someCommands, (ours, others) => {
        const [mine, theirs] = [together(ours).apply(base), together(others).apply(base)]
        const { dashboard, contradictions } = mergeDashboards(base, mine, theirs)
        const { document, report } = readDashboard(dashboard.configuration)
        expect(report.remarks).toEqual([])
        expect([...document.states.values()].filter((state) => state.isRoot)).toHaveLength(1)
        const swapped = mergeDashboards(base, theirs, mine)
        const keys = contradictions.map(({ key }) => key).sort()
        expect(swapped.contradictions.map(({ key }) => key).sort()).toEqual(keys)
        const choices: Choices = Object.fromEntries(keys.map((key) => [key, 'theirs']))
        const theirWay = mergeDashboards(base, mine, theirs, choices).dashboard.configuration
        expect(Object.keys(widgetsOf(theirWay)).sort()).toEqual(
          Object.keys(widgetsOf(swapped.dashboard.configuration)).sort(),
        )
        // What was settled is not asked again.
        expect(mergeDashboards(theirs, dashboard, theirs).dashboard).toBe(dashboard)
      }),
      { numRuns: 300 },
    )
  })
})
