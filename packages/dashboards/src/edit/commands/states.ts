import { isRecord, type JsonRecord, listOf, recordOf, textOf } from '../../read.ts'
import { configurationCommand } from '../command.ts'
import { withWidgetIds } from '../grid/rename.ts'
import { containerKindOf, readContainer } from '../container.ts'
import { mapped, mappedMembers, own, withMember, withMembers, without } from '../json.ts'
import type { Command, LayoutName, NewId } from '../model.ts'
import { layoutOf, nameOfState, stateOf, statesOf, widgetOf, widgetsOf, withState, withWidget } from '../parts.ts'
import { withoutOrphans } from './orphans.ts'

/** Settings of the grid of a new layout. */
export const newGridSettings: JsonRecord = { layoutType: 'default', columns: 24, margin: 10, outerMargin: true }

export const newLayout = (settings: JsonRecord = newGridSettings): JsonRecord => ({
  widgets: {},
  gridSettings: settings,
})

export const newState = (name: string, settings?: JsonRecord): JsonRecord => ({
  name,
  root: false,
  layouts: { main: newLayout(settings) },
})

/** Adds an empty state; nothing where there is one of that id. */
export const addState = (id: string, name: string): Command =>
  configurationCommand({ key: 'addState', title: name }, (configuration) =>
    id === '' || stateOf(configuration, id) ? configuration : withState(configuration, id, newState(name)),
  )

const titleOfState = (id: string) => (configuration: JsonRecord) => nameOfState(configuration, id)

export const renameState = (id: string, name: string): Command =>
  configurationCommand({ key: 'renameState', title: titleOfState(id), join: `rename state ${id}` }, (configuration) => {
    const state = stateOf(configuration, id)
    return state ? withState(configuration, id, withMember(state, 'name', name)) : configuration
  })

const stateMembers = new Set(['targetDashboardStateId', 'stateId', 'dashboardState', 'defaultStateId'])

/**
 * A value with every member that names a state changed, wherever it stands: actions, buttons' settings, widgets that show a
 * state. Actions that open another dashboard name states of that one.
 */
const withStateIds = (value: unknown, from: string, to: string): unknown => {
  if (Array.isArray(value)) return mapped<unknown>(value, (one) => [withStateIds(one, from, to)])
  if (!isRecord(value) || value.type === 'openDashboard') return value
  return mappedMembers(value, (member, name) =>
    member === from && stateMembers.has(name) ? to : withStateIds(member, from, to),
  )
}

/** A record with one member under another name, at the same place. */
const renamedMember = (record: JsonRecord, from: string, to: string): JsonRecord =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name === from ? to : name, value]))

/** Gives a state another id, with all that names it; nothing where that id is taken. */
export const changeStateId = (from: string, to: string): Command =>
  configurationCommand({ key: 'changeStateId', title: titleOfState(from) }, (configuration) => {
    const states = statesOf(configuration)
    if (to === '' || from === to || !Object.hasOwn(states, from) || Object.hasOwn(states, to)) return configuration
    return withMembers(configuration, {
      states: renamedMember(states, from, to),
      widgets: mappedMembers(widgetsOf(configuration), (widget) => withStateIds(widget, from, to)),
    })
  })

/** Makes a state the one that a dashboard opens with. */
export const setRootState = (id: string): Command =>
  configurationCommand({ key: 'rootState', title: titleOfState(id) }, (configuration) =>
    stateOf(configuration, id)
      ? withMember(
          configuration,
          'states',
          mappedMembers(statesOf(configuration), (state, name) =>
            isRecord(state) ? withMember(state, 'root', name === id) : state,
          ),
        )
      : configuration,
  )

/** Changes the order in which states are listed. */
export const moveState = (id: string, to: number): Command =>
  configurationCommand({ key: 'moveState', title: titleOfState(id) }, (configuration) => {
    const entries = Object.entries(statesOf(configuration))
    const from = entries.findIndex(([name]) => name === id)
    const entry = entries[from]
    if (!entry || from === to || to < 0 || to >= entries.length) return configuration
    const rest = entries.toSpliced(from, 1).toSpliced(to, 0, entry)
    return { ...configuration, states: Object.fromEntries(rest) }
  })

/** Ids of the widgets that stand in a layout, in any of its grids. */
const widgetsIn = (layout: unknown): string[] => [
  ...Object.keys(recordOf(recordOf(layout).widgets)),
  ...Object.values(recordOf(recordOf(layout).breakpoints)).flatMap((grid) =>
    Object.keys(recordOf(recordOf(grid).widgets)),
  ),
]

/** Puts a copy of a state under another id, with copies of its widgets and of what is in containers among them. */
const copiedState = (configuration: JsonRecord, from: string, to: string, newId: NewId): JsonRecord => {
  const state = stateOf(configuration, from)
  if (!state) return configuration
  const layouts = recordOf(state.layouts)
  const used = [...new Set(Object.values(layouts).flatMap(widgetsIn))].filter((id) => widgetOf(configuration, id))
  const ids = new Map(used.map((id) => [id, newId()]))
  const copied = mappedMembers(layouts, (layout) => (isRecord(layout) ? withWidgetIds(layout, ids) : layout))
  const placed = withState(configuration, to, { ...state, root: false, layouts: copied })
  return [...ids].reduce((now, [id, copy]) => withWidgetCopy(now, id, copy, newId), placed)
}

/** Puts a copy of a widget under another id; a container's sections are copied with it. */
export const withWidgetCopy = (configuration: JsonRecord, id: string, copy: string, newId: NewId): JsonRecord => {
  const widget = widgetOf(configuration, id)
  if (!widget) return configuration
  const own = withMember(widget, 'id', copy)
  if (containerKindOf(widget.typeFullFqn) === null) return withWidget(configuration, copy, own)
  const config = recordOf(widget.config)
  const settings = recordOf(config.settings)
  const stateIds = new Map((readContainer(widget)?.sections ?? []).map(({ stateId }) => [stateId, newId()]))
  const sections = mapped<unknown>(listOf(settings.sections), (section) => {
    const stateId = stateIds.get(textOf(recordOf(section).stateId) ?? '')
    return [stateId === undefined ? section : withMember(recordOf(section), 'stateId', stateId)]
  })
  const copied = { ...own, config: { ...config, settings: { ...settings, sections } } }
  const placed = withWidget(configuration, copy, copied)
  // While its sections are copied the container is away: one that holds itself (a file may say so) is not followed round.
  const away = withWidget(placed, id, undefined)
  const filled = [...stateIds].reduce((now, [from, to]) => copiedState(now, from, to, newId), away)
  return withMember(filled, 'widgets', { ...widgetsOf(filled), [id]: widget })
}

/** Copies a state with its widgets. */
export const duplicateState = (id: string, to: { id: string; name: string }, newId: NewId): Command =>
  configurationCommand({ key: 'duplicateState', title: titleOfState(id) }, (configuration) => {
    if (to.id === '' || stateOf(configuration, to.id) || !stateOf(configuration, id)) return configuration
    const copied = copiedState(configuration, id, to.id, newId)
    const state = stateOf(copied, to.id)
    return state ? withState(copied, to.id, withMember(state, 'name', to.name)) : copied
  })

/** Removes a state, and the widgets that stand nowhere else; another state becomes the root when it was that. Never the last. */
export const removeState = (id: string): Command =>
  configurationCommand({ key: 'removeState', title: titleOfState(id) }, (configuration) => {
    const states = statesOf(configuration)
    if (!isRecord(own(states, id)) || Object.values(states).filter(isRecord).length < 2) return configuration
    const wasRoot = recordOf(own(states, id)).root === true
    const left = without(states, [id])
    const next = Object.entries(left).find(([, state]) => isRecord(state))?.[0]
    const rooted =
      wasRoot && next !== undefined ? withMember(left, next, withMember(recordOf(own(left, next)), 'root', true)) : left
    return withoutOrphans(configuration, withMember(configuration, 'states', rooted))
  })

/** Adds the second layout of a state: a drawer, or with `divider` the other half of a divided state. */
export const addRightLayout = (stateId: string, kind: 'drawer' | 'divider'): Command =>
  configurationCommand({ key: 'addLayout', title: titleOfState(stateId) }, (configuration) => {
    const state = stateOf(configuration, stateId)
    if (!state) return configuration
    const layouts = recordOf(state.layouts)
    const main = isRecord(layouts.main) ? layouts.main : newLayout()
    const right = isRecord(layouts.right) ? layouts.right : newLayout()
    const layoutType = kind === 'divider' ? 'divider' : 'default'
    const dimension =
      kind === 'divider'
        ? { layoutDimension: { type: 'percentage', leftWidthPercentage: 50 } }
        : { layoutDimension: undefined }
    const divided = (layout: JsonRecord) =>
      withMember(layout, 'gridSettings', withMembers(recordOf(layout.gridSettings), { layoutType, ...dimension }))
    return withState(
      configuration,
      stateId,
      withMember(state, 'layouts', { ...layouts, main: divided(main), right: divided(right) }),
    )
  })

/** Removes a layout of a state; the main one gives way to the right one. Widgets that stand nowhere else go with it. */
export const removeLayout = (stateId: string, layout: LayoutName): Command =>
  configurationCommand({ key: 'removeLayout', title: titleOfState(stateId) }, (configuration) => {
    const state = stateOf(configuration, stateId)
    if (!state || !layoutOf(configuration, stateId, 'right')) return configuration
    const layouts = recordOf(state.layouts)
    const left = isRecord(layout === 'main' ? layouts.right : layouts.main)
      ? recordOf(layout === 'main' ? layouts.right : layouts.main)
      : newLayout()
    const settings = withMembers(recordOf(left.gridSettings), {
      layoutDimension: undefined,
      ...(recordOf(left.gridSettings).layoutType === 'divider' && { layoutType: 'default' }),
    })
    const after = { ...without(layouts, ['right']), main: withMember(left, 'gridSettings', settings) }
    return withoutOrphans(configuration, withState(configuration, stateId, withMember(state, 'layouts', after)))
  })
