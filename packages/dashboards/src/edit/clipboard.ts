import { isRecord, type JsonRecord, listOf, numberOf, recordOf, textOf } from '../read.ts'
import { readContainer } from './container.ts'
import { own, valueAt, withMembers } from './json.ts'
import type { Box, LayoutAddress } from './model.ts'
import {
  aliasesOf,
  aliasOf,
  boxesOf,
  columnsOf,
  filterOf,
  gridAt,
  layoutNames,
  layoutOf,
  placesOf,
  stateOf,
  widgetOf,
} from './parts.ts'
import { referencesIn } from './references.ts'

const formatName = 'dashboard-widgets'
const formatVersion = 1
/** Larger texts are not looked into, in characters. */
const longestText = 12_000_000

/** Widgets with all that they need, ready for another dashboard. */
export type Clipboard = {
  /** Those that were chosen, by id; with those in containers among them. */
  widgets: JsonRecord
  /** Of those that were chosen: their places, in a grid of so many columns. */
  places: JsonRecord
  columns: number
  /** Sections of containers. */
  states: JsonRecord
  aliases: JsonRecord
  filters: JsonRecord
  /** Dashboard that they come from, so that references can be pasted; null: a file. */
  dashboardId: string | null
}

const record = (entries: readonly (readonly [string, unknown])[]): JsonRecord => Object.fromEntries(entries)

/** Ids of widgets in a state. */
const widgetsOfState = (configuration: JsonRecord, stateId: string): string[] =>
  layoutNames.flatMap((name) => {
    const layout = layoutOf(configuration, stateId, name)
    return layout
      ? [layout, ...Object.values(recordOf(layout.breakpoints))].flatMap((grid) =>
          Object.keys(placesOf(recordOf(grid))),
        )
      : []
  })

/** The widgets and the states of their sections, and so on inwards. */
const withInner = (configuration: JsonRecord, ids: readonly string[]) => {
  const [widgets, states] = [new Map<string, JsonRecord>(), new Map<string, JsonRecord>()]
  const open = [...ids]
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    const widget = widgetOf(configuration, id)
    if (!widget || widgets.has(id)) continue
    widgets.set(id, widget)
    for (const { stateId } of readContainer(widget)?.sections ?? []) {
      const state = stateOf(configuration, stateId)
      if (!state || states.has(stateId)) continue
      states.set(stateId, state)
      open.push(...widgetsOfState(configuration, stateId))
    }
  }
  return { widgets, states }
}

/** What is copied of a grid. */
export const copyWidgets = (
  configuration: JsonRecord,
  at: LayoutAddress,
  ids: readonly string[],
  dashboardId: string | null,
): Clipboard => {
  const grid = gridAt(configuration, at)
  const places = Object.entries(placesOf(grid)).filter(([id]) => ids.includes(id) && widgetOf(configuration, id))
  const { widgets, states } = withInner(
    configuration,
    places.map(([id]) => id),
  )
  const named = [...widgets.values()].flatMap(referencesIn)
  const byName = new Map(Object.entries(aliasesOf(configuration)).map(([id, one]) => [textOf(recordOf(one).alias), id]))
  const aliasIds = named.flatMap((one) => {
    if (one.kind === 'alias') return [one.id]
    return one.kind === 'aliasName' ? [aliasOf(configuration, one.id) ? one.id : (byName.get(one.id) ?? '')] : []
  })
  const filterIds = named.flatMap((one) => (one.kind === 'filter' ? [one.id] : []))
  const picked = (all: readonly string[], from: (id: string) => JsonRecord | null) =>
    record(
      [...new Set(all)].flatMap((id) => {
        const found = from(id)
        return found ? [[id, found] as const] : []
      }),
    )
  return {
    widgets: record([...widgets]),
    places: record(places),
    columns: columnsOf(grid),
    states: record([...states]),
    aliases: picked(aliasIds, (id) => aliasOf(configuration, id)),
    filters: picked(filterIds, (id) => filterOf(configuration, id)),
    dashboardId,
  }
}

/** The text for the clipboard. */
export const clipboardText = (clipboard: Clipboard): string =>
  JSON.stringify({ thingwire: formatName, version: formatVersion, ...clipboard }, null, 2)

/** Words for each are `dashboardEditor.paste.<reason>`. */
export type ClipboardRefusal = 'empty' | 'tooLong' | 'noJson' | 'newer' | 'foreign' | 'nothing'
export type ClipboardResult = { ok: true; clipboard: Clipboard } | { ok: false; reason: ClipboardRefusal }

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const onlyRecords = (value: unknown): JsonRecord =>
  record(Object.entries(recordOf(value)).filter(([, one]) => isRecord(one)))

const ownFormat = (json: JsonRecord): Clipboard => ({
  widgets: onlyRecords(json.widgets),
  places: record(Object.entries(onlyRecords(json.places)).filter(([id]) => isRecord(own(recordOf(json.widgets), id)))),
  columns: Math.min(1_008, Math.max(1, Math.round(numberOf(json.columns) ?? 24))),
  states: onlyRecords(json.states),
  aliases: onlyRecords(json.aliases),
  filters: onlyRecords(json.filters),
  dashboardId: textOf(json.dashboardId),
})

/** Of a widget's export file: each source's alias or filter stands beside it, by the number of the source. */
const bySource = (infos: unknown, name: string, found: Map<string, JsonRecord>) =>
  Object.entries(recordOf(infos)).map(([index, info]) => {
    const id = `${name}-${found.size}`
    found.set(id, recordOf(info))
    return { index: Number(index), id }
  })

const aliasInfo = (info: JsonRecord, id: string): JsonRecord => ({
  id,
  alias: textOf(info.alias) ?? textOf(info.aliasName) ?? id,
  filter: recordOf(info.filter),
})

/** A widget's export file: the widget, and the aliases and filters of its sources. */
const widgetFile = (json: JsonRecord): Clipboard => {
  const widget = recordOf(json.widget)
  const id = textOf(widget.id) ?? 'widget'
  const [aliases, filters] = [new Map<string, JsonRecord>(), new Map<string, JsonRecord>()]
  const info = recordOf(json.aliasesInfo)
  const ofSources = bySource(info.datasourceAliases, 'alias', aliases)
  const target = isRecord(info.targetDeviceAlias) ? bySource([info.targetDeviceAlias], 'alias', aliases)[0] : undefined
  const ofFilters = bySource(recordOf(json.filtersInfo).datasourceFilters, 'filter', filters)
  const config = recordOf(widget.config)
  const datasources = listOf(config.datasources).map((source, index) => {
    const [alias, filter] = [ofSources.find((one) => one.index === index), ofFilters.find((one) => one.index === index)]
    return withMembers(recordOf(source), {
      ...(alias && { entityAliasId: alias.id }),
      ...(filter && { filterId: filter.id }),
    })
  })
  const size = recordOf(json.originalSize)
  const box = {
    col: 0,
    row: 0,
    sizeX: numberOf(size.sizeX) ?? widget.sizeX,
    sizeY: numberOf(size.sizeY) ?? widget.sizeY,
  }
  const made = withMembers(config, {
    ...(datasources.length > 0 && { datasources }),
    ...(target && { targetDevice: { type: 'entity', entityAliasId: target.id } }),
  })
  return {
    widgets: { [id]: { ...widget, id, config: made } },
    places: { [id]: box },
    columns: Math.min(1_008, Math.max(1, Math.round(numberOf(json.originalColumns) ?? 24))),
    states: {},
    aliases: record([...aliases].map(([alias, one]) => [alias, aliasInfo(one, alias)])),
    filters: record([...filters].map(([filter, one]) => [filter, { ...one, id: filter }])),
    dashboardId: null,
  }
}

/** Reads what was copied here or in another tab, or a widget's export file that was pasted as text. */
export const readClipboard = (text: string): ClipboardResult => {
  const refused = (reason: ClipboardRefusal): ClipboardResult => ({ ok: false, reason })
  if (text.trim() === '') return refused('empty')
  if (text.length > longestText) return refused('tooLong')
  const json = parsed(text)
  if (json === undefined) return refused('noJson')
  if (!isRecord(json)) return refused('foreign')
  const isOurs = json.thingwire === formatName
  if (isOurs && Number(json.version) > formatVersion) return refused('newer')
  const isFile = isRecord(json.widget) && isRecord(valueAt(json, ['widget', 'config']))
  if (!isOurs && !isFile) return refused('foreign')
  const clipboard = isOurs ? ownFormat(json) : widgetFile(json)
  return Object.keys(clipboard.places).length === 0 ? refused('nothing') : { ok: true, clipboard }
}

/** The places of what was copied, as boxes. */
export const boxesOfClipboard = ({ places }: Clipboard): ReadonlyMap<string, Box> => boxesOf({ widgets: places })
