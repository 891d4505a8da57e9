import fc from 'fast-check'
import { addBreakpoint, onOwnGrid, removeBreakpoint, resetBreakpoint } from './commands/breakpoints.ts'
import {
  addContainer,
  addSection,
  moveSection,
  moveToLayout,
  putIntoSection,
  removeSection,
  takeOutOfSection,
  unwrapContainer,
  wrapInContainer,
} from './commands/containers.ts'
import {
  alignWidgets,
  compactGrid,
  distributeWidgets,
  growWidgets,
  insertRows,
  layerWidgets,
  lockWidgets,
  moveAll,
  nudgeWidgets,
  removeRows,
  sameSize,
  setGrid,
  setPlacement,
  swapWidgets,
} from './commands/layout.ts'
import { putAlias, putFilter, removeAlias, removeFilter, setSettings } from './commands/parts.ts'
import { duplicateWidgets, pasteReferences, pasteWidgets, replaceWithCopy } from './commands/paste.ts'
import {
  addRightLayout,
  addState,
  changeStateId,
  duplicateState,
  moveState,
  removeLayout,
  removeState,
  renameState,
  setRootState,
} from './commands/states.ts'
import { addWidget, hideAtBreakpoint, removeWidgets, replaceType, setMember } from './commands/widgets.ts'
import { copyWidgets } from './clipboard.ts'
import { alignments } from './grid/align.ts'
import type { Command, LayoutAddress } from './model.ts'
import { someIds } from './testing.ts'

const oneOf = <const T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values)

const widgetId = oneOf('a', 'b', 'c', 'd', 'e', 'n1', 'n2', 'box')
const ids = fc.uniqueArray(widgetId, { minLength: 1, maxLength: 3 })
const stateId = oneOf('start', 'detail', 's1', 's2')
const at: fc.Arbitrary<LayoutAddress> = fc.record({
  stateId,
  layout: oneOf('main', 'main', 'right'),
  breakpoint: oneOf(null, null, 'xs', 'md'),
})
const breakpoint = oneOf('xs', 'md')
const step = fc.integer({ min: -3, max: 3 })
const cell = fc.integer({ min: 0, max: 30 })
const word = oneOf('one', 'two', 'three')
const place = fc.option(fc.record({ col: cell, row: cell }))
const size = fc.integer({ min: 1, max: 30 })
const newWidget = (id: string) => ({
  ...{ id, typeFullFqn: 'system.cards.value_card', type: 'latest' as const, title: id },
  ...{ sizeX: 6, sizeY: 3, config: { datasources: [{ type: 'entity', entityAliasId: 'all', dataKeys: [] }] } },
})
const sections = ['k1', 'k2'].map((id) => ({ id, stateId: `box-${id}`, title: id }))
const container = oneOf('tabs', 'rows', 'repeat').map((kind) => ({ id: 'box', kind, title: 'Box', sections }))
const sectionId = oneOf('k1', 'k2', 'k3')

/** A command that depends on what is there; `made` gets the document. */
const late = (made: (document: Parameters<Command['apply']>[0]) => Command): Command => ({
  join: null,
  name: (document) => made(document).name(document),
  apply: (document) => made(document).apply(document),
})

/** Any command of the editor, on few names so that they meet. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.tuple(oneOf('n1', 'n2'), at, place).map(([id, where, to]) => addWidget(newWidget(id), where, to)),
  fc.tuple(at, ids).map(([where, some]) => removeWidgets(where, some)),
  fc.tuple(at, ids).map(([where, some]) => hideAtBreakpoint(where, some)),
  fc.tuple(widgetId, word).map(([id, to]) => setMember(id, ['config', 'title'], to)),
  fc.tuple(widgetId, word).map(([id, to]) => setMember(id, ['config', 'settings', 'a', 'b'], to)),
  widgetId.map((id) => replaceType(id, { typeFullFqn: 'system.cards.entities_table', type: 'latest' })),
  fc.tuple(at, ids, step, step).map(([where, some, columns, rows]) => nudgeWidgets(where, some, { columns, rows })),
  fc.tuple(at, ids, step, step).map(([where, some, columns, rows]) => growWidgets(where, some, { columns, rows })),
  fc.tuple(at, ids, oneOf(...alignments)).map(([where, some, to]) => alignWidgets(where, some, to)),
  fc.tuple(at, ids).map(([where, some]) => distributeWidgets(where, some, 'horizontal')),
  fc.tuple(at, ids).map(([where, some]) => sameSize(where, some, 'both')),
  fc.tuple(at, widgetId, widgetId).map(([where, a, b]) => swapWidgets(where, a, b)),
  fc.tuple(at, ids, fc.boolean()).map(([where, some, locked]) => lockWidgets(where, some, locked)),
  fc
    .tuple(at, ids, oneOf('front', 'back', 'forward', 'backward'))
    .map(([where, some, to]) => layerWidgets(where, some, to)),
  fc.tuple(at, step, step).map(([where, columns, rows]) => moveAll(where, { columns, rows })),
  fc.tuple(at, cell, size).map(([where, row, count]) => insertRows(where, row, count)),
  fc.tuple(at, cell, size).map(([where, row, count]) => removeRows(where, row, count)),
  at.map(compactGrid),
  fc.tuple(at, oneOf('push', 'free')).map(([where, how]) => setPlacement(where, how)),
  fc.tuple(at, size).map(([where, margin]) => setGrid(where, { margin })),
  fc
    .tuple(at, ids, at, place)
    .map(([from, some, to, corner]) =>
      late(({ configuration }) => pasteWidgets(copyWidgets(configuration, from, some, 'd'), to, corner, someIds('p'))),
    ),
  fc
    .tuple(at, ids, at, place)
    .map(([from, some, to, corner]) =>
      late(({ configuration }) => pasteReferences(copyWidgets(configuration, from, some, 'd'), to, corner)),
    ),
  fc.tuple(at, ids).map(([where, some]) => duplicateWidgets(where, some, someIds('q'))),
  fc.tuple(at, widgetId).map(([where, id]) => replaceWithCopy(where, id, someIds('r'))),
  fc.tuple(at, at, ids, place).map(([from, to, some, corner]) => moveToLayout(from, to, some, corner)),
  fc.tuple(stateId, word).map(([id, name]) => addState(id, name)),
  fc.tuple(stateId, word).map(([id, name]) => renameState(id, name)),
  fc.tuple(stateId, stateId).map(([from, to]) => changeStateId(from, to)),
  stateId.map(setRootState),
  fc.tuple(stateId, stateId).map(([from, to]) => duplicateState(from, { id: to, name: to }, someIds('t'))),
  stateId.map(removeState),
  fc.tuple(stateId, fc.integer({ min: 0, max: 3 })).map(([id, to]) => moveState(id, to)),
  fc.tuple(stateId, oneOf('drawer', 'divider')).map(([id, kind]) => addRightLayout(id, kind)),
  fc.tuple(stateId, oneOf('main', 'right')).map(([id, layout]) => removeLayout(id, layout)),
  fc
    .tuple(stateId, breakpoint, oneOf(null, 'xs'), oneOf('automatic', 'mirror', 'copy'))
    .map(([id, to, from, how]) => addBreakpoint({ stateId: id, layout: 'main', breakpoint: to }, from, how)),
  fc
    .tuple(at, ids, step, step)
    .map(([where, some, columns, rows]) => onOwnGrid(where, nudgeWidgets(where, some, { columns, rows }))),
  fc
    .tuple(stateId, breakpoint)
    .map(([id, which]) => resetBreakpoint({ stateId: id, layout: 'main', breakpoint: which })),
  fc
    .tuple(stateId, breakpoint)
    .map(([id, which]) => removeBreakpoint({ stateId: id, layout: 'main', breakpoint: which })),
  word.map((name) => putAlias('all', { alias: name, filter: { type: 'entityType', entityType: 'DEVICE' } })),
  fc.constant(removeAlias('one')),
  word.map((name) => putFilter('f', { filter: name, keyFilters: [] })),
  fc.constant(removeFilter('f')),
  fc.boolean().map((showTitle) => setSettings({ showTitle })),
  fc.tuple(container, at).map(([box, where]) => addContainer(box, where)),
  fc.tuple(container, at, ids).map(([box, where, some]) => wrapInContainer(box, where, some)),
  fc.tuple(sectionId, at, ids).map(([section, from, some]) => putIntoSection('box', section, from, some)),
  fc.tuple(sectionId, ids, at).map(([section, some, to]) => takeOutOfSection('box', section, some, to)),
  fc.constant(addSection('box', { id: 'k3', stateId: 'box-k3', title: 'k3' })),
  fc.tuple(sectionId, fc.integer({ min: 0, max: 2 })).map(([section, to]) => moveSection('box', section, to)),
  fc.tuple(sectionId, oneOf('keep', 'remove')).map(([section, widgets]) => removeSection('box', section, widgets)),
  fc.constant(unwrapContainer('box')),
)

export const someCommands = fc.array(anyCommand, { maxLength: 14 })
