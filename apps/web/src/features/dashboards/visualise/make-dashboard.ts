import {
  chartGroups,
  decimalsOf,
  type FoundKey,
  keyJson,
  mapSettings,
  sortKeys,
  truthStates,
} from '@thingwire/dashboards/edit'

type Json = Readonly<Record<string, unknown>>
type Size = { columns: number; rows: number; phoneRows?: number }
type Part = { id: string; fqn: string; type: 'latest' | 'timeseries'; size: Size; config: Json }

/** Names of widgets that are used, if there are such widgets. */
type Known = (typeFullFqn: string) => boolean

const columns = 24
const mostCards = 8
const aliasId = 'device'

const widget = (p: {
  id: string
  fqn: string
  type: Part['type']
  size: Size
  title: string
  keys: readonly Json[]
  more?: Json
}): Part => ({
  id: p.id,
  fqn: p.fqn,
  type: p.type,
  size: p.size,
  config: {
    title: p.title,
    showTitle: p.title !== '',
    datasources: [{ type: 'entity', entityAliasId: aliasId, dataKeys: p.keys }],
    useDashboardTimewindow: true,
    enableFullscreen: true,
    dropShadow: true,
    settings: {},
    ...p.more,
  },
})

/** One below the other, and beside each other as far as there is room. */
const placeAll = (parts: readonly Part[]): Json => {
  let [col, row, height] = [0, 0, 0]
  const places = parts.map((part) => {
    if (col + part.size.columns > columns) {
      row += height
      col = 0
      height = 0
    }
    const { columns: sizeX, rows: sizeY, phoneRows } = part.size
    const place = { sizeX, sizeY, row, col, ...(phoneRows ? { mobileHeight: phoneRows } : {}) }
    col += part.size.columns
    height = Math.max(height, part.size.rows)
    return [part.id, place] as const
  })
  return Object.fromEntries(places)
}

const mostInRow = 6

/** Rows of cards that are full, and as even as whole columns allow. */
const cardWidths = (count: number): number[] => {
  const rows = Math.ceil(count / mostInRow)
  const perRow = Math.ceil(count / rows)
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / perRow)
    const inRow = row === rows - 1 ? count - row * perRow : perRow
    return Math.floor(columns / inRow) + (index % perRow < columns % inRow ? 1 : 0)
  })
}

const partsOf = (found: readonly FoundKey[], isKnown: Known): Part[] => {
  const { numbers, booleans, texts, place } = sortKeys(found)
  const groups = chartGroups(numbers)
  const cards = numbers.slice(0, mostCards)
  const widths = cardWidths(cards.length)
  const hasMap = place !== null && isKnown('system.map')
  // What nothing draws better is in the table.
  const hasStates = isKnown('system.state_chart')
  const inTable = [...texts, ...(hasStates ? [] : booleans), ...numbers.slice(mostCards).map(({ name }) => name)]
  return [
    ...cards.map(({ name, value }, index) =>
      widget({
        id: `card-${index}`,
        fqn: 'system.cards.value_card',
        type: 'latest',
        size: { columns: widths[index] ?? columns, rows: 3, phoneRows: 2 },
        title: '',
        keys: [keyJson(name, index, { decimals: decimalsOf(value) })],
        // A picture says nothing where nobody knows what the value is.
        more: { settings: { showIcon: false } },
      }),
    ),
    ...groups.map((names, index) =>
      widget({
        id: `chart-${index}`,
        fqn: 'system.time_series_chart',
        type: 'timeseries',
        size: { columns: groups.length === 1 && !hasMap ? columns : columns / 2, rows: 8 },
        title: names.join(', '),
        keys: names.map((name, at) => keyJson(name, at)),
      }),
    ),
    ...(hasMap ? [mapOf(place)] : []),
    ...(hasStates && booleans.length > 0
      ? [
          widget({
            id: 'states',
            fqn: 'system.state_chart',
            type: 'timeseries',
            size: { columns, rows: 5 },
            title: booleans.join(', '),
            keys: booleans.map((name, index) => keyJson(name, index)),
            more: { settings: { states: truthStates } },
          }),
        ]
      : []),
    ...(inTable.length > 0
      ? [
          widget({
            id: 'table',
            fqn: 'system.cards.entities_table',
            type: 'latest',
            size: { columns, rows: 4 },
            title: '',
            keys: inTable.map((name, index) => keyJson(name, index)),
          }),
        ]
      : []),
  ]
}

const mapOf = (place: { latitude: string; longitude: string }): Part => ({
  id: 'map',
  fqn: 'system.map',
  type: 'latest',
  size: { columns: columns / 2, rows: 8 },
  config: {
    title: '',
    showTitle: false,
    datasources: [],
    dropShadow: true,
    enableFullscreen: true,
    settings: mapSettings(aliasId, place),
  },
})

/**
 * The configuration of a dashboard that shows what a device sends: numbers as cards and lines, switches as states, a place
 * on a map, texts in a table. It is a file as any other, so it can be kept, exported and changed.
 */
export const makeDashboard = (
  device: { id: string; name: string },
  found: readonly FoundKey[],
  isKnown: Known,
): Json => {
  const parts = partsOf(found, isKnown).filter(({ fqn }) => isKnown(fqn))
  return {
    widgets: Object.fromEntries(
      parts.map(({ id, fqn, type, size, config }) => [
        id,
        { id, typeFullFqn: fqn, type, sizeX: size.columns, sizeY: size.rows, row: 0, col: 0, config },
      ]),
    ),
    states: {
      default: {
        name: device.name,
        root: true,
        layouts: { main: { widgets: placeAll(parts), gridSettings: { columns, margin: 10, outerMargin: true } } },
      },
    },
    entityAliases: {
      [aliasId]: {
        id: aliasId,
        alias: device.name,
        filter: {
          type: 'singleEntity',
          singleEntity: { entityType: 'DEVICE', id: device.id },
          resolveMultiple: false,
        },
      },
    },
    filters: {},
    timewindow: {
      selectedTab: 0,
      realtime: { realtimeType: 0, timewindowMs: 3_600_000 },
      aggregation: { type: 'AVG', limit: 25_000 },
    },
    settings: { showDashboardsSelect: false },
  }
}
