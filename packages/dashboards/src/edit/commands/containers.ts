import { isRecord, type JsonRecord, listOf, recordOf, textOf } from '../../read.ts'
import { configurationCommand } from '../command.ts'
import { type ContainerKind, containerTypes, readContainer, sectionStates } from '../container.ts'
import { boundsOf } from '../grid/geometry.ts'
import { mapped, own, withMember, withMembers, without } from '../json.ts'
import type { Box, Boxes, Command, LayoutAddress } from '../model.ts'
import {
  boxesOf,
  columnsOf,
  gridAt,
  gridsOfLayout,
  placesOf,
  stateOf,
  statesOf,
  titleOfWidget,
  widgetOf,
  withState,
  withWidget,
} from '../parts.ts'
import { titleOfOne } from './layout.ts'
import { newGridSettings, newState } from './states.ts'
import { withoutOrphans, withoutPlaces } from './orphans.ts'
import { type NewPlace, withPlaces } from './places.ts'
import { widgetJson } from './widgets.ts'

export type NewSection = { id: string; stateId: string; title: string; icon?: string | null }
export type NewContainer = {
  id: string
  kind: ContainerKind
  title: string
  /** At least one; of a repeat the first counts. */
  sections: readonly NewSection[]
  /** Of a repeat: the alias whose entities it shows. */
  aliasId?: string | null
}

/** A repeat has one section. */
const sectionsOf = ({ kind, sections }: NewContainer): readonly NewSection[] =>
  kind === 'repeat' ? sections.slice(0, 1) : sections

const typeOf = (kind: ContainerKind): string =>
  Object.entries(containerTypes).find(([, one]) => one === kind)?.[0] ?? 'thingwire.tabs'

const sectionJson = ({ id, stateId, title, icon }: NewSection): JsonRecord => ({
  id,
  stateId,
  title,
  ...(icon ? { icon } : {}),
})

/** Margins of sections are those of the container itself. */
const innerGrid = (columns: number): JsonRecord => ({ ...newGridSettings, columns, outerMargin: false })

const containerJson = (container: NewContainer, size: { sizeX: number; sizeY: number }): JsonRecord =>
  widgetJson({
    id: container.id,
    typeFullFqn: typeOf(container.kind),
    type: 'static',
    title: container.title,
    ...size,
    config: {
      dropShadow: false,
      // Its sections have titles of their own.
      showTitle: false,
      settings: {
        sections: sectionsOf(container).map(sectionJson),
        ...(container.kind === 'repeat' && { entityAliasId: container.aliasId ?? null }),
      },
    },
  })

const withSectionStates = (configuration: JsonRecord, sections: readonly NewSection[], columns: number): JsonRecord =>
  sections.reduce(
    (now, { stateId, title }) =>
      stateOf(now, stateId) ? now : withState(now, stateId, newState(title, innerGrid(columns))),
    configuration,
  )

const usualSize = { sizeX: 24, sizeY: 8 }

/** Adds an empty container. @param place null: the first free one */
export const addContainer = (container: NewContainer, at: LayoutAddress, place: Box | null = null): Command =>
  configurationCommand({ key: 'addContainer', title: container.title }, (configuration) => {
    const grid = gridAt(configuration, at)
    if (!grid || container.sections.length === 0) return configuration
    const columns = columnsOf(grid)
    const size = place ?? { sizeX: Math.min(columns, usualSize.sizeX), sizeY: usualSize.sizeY }
    const added = withWidget(configuration, container.id, containerJson(container, size))
    const placed = withPlaces(added, at, new Map([[container.id, { ...place, ...size }]]))
    return withSectionStates(placed, sectionsOf(container), size.sizeX)
  })

/** Rows of the grid that a container's own head takes. */
const headRows = 1

/** Puts widgets of a grid into a new container that stands where they stood; they keep their places beside each other. */
export const wrapInContainer = (container: NewContainer, at: LayoutAddress, ids: readonly string[]): Command =>
  configurationCommand({ key: 'addContainer', count: ids.length, title: container.title }, (configuration) => {
    const boxes = new Map([...boxesOf(gridAt(configuration, at))].filter(([id]) => ids.includes(id)))
    const bounds = boundsOf(boxes.values())
    const [section] = container.sections
    if (!bounds || !section || holds(configuration, ids, at.stateId)) return configuration
    const box = { ...bounds, sizeY: bounds.sizeY + headRows }
    const states = withSectionStates(configuration, sectionsOf(container), bounds.sizeX)
    const inner: LayoutAddress = { stateId: section.stateId, layout: 'main', breakpoint: null }
    const moved = moveGroup(states, { from: at, to: inner, boxes, corner: { col: 0, row: 0 } })
    const added = withWidget(moved, container.id, containerJson(container, box))
    return withPlaces(added, at, new Map([[container.id, box]]))
  })

/** Whether one of these widgets is a container that holds that state, so that it would come to stand in itself. */
const holds = (configuration: JsonRecord, ids: readonly string[], stateId: string): boolean => {
  const owners = sectionStates(configuration)
  const seen = new Set<string>()
  let open = [stateId]
  while (open.length > 0) {
    const state = open.pop()
    if (state === undefined || seen.has(state)) continue
    seen.add(state)
    const owner = owners.get(state)
    if (!owner) continue
    if (ids.includes(owner.widgetId)) return true
    const standsIn = Object.keys(statesOf(configuration)).filter((id) =>
      (['main', 'right'] as const).some((layout) =>
        gridsOfLayout(configuration, id, layout).some(
          (at) => own(placesOf(gridAt(configuration, at)), owner.widgetId) !== undefined,
        ),
      ),
    )
    open = [...open, ...standsIn]
  }
  return false
}

type Move = { from: LayoutAddress; to: LayoutAddress; boxes: Boxes; corner: { col: number; row: number } | null }

/** Widgets from one layout to another; with a corner they keep their places beside each other. */
const moveGroup = (configuration: JsonRecord, { from, to, boxes, corner }: Move): JsonRecord => {
  const bounds = boundsOf(boxes.values())
  const places = placesOf(gridAt(configuration, from))
  const group = [...boxes].map(([id, box]): [string, NewPlace] => {
    const members = without(recordOf(own(places, id)), ['col', 'row', 'sizeX', 'sizeY', 'thingwire'])
    const { sizeX, sizeY } = box
    if (!corner || !bounds) return [id, { sizeX, sizeY, members }]
    return [
      id,
      { col: corner.col + box.col - bounds.col, row: corner.row + box.row - bounds.row, sizeX, sizeY, members },
    ]
  })
  const left = gridsOfLayout(configuration, from.stateId, from.layout).reduce(
    (now, at) => withoutPlaces(now, at, [...boxes.keys()]),
    configuration,
  )
  return withPlaces(left, to, new Map(group))
}

/**
 * Moves widgets from one layout to another: another state, the right layout, into a section of a container or out of it.
 * @param place of the first; the others keep their places beside it; null: the first free places
 */
export const moveToLayout = (
  from: LayoutAddress,
  to: LayoutAddress,
  ids: readonly string[],
  place: { col: number; row: number } | null = null,
): Command =>
  configurationCommand({ key: 'moveToLayout', count: ids.length, title: titleOfOne(ids) }, (configuration) => {
    const boxes = new Map([...boxesOf(gridAt(configuration, from))].filter(([id]) => ids.includes(id)))
    const target = gridAt(configuration, to)
    const isSame = from.stateId === to.stateId && from.layout === to.layout
    if (boxes.size === 0 || !target || isSame || holds(configuration, ids, to.stateId)) return configuration
    return moveGroup(configuration, { from, to, boxes, corner: place })
  })

const addressOf = (stateId: string): LayoutAddress => ({ stateId, layout: 'main', breakpoint: null })

const stateOfSection = (configuration: JsonRecord, containerId: string, sectionId: string): string | null => {
  const widget = widgetOf(configuration, containerId)
  return (widget && readContainer(widget)?.sections.find(({ id }) => id === sectionId)?.stateId) || null
}

/** Puts widgets that stand in a layout into a section of a container. */
export const putIntoSection = (
  containerId: string,
  sectionId: string,
  from: LayoutAddress,
  ids: readonly string[],
  place: { col: number; row: number } | null = null,
): Command =>
  configurationCommand({ key: 'putIntoSection', count: ids.length, title: titleOfOne(ids) }, (configuration) => {
    const stateId = stateOfSection(configuration, containerId, sectionId)
    if (stateId === null) return configuration
    return changed(moveToLayout(from, addressOf(stateId), ids, place), configuration)
  })

/** Takes widgets out of a section, to where the container stands. */
export const takeOutOfSection = (
  containerId: string,
  sectionId: string,
  ids: readonly string[],
  to: LayoutAddress,
  place: { col: number; row: number } | null = null,
): Command =>
  configurationCommand({ key: 'takeOutOfSection', count: ids.length, title: titleOfOne(ids) }, (configuration) => {
    const stateId = stateOfSection(configuration, containerId, sectionId)
    if (stateId === null) return configuration
    return changed(moveToLayout(addressOf(stateId), to, ids, place), configuration)
  })

const noMembers = { title: '', image: null, mobileHide: false, mobileOrder: null }
const changed = (command: Command, configuration: JsonRecord): JsonRecord =>
  command.apply({ ...noMembers, configuration }).configuration

const changeSettings = (
  configuration: JsonRecord,
  id: string,
  change: (settings: JsonRecord) => JsonRecord,
): JsonRecord => {
  const widget = widgetOf(configuration, id)
  if (!widget || !readContainer(widget)) return configuration
  const config = recordOf(widget.config)
  const settings = change(recordOf(config.settings))
  return withWidget(configuration, id, withMember(widget, 'config', withMember(config, 'settings', settings)))
}

const titleOf = (id: string) => (configuration: JsonRecord) => titleOfWidget(widgetOf(configuration, id))

/** Adds a section at the end, or at a place. Repeats have one section. */
export const addSection = (containerId: string, section: NewSection, at: number | null = null): Command =>
  configurationCommand({ key: 'addSection', title: section.title }, (configuration) => {
    const widget = widgetOf(configuration, containerId)
    const container = widget && readContainer(widget)
    if (!container || container.kind === 'repeat' || stateOf(configuration, section.stateId)) return configuration
    const first = container.sections[0]
    const columns = first ? columnsOf(gridAt(configuration, addressOf(first.stateId))) : 24
    const added = changeSettings(configuration, containerId, (settings) => {
      const sections = listOf(settings.sections)
      return { ...settings, sections: sections.toSpliced(at ?? sections.length, 0, sectionJson(section)) }
    })
    return withSectionStates(added, [section], columns)
  })

/** Members of a section: title, icon, whether it is closed at first. */
export const setSection = (containerId: string, sectionId: string, members: JsonRecord): Command =>
  configurationCommand(
    { key: 'changeContainer', title: titleOf(containerId), join: `section ${containerId} ${sectionId}` },
    (configuration) => {
      const stateId = stateOfSection(configuration, containerId, sectionId)
      const set = changeSettings(configuration, containerId, (settings) => ({
        ...settings,
        sections: mapped<unknown>(listOf(settings.sections), (one) => [
          recordOf(one).id === sectionId ? withMembers(recordOf(one), members) : one,
        ]),
      }))
      const state = stateId === null ? null : stateOf(set, stateId)
      const title = textOf(members.title)
      return stateId !== null && state && title !== null
        ? withState(set, stateId, withMember(state, 'name', title))
        : set
    },
  )

/** Changes the order of sections. */
export const moveSection = (containerId: string, sectionId: string, to: number): Command =>
  configurationCommand({ key: 'moveSection', title: titleOf(containerId) }, (configuration) =>
    changeSettings(configuration, containerId, (settings) => {
      const sections = listOf(settings.sections)
      const from = sections.findIndex((one) => recordOf(one).id === sectionId)
      if (from < 0 || to < 0 || to >= sections.length || from === to) return settings
      return { ...settings, sections: sections.toSpliced(from, 1).toSpliced(to, 0, sections[from]) }
    }),
  )

/** Where a container stands. */
const placeOfContainer = (configuration: JsonRecord, containerId: string): LayoutAddress | null =>
  Object.keys(statesOf(configuration))
    .flatMap((stateId) =>
      (['main', 'right'] as const).flatMap((layout) => gridsOfLayout(configuration, stateId, layout)),
    )
    .find((at) => isRecord(own(placesOf(gridAt(configuration, at)), containerId))) ?? null

const emptied = (configuration: JsonRecord, stateId: string, to: LayoutAddress): JsonRecord =>
  changed(
    moveToLayout(addressOf(stateId), to, Object.keys(placesOf(gridAt(configuration, addressOf(stateId))))),
    configuration,
  )

/**
 * Removes a section; its widgets go to the section before it (or the next), or with `remove` are gone. The last section
 * stays: remove the container instead.
 */
export const removeSection = (containerId: string, sectionId: string, widgets: 'keep' | 'remove'): Command =>
  configurationCommand({ key: 'removeSection', title: titleOf(containerId) }, (configuration) => {
    const widget = widgetOf(configuration, containerId)
    const sections = widget ? (readContainer(widget)?.sections ?? []) : []
    const index = sections.findIndex(({ id }) => id === sectionId)
    const section = sections[index]
    const heir = sections[index - 1] ?? sections[index + 1]
    if (!section || !heir) return configuration
    const kept = widgets === 'keep' ? emptied(configuration, section.stateId, addressOf(heir.stateId)) : configuration
    const left = changeSettings(kept, containerId, (settings) => ({
      ...settings,
      sections: listOf(settings.sections).filter((one) => recordOf(one).id !== sectionId),
    }))
    return withoutOrphans(kept, withMember(left, 'states', without(statesOf(left), [section.stateId])))
  })

/** Dissolves a container: its widgets come to stand where it stood. */
export const unwrapContainer = (containerId: string): Command =>
  configurationCommand({ key: 'changeContainer', title: titleOf(containerId) }, (configuration) => {
    const widget = widgetOf(configuration, containerId)
    const container = widget && readContainer(widget)
    const at = placeOfContainer(configuration, containerId)
    if (!container || !at) return configuration
    const box = boxesOf(gridAt(configuration, at)).get(containerId)
    const away = gridsOfLayout(configuration, at.stateId, at.layout).reduce(
      (now, one) => withoutPlaces(now, one, [containerId]),
      configuration,
    )
    let row = box?.row ?? 0
    const out = container.sections.reduce((now, { stateId }) => {
      const boxes = boxesOf(gridAt(now, addressOf(stateId)))
      const moved = changed(moveToLayout(addressOf(stateId), at, [...boxes.keys()], { col: box?.col ?? 0, row }), now)
      row += boundsOf(boxes.values())?.sizeY ?? 0
      return moved
    }, away)
    return withoutOrphans(configuration, out)
  })
