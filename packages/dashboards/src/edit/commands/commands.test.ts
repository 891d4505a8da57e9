import { describe, expect, it } from 'vitest'
import { isRecord, type JsonRecord, recordOf } from '../../read.ts'
import { clipboardText, copyWidgets, readClipboard } from '../clipboard.ts'
import { together } from '../command.ts'
import { readContainer } from '../container.ts'
import { flowOf } from '../grid/reflow.ts'
import { valueAt } from '../json.ts'
import type { Command, EditedDashboard, LayoutAddress } from '../model.ts'
import { aliasesOf, boxesOf, gridAt, layerOf, placesOf, widgetOf, widgetsOf } from '../parts.ts'
import { aBox, aDashboard, aWidget, mainGrid, someIds } from '../testing.ts'
import { unusedAliases, usesOfAlias, usesOfEntity, usesOfKey, usesOfState } from '../uses.ts'
import { addBreakpoint, freeBreakpoint, onOwnGrid, removeBreakpoint, resetBreakpoint } from './breakpoints.ts'
import {
  addContainer,
  moveToLayout,
  putIntoSection,
  removeSection,
  setSection,
  takeOutOfSection,
  unwrapContainer,
  wrapInContainer,
} from './containers.ts'
import {
  growWidgets,
  insertRows,
  layersOf,
  layerWidgets,
  lockWidgets,
  moveAll,
  nudgeWidgets,
  placeWidgets,
  removeRows,
  setGrid,
  setPlacement,
  swapWidgets,
} from './layout.ts'
import { putAlias, setWidgetWindow } from './parts.ts'
import {
  canPasteReference,
  duplicateWidgets,
  isShared,
  pasteReferences,
  pasteWidgets,
  replaceWithCopy,
} from './paste.ts'
import { addRightLayout, changeStateId, duplicateState, removeLayout, removeState, setRootState } from './states.ts'
import { addWidget, hideAtBreakpoint, removeWidgets, replaceType, setMember } from './widgets.ts'

const start = aDashboard()
const after = (...commands: Command[]): JsonRecord => together(commands).apply(start).configuration
const boxes = (configuration: JsonRecord, at: LayoutAddress = mainGrid) =>
  Object.fromEntries(boxesOf(gridAt(configuration, at)))
const detail: LayoutAddress = { ...mainGrid, stateId: 'detail' }
const xs: LayoutAddress & { breakpoint: 'xs' } = { ...mainGrid, breakpoint: 'xs' }
const md: LayoutAddress & { breakpoint: 'md' } = { ...mainGrid, breakpoint: 'md' }
const newWidget = { id: 'n', typeFullFqn: 'system.x', type: 'latest', title: 'New', sizeX: 6, sizeY: 4 } as const

describe('widgets', () => {
  it('come to the first free place, or to one where others make room; at every width', () => {
    expect(boxes(after(addWidget(newWidget, mainGrid))).n).toEqual(aBox(0, 10, 6, 4))
    const at = boxes(after(addWidget(newWidget, mainGrid, { col: 0, row: 0 })))
    expect([at.n, at.a, at.b, at.d]).toEqual([aBox(0, 0, 6, 4), aBox(0, 4, 8, 4), aBox(8, 0, 8, 4), aBox(0, 8, 24, 6)])
    const both = after(addBreakpoint(xs, null, 'copy'), addWidget(newWidget, mainGrid))
    expect(boxes(both, xs)).toHaveProperty('n')
  })
  it('are gone with their places, but not where they stand elsewhere, too', () => {
    expect(widgetOf(after(removeWidgets(mainGrid, ['a'])), 'a')).toBeNull()
    const shared = pasteReferences(copyWidgets(start.configuration, mainGrid, ['a'], 'd'), detail, null)
    const left = after(shared, removeWidgets(mainGrid, ['a']))
    expect([widgetOf(left, 'a') !== null, boxes(left).a, 'a' in boxes(left, detail)]).toEqual([true, undefined, true])
  })
  it('keep source, title and actions as one of another type', () => {
    const to = {
      typeFullFqn: 'system.y',
      type: 'latest',
      config: { title: 'no', settings: { x: 1 }, datasources: [] },
    } as const
    const widget = widgetOf(after(setMember('a', ['config', 'settings', 'old'], 1), replaceType('a', to)), 'a')
    expect(widget).toMatchObject({
      typeFullFqn: 'system.y',
      type: 'latest',
      config: { title: 'A', settings: { x: 1 } },
    })
    expect(valueAt(widget, ['config', 'datasources', 0, 'entityAliasId'])).toBe('all')
    expect(valueAt(widget, ['config', 'actions', 'rowClick', 0, 'name'])).toBe('Open')
    const alarms = widgetOf(after(replaceType('a', { typeFullFqn: 'system.z', type: 'alarm' })), 'a')
    expect(valueAt(alarms, ['config', 'alarmSource'])).toMatchObject({ entityAliasId: 'all', dataKeys: [] })
  })
  it('are changed by path, nothing else losing its identity; the same value is no change', () => {
    const changed = after(setMember('a', ['config', 'datasources', 0, 'dataKeys', 0, 'label'], 'T'))
    expect(valueAt(changed, ['widgets', 'a', 'config', 'datasources', 0, 'dataKeys', 0, 'label'])).toBe('T')
    expect(widgetsOf(changed).b).toBe(widgetsOf(start.configuration).b)
    expect(setMember('a', ['config', 'title'], 'A').apply(start)).toBe(start)
    expect(after(setMember('a', ['config', 'title'], undefined))).not.toHaveProperty('widgets.a.config.title')
  })
  it('have a window of their own, kept when they take the dashboard’s again', () => {
    const window = {
      mode: 'realtime',
      span: { kind: 'last', durationMs: 5_000 },
      aggregation: 'AVG',
      limit: 100,
      interval: null,
      timeZone: null,
    } as const
    const config = recordOf(widgetOf(after(setWidgetWindow('a', window), setWidgetWindow('a', null)), 'a')?.config)
    expect(config).toMatchObject({ useDashboardTimewindow: true, timewindow: { realtime: { timewindowMs: 5_000 } } })
  })
})

describe('places', () => {
  it('stay where they are locked', () => {
    const locked = after(
      lockWidgets(mainGrid, ['a'], true),
      nudgeWidgets(mainGrid, ['a', 'd'], { columns: 0, rows: 2 }),
    )
    expect([boxes(locked).a, boxes(locked).d]).toEqual([aBox(0, 0, 8, 4), aBox(0, 6, 24, 6)])
    expect(after(lockWidgets(mainGrid, ['a'], true), lockWidgets(mainGrid, ['a'], false))).toEqual(start.configuration)
  })
  it('are swapped', () => {
    const { a, d } = boxes(after(swapWidgets(mainGrid, 'a', 'd')))
    expect([a, d]).toEqual([aBox(0, 4, 24, 6), aBox(0, 0, 8, 4)])
  })
  it('make room for rows, and close empty ones only', () => {
    expect(boxes(after(insertRows(mainGrid, 4, 3))).d?.row).toBe(7)
    expect(boxes(after(insertRows(mainGrid, 4, 3), removeRows(mainGrid, 4, 99))).d?.row).toBe(4)
    expect(after(removeRows(mainGrid, 1, 2))).toEqual(start.configuration)
  })
  it('lie over each other in a free grid, in the order of their layers', () => {
    const free = [setPlacement(mainGrid, 'free'), placeWidgets(mainGrid, new Map([['a', aBox(8, 0, 8, 4)]]), ['a'])]
    expect(boxes(after(...free))).toMatchObject({ a: aBox(8, 0, 8, 4), b: aBox(8, 0, 8, 4) })
    const order = (...commands: Command[]) => layersOf(gridAt(after(...commands), mainGrid)).join('')
    expect(order(layerWidgets(mainGrid, ['a'], 'front'))).toBe('bcda')
    expect(order(layerWidgets(mainGrid, ['d', 'b'], 'back'))).toBe('bdac')
    expect(order(layerWidgets(mainGrid, ['a', 'b'], 'forward'))).toBe('cabd')
    expect(order(layerWidgets(mainGrid, ['d'], 'backward'))).toBe('abdc')
    expect(layerOf(placesOf(gridAt(after(layerWidgets(mainGrid, ['a'], 'front')), mainGrid)).a)).toBe(3)
    expect(layerWidgets(mainGrid, ['d'], 'front').apply(start)).toBe(start)
  })
})

describe('numbers that are none', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -1e300])(
    '%d leaves places on the grid',
    (odd) => {
      const configuration = after(
        nudgeWidgets(mainGrid, ['a'], { columns: odd, rows: odd }),
        growWidgets(mainGrid, ['b'], { columns: odd, rows: odd }),
        placeWidgets(mainGrid, new Map([['c', aBox(odd, odd, odd, odd)]]), ['c']),
        insertRows(mainGrid, odd, odd),
        removeRows(mainGrid, odd, odd),
        moveAll(mainGrid, { columns: odd, rows: odd }),
        addWidget({ ...newWidget, sizeX: odd, sizeY: odd }, mainGrid, { col: odd, row: odd }),
      )
      for (const box of Object.values(boxes(configuration))) {
        expect(Object.values(box).every((value) => Number.isSafeInteger(value) && value >= 0)).toBe(true)
        expect(box.col + box.sizeX).toBeLessThanOrEqual(24)
      }
    },
  )
})

describe('copying', () => {
  const other: EditedDashboard = {
    ...aDashboard(),
    configuration: {
      ...aDashboard().configuration,
      widgets: {},
      states: { default: { name: 'D', root: true, layouts: { main: { widgets: {}, gridSettings: { columns: 12 } } } } },
      entityAliases: {
        x: { ...recordOf(aliasesOf(start.configuration).all), id: 'x' },
        one: { id: 'one', alias: 'One pump', filter: { type: 'apiUsageState' } },
      },
    },
  }
  const to: LayoutAddress = { ...mainGrid, stateId: 'default' }
  const twoAliases = together([
    setMember('b', ['config', 'datasources', 0, 'entityAliasId'], 'one'),
    setMember('b', ['config', 'settings', 'threshold'], { entityAlias: 'One pump' }),
    setMember('b', ['config', 'datasources', 0, 'filterId'], 'f'),
  ]).apply(start)

  it('brings aliases and filters into another dashboard: equal ones are used, others renamed', () => {
    const copied = readClipboard(clipboardText(copyWidgets(twoAliases.configuration, mainGrid, ['a', 'b'], 'd')))
    if (!copied.ok) throw new Error(copied.reason)
    const { configuration } = pasteWidgets(copied.clipboard, to, null, someIds()).apply(other)
    const [first, second] = Object.values(widgetsOf(configuration)).filter(isRecord)
    expect(valueAt(first, ['config', 'datasources', 0, 'entityAliasId'])).toBe('x')
    const alias = String(valueAt(second, ['config', 'datasources', 0, 'entityAliasId']))
    expect(aliasesOf(configuration)[alias]).toMatchObject({
      id: alias,
      alias: 'One pump 2',
      filter: { type: 'stateEntity' },
    })
    expect(valueAt(second, ['config', 'settings', 'threshold', 'entityAlias'])).toBe('One pump 2')
    expect(valueAt(second, ['config', 'datasources', 0, 'filterId'])).toBe('f')
    expect(Object.keys(aliasesOf(configuration))).toHaveLength(3)
    // Twelve columns instead of twenty-four.
    expect(Object.values(boxes(configuration, to))).toEqual([aBox(0, 0, 4, 4), aBox(4, 0, 4, 4)])
    expect(Object.keys(widgetsOf(configuration))).not.toContain('a')
  })
  it('pastes a group to a place as it stood', () => {
    const clipboard = copyWidgets(start.configuration, mainGrid, ['a', 'd'], null)
    const pasted = boxes(after(pasteWidgets(clipboard, mainGrid, { col: 0, row: 20 }, someIds())))
    expect([pasted['new-1'], pasted['new-2']]).toEqual([aBox(0, 20, 8, 4), aBox(0, 24, 24, 6)])
  })
  it('reads a widget’s export file', () => {
    const file = {
      widget: {
        ...aWidget('w'),
        config: { ...recordOf(aWidget('w').config), datasources: [{ type: 'entity', dataKeys: [] }] },
      },
      aliasesInfo: { datasourceAliases: { 0: { alias: 'Theirs', filter: { type: 'stateEntity' } } } },
      filtersInfo: { datasourceFilters: {} },
      originalSize: { sizeX: 12, sizeY: 5 },
      originalColumns: 24,
    }
    const read = readClipboard(JSON.stringify(file))
    if (!read.ok) throw new Error(read.reason)
    const configuration = after(pasteWidgets(read.clipboard, mainGrid, null, someIds()))
    const id = valueAt(configuration, ['widgets', 'new-1', 'config', 'datasources', 0, 'entityAliasId'])
    expect(aliasesOf(configuration)[String(id)]).toMatchObject({ alias: 'Theirs' })
    expect(boxes(configuration)['new-1']).toEqual(aBox(0, 10, 12, 5))
  })
  it.each([
    ['', 'empty'],
    ['x', 'noJson'],
    ['7', 'foreign'],
    ['{}', 'foreign'],
    ['{"thingwire":"dashboard-widgets","version":9}', 'newer'],
    ['{"thingwire":"dashboard-widgets","version":1,"places":{"a":{}}}', 'nothing'],
    [' '.repeat(13_000_000), 'empty'],
    ['1'.repeat(13_000_000), 'tooLong'],
  ])('refuses %.60s', (text, reason) => expect(readClipboard(text)).toEqual({ ok: false, reason }))
  it('lets one widget stand in two states, until one gets a copy', () => {
    const clipboard = copyWidgets(start.configuration, mainGrid, ['a'], 'd')
    expect([
      canPasteReference(start.configuration, clipboard, detail, 'd'),
      canPasteReference(start.configuration, clipboard, mainGrid, 'd'),
      canPasteReference(start.configuration, clipboard, detail, 'e'),
    ]).toEqual([true, false, false])
    const shared = together([pasteReferences(clipboard, detail, null)]).apply(start)
    expect([isShared(shared.configuration, mainGrid, 'a'), isShared(shared.configuration, mainGrid, 'b')]).toEqual([
      true,
      false,
    ])
    const { configuration } = replaceWithCopy(detail, 'a', someIds()).apply(shared)
    expect(Object.keys(boxes(configuration, detail)).sort()).toEqual(['e', 'new-1'])
    expect(Object.keys(boxes(configuration))).toContain('a')
    expect(widgetOf(configuration, 'new-1')).toMatchObject({ id: 'new-1', config: { title: 'A' } })
  })
  it('puts duplicates where there is room', () => {
    const twice = boxes(after(duplicateWidgets(mainGrid, ['a', 'b'], someIds())))
    expect([twice['new-1'], twice['new-2']]).toEqual([aBox(0, 10, 8, 4), aBox(8, 10, 8, 4)])
  })
})

describe('states', () => {
  it('get another id with all that names it', () => {
    const renamed = after(changeStateId('detail', 'pump'))
    expect(valueAt(renamed, ['widgets', 'a', 'config', 'actions', 'rowClick', 0, 'targetDashboardStateId'])).toBe(
      'pump',
    )
    expect(usesOfState(renamed, 'pump')).toMatchObject([
      { id: 'a', title: 'A', path: ['config', 'actions', 'rowClick', 0, 'targetDashboardStateId'] },
    ])
    expect(changeStateId('detail', 'start').apply(start)).toBe(start)
  })
  it('are copied with copies of their widgets', () => {
    const copied = after(duplicateState('start', { id: 's2', name: 'Second' }, someIds()))
    expect(valueAt(copied, ['states', 's2'])).toMatchObject({ name: 'Second', root: false })
    expect(Object.keys(boxes(copied, { ...mainGrid, stateId: 's2' }))).toEqual(['new-1', 'new-2', 'new-3', 'new-4'])
  })
  it('leave a root, and go with their widgets; the last one stays', () => {
    const left = after(removeState('start'))
    expect([valueAt(left, ['states', 'detail', 'root']), Object.keys(widgetsOf(left))]).toEqual([true, ['e']])
    expect(after(removeState('start'), removeState('detail'))).toEqual(left)
    expect(valueAt(after(setRootState('detail')), ['states', 'start', 'root'])).toBe(false)
  })
  it('have a second layout, and can lose either', () => {
    const two = together([addRightLayout('start', 'divider')]).apply(start)
    expect(valueAt(two.configuration, ['states', 'start', 'layouts', 'right', 'gridSettings'])).toMatchObject({
      layoutType: 'divider',
      layoutDimension: { type: 'percentage', leftWidthPercentage: 50 },
    })
    const right: LayoutAddress = { ...mainGrid, layout: 'right' }
    const moved = moveToLayout(mainGrid, right, ['a'], null).apply(two)
    const only = removeLayout('start', 'main').apply(moved).configuration
    expect([Object.keys(boxes(only)), Object.keys(widgetsOf(only))]).toEqual([['a'], ['a', 'e']])
    expect(valueAt(only, ['states', 'start', 'layouts', 'main', 'gridSettings', 'layoutType'])).toBe('default')
  })
})

describe('breakpoints', () => {
  const auto = addBreakpoint(xs, null)
  it('follow by themselves, but for what was placed by hand', () => {
    const followed = after(auto)
    expect(boxes(followed, xs)).toMatchObject({ a: aBox(0, 0, 8, 4), d: aBox(0, 12, 8, 6) })
    const swapped = after(auto, swapWidgets(mainGrid, 'a', 'd'))
    expect(boxes(swapped, xs).d?.row).toBeLessThan(boxes(swapped, xs).a?.row ?? 0)
    const byHand = after(
      auto,
      placeWidgets(xs, new Map([['b', aBox(0, 40, 4, 2)]]), ['b']),
      addWidget(newWidget, mainGrid),
    )
    expect(boxes(byHand, xs).b).toEqual(aBox(0, 40, 4, 2))
    expect(flowOf(gridAt(byHand, xs))).toEqual({ from: null, kept: ['b'], hidden: [] })
    expect(boxes(byHand, xs)).toHaveProperty('n')
  })
  it('are automatic again, become free, or go', () => {
    const byHand = [auto, placeWidgets(xs, new Map([['b', aBox(0, 40, 4, 2)]]), ['b'])]
    expect(boxes(after(...byHand, resetBreakpoint(xs)), xs)).toEqual(boxes(after(auto), xs))
    expect(flowOf(gridAt(after(auto, freeBreakpoint(xs)), xs))).toBeNull()
    expect(after(...byHand, removeBreakpoint(xs))).toEqual(start.configuration)
  })
  it('stand as the grid for all widths when they mirror it, but for what was placed by hand', () => {
    const mirror = addBreakpoint(md, null, 'mirror')
    expect(boxes(after(mirror), md)).toEqual(boxes(start.configuration))
    const byHand = [mirror, placeWidgets(md, new Map([['a', aBox(8, 0, 8, 4)]]), ['a'])]
    expect(boxes(after(...byHand), md)).toMatchObject({
      a: aBox(8, 0, 8, 4),
      b: aBox(8, 4, 8, 4),
      c: aBox(16, 0, 8, 4),
    })
    const later = after(...byHand, placeWidgets(mainGrid, new Map([['c', aBox(16, 20, 8, 4)]]), ['c']))
    expect(boxes(later, md)).toMatchObject({ a: aBox(8, 0, 8, 4), c: aBox(16, 20, 8, 4) })
    expect(boxes(after(...byHand, resetBreakpoint(md)), md)).toEqual(boxes(start.configuration))
    expect(flowOf(gridAt(after(...byHand, resetBreakpoint(md)), md))?.mirrors).toBe(true)
    const scaled = after(mirror, setGrid(md, { columns: 12 }))
    expect(boxes(scaled, md)).toMatchObject({ c: aBox(8, 0, 4, 4), d: { sizeX: 12 } })
  })
  it('begin with the first thing that is placed there', () => {
    const moved = onOwnGrid(md, nudgeWidgets(md, ['c'], { columns: 0, rows: 2 }))
    expect(boxes(after(moved), md).c).toEqual(aBox(16, 2, 8, 4))
    expect(boxes(after(moved))).toEqual(boxes(start.configuration))
    expect(flowOf(gridAt(after(moved), md))).toEqual({ from: null, kept: ['c'], hidden: [], mirrors: true })
    expect(onOwnGrid(md, nudgeWidgets(md, ['a'], { columns: -1, rows: 0 })).apply(start)).toBe(start)
    expect(onOwnGrid(mainGrid, nudgeWidgets(mainGrid, ['c'], { columns: 0, rows: 2 })).name(start).title).toBe('C')
  })
  it('can do without a widget that others show', () => {
    const hidden = after(auto, hideAtBreakpoint(xs, ['a']), swapWidgets(mainGrid, 'b', 'c'))
    expect([Object.keys(boxes(hidden, xs)).includes('a'), widgetOf(hidden, 'a') !== null]).toEqual([false, true])
    expect(boxes(after(auto, hideAtBreakpoint(xs, ['a']), resetBreakpoint(xs)), xs)).toHaveProperty('a')
  })
  it('hand what follows them to what they followed', () => {
    const left = after(auto, addBreakpoint(md, 'xs'), removeBreakpoint(xs))
    expect(flowOf(gridAt(left, md))).toEqual({ from: null, kept: [], hidden: [] })
  })
})

describe('containers', () => {
  const sections = [
    { id: 's1', stateId: 'box-s1', title: 'First' },
    { id: 's2', stateId: 'box-s2', title: 'Second' },
  ]
  const box = { id: 'box', kind: 'tabs', title: 'Box', sections } as const
  const inner = (stateId: string): LayoutAddress => ({ ...mainGrid, stateId })
  const wrap = wrapInContainer(box, mainGrid, ['a', 'b'])

  it('take widgets in where they stand, and let them out again', () => {
    const wrapped = after(wrap)
    expect(boxes(wrapped)).toMatchObject({ box: aBox(0, 0, 16, 5), c: aBox(16, 0, 8, 4), d: aBox(0, 5, 24, 6) })
    expect(boxes(wrapped, inner('box-s1'))).toEqual({ a: aBox(0, 0, 8, 4), b: aBox(8, 0, 8, 4) })
    expect(readContainer(recordOf(widgetsOf(wrapped).box))).toMatchObject({
      kind: 'tabs',
      sections: [{ id: 's1', stateId: 'box-s1' }, { id: 's2' }],
    })
    const out = after(wrap, unwrapContainer('box'))
    expect(boxes(out)).toMatchObject({ a: aBox(0, 0, 8, 4), b: aBox(8, 0, 8, 4) })
    expect([widgetOf(out, 'box'), valueAt(out, ['states', 'box-s1'])]).toEqual([null, undefined])
  })
  it('go with all that is in them', () => {
    const gone = after(wrap, removeWidgets(mainGrid, ['box']))
    expect([Object.keys(widgetsOf(gone)).sort(), Object.keys(recordOf(gone.states))]).toEqual([
      ['c', 'd', 'e'],
      ['start', 'detail'],
    ])
  })
  it('pass widgets from section to section, and to the layout around', () => {
    const moved = after(
      wrap,
      moveToLayout(inner('box-s1'), inner('box-s2'), ['a']),
      takeOutOfSection('box', 's1', ['b'], mainGrid),
    )
    expect([Object.keys(boxes(moved, inner('box-s1'))), Object.keys(boxes(moved, inner('box-s2')))]).toEqual([
      [],
      ['a'],
    ])
    expect(boxes(moved)).toHaveProperty('b')
    expect(
      boxes(after(wrap, putIntoSection('box', 's2', mainGrid, ['c'], { col: 2, row: 1 })), inner('box-s2')),
    ).toEqual({ c: aBox(2, 1, 8, 4) })
  })
  it('never come to stand in themselves', () => {
    const wrapped = together([wrap]).apply(start)
    expect(putIntoSection('box', 's1', mainGrid, ['box']).apply(wrapped)).toBe(wrapped)
    const second = { ...box, id: 'outer', sections: [{ id: 'o', stateId: 'outer-o', title: 'O' }] }
    const nested = wrapInContainer(second, mainGrid, ['box']).apply(wrapped)
    expect(boxes(nested.configuration, inner('outer-o'))).toHaveProperty('box')
    expect(putIntoSection('box', 's1', mainGrid, ['outer']).apply(nested)).toBe(nested)
  })
  it('are copied with what is in them', () => {
    const wrapped = together([wrap]).apply(start)
    const clipboard = copyWidgets(wrapped.configuration, mainGrid, ['box'], null)
    for (const copy of [
      duplicateWidgets(mainGrid, ['box'], someIds()),
      pasteWidgets(clipboard, mainGrid, null, someIds()),
    ]) {
      const { configuration } = copy.apply(wrapped)
      const made = Object.keys(widgetsOf(configuration)).filter((id) => id.startsWith('new'))
      expect(made).toHaveLength(3)
      const container = made
        .map((id) => readContainer(recordOf(widgetsOf(configuration)[id])))
        .find((one) => one !== null)
      const [first] = container?.sections ?? []
      expect(first?.stateId).toMatch(/^new/)
      expect(Object.keys(boxes(configuration, inner(first?.stateId ?? ''))).every((id) => made.includes(id))).toBe(true)
    }
  })
  it('lose a section with its widgets, or keep these in another', () => {
    expect(Object.keys(boxes(after(wrap, removeSection('box', 's1', 'keep')), inner('box-s2')))).toEqual(['a', 'b'])
    expect(widgetOf(after(wrap, removeSection('box', 's1', 'remove')), 'a')).toBeNull()
  })
  it('name their sections, and repeat one of them', () => {
    expect(valueAt(after(wrap, setSection('box', 's1', { title: 'New' })), ['states', 'box-s1', 'name'])).toBe('New')
    const repeat = after(addContainer({ ...box, kind: 'repeat', aliasId: 'all' }, mainGrid))
    expect(readContainer(recordOf(widgetsOf(repeat).box))).toMatchObject({
      repeat: { aliasId: 'all', minWidth: 320 },
      sections: [{ id: 's1' }],
    })
    expect(recordOf(repeat.states)).not.toHaveProperty('box-s2')
  })
})

describe('uses', () => {
  it('of aliases by id and by name, also of those in containers', () => {
    const named = after(setMember('b', ['config', 'settings', 'thresholds'], [{ entityAlias: 'All pumps' }]))
    expect(
      usesOfAlias(named, 'all')
        .filter(({ id }) => id === 'b')
        .map(({ path }) => path.join('.')),
    ).toEqual(['config.datasources.0.entityAliasId', 'config.settings.thresholds.0.entityAlias'])
    const sections = [{ id: 's', stateId: 'box-s', title: 'S' }]
    const wrapped = after(wrapInContainer({ id: 'box', kind: 'rows', title: 'Box', sections }, mainGrid, ['a']))
    expect(usesOfAlias(wrapped, 'all').find(({ id }) => id === 'a')?.states).toEqual([{ id: 'start', name: 'Start' }])
    expect(unusedAliases(start.configuration)).toEqual(['one'])
  })
  it('of entities and keys', () => {
    const id = '784f394c-42b6-435a-983c-b7beff2784f9'
    const changed = after(
      putAlias('one', { alias: 'One', filter: { type: 'singleEntity', singleEntity: { entityType: 'DEVICE', id } } }),
      setMember('a', ['config', 'targetDevice'], { type: 'device', deviceId: id }),
    )
    expect(usesOfEntity(changed, id).map((use) => [use.in, use.id])).toEqual([
      ['widget', 'a'],
      ['alias', 'one'],
    ])
    expect(usesOfKey(start.configuration, 't')).toHaveLength(5)
    expect(usesOfKey(start.configuration, 'nothing')).toEqual([])
  })
  it('of a name follow when an alias is renamed', () => {
    const renamed = after(
      setMember('b', ['config', 'settings', 'x'], { entityAlias: 'All pumps' }),
      putAlias('all', { alias: 'Fleet' }),
    )
    expect(valueAt(renamed, ['widgets', 'b', 'config', 'settings', 'x', 'entityAlias'])).toBe('Fleet')
  })
})
