import type { LivePoint } from '@thingwire/contracts'

/** Null, text, number or truth; a time is epoch ms. Other values come as they are stored. */
export type Cell = unknown
export type ColumnKind = 'time' | 'number' | 'boolean' | 'text' | 'other'
export type Column = { name: string; kind: ColumnKind; units: string | null; decimals: number | null }
/** Rows of as many cells as there are columns; names of columns are unique. */
export type Table = { columns: readonly Column[]; rows: readonly (readonly Cell[])[] }

/** What a table is made of: the points of one key of one entity. */
export type SeriesInput = {
  entityId: string
  entityName: string
  /** Label of the key. */
  label: string
  units: string | null
  decimals: number | null
  points: readonly LivePoint[]
}

export const columnNames = { entity: 'Entity', key: 'Key', time: 'Time', value: 'Value' } as const

/** More rows than anybody reads, and more than a browser should hold for one widget. */
export const mostRows = 100_000

export const kindOfValue = (value: unknown): ColumnKind | null => {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'boolean'
  return typeof value === 'string' ? 'text' : 'other'
}

/** The kind that all values have, leaving out those that are nothing; `other` where they differ. */
export const kindOfValues = (values: Iterable<unknown>): ColumnKind => {
  let found: ColumnKind | null = null
  for (const value of values) {
    const kind = kindOfValue(value)
    if (kind === null || kind === found) continue
    if (found !== null) return 'other'
    found = kind
  }
  return found ?? 'other'
}

export const column = (
  name: string,
  kind: ColumnKind,
  units: string | null = null,
  decimals: number | null = null,
): Column => ({
  ...{ name, kind, units, decimals },
})

/** Names that are not there twice: `t`, `t 2`. */
export const uniqueNames = (names: readonly string[]): string[] => {
  const taken = new Set<string>()
  return names.map((name) => {
    let free = name
    for (let number = 2; taken.has(free); number++) free = `${name} ${number}`
    taken.add(free)
    return free
  })
}

/** A row for each point: entity, key, time, value. Where there are more than can be held, the newest of each series stay. */
export const tableOf = (series: readonly SeriesInput[]): Table => {
  const share = Math.max(1, Math.floor(mostRows / Math.max(1, series.length)))
  const rows = series.flatMap(({ entityName, label, points }) =>
    points.slice(-share).map(([ts, value]) => [entityName, label, ts, value]),
  )
  const [first] = series
  const isAll = (member: 'units' | 'decimals') => series.every((one) => one[member] === first?.[member])
  return {
    columns: [
      column(columnNames.entity, 'text'),
      column(columnNames.key, 'text'),
      column(columnNames.time, 'time'),
      column(
        columnNames.value,
        kindOfValues(rows.map((row) => row[3])),
        isAll('units') ? (first?.units ?? null) : null,
        isAll('decimals') ? (first?.decimals ?? null) : null,
      ),
    ],
    rows,
  }
}

export const indexOf = (table: Table, name: string): number => table.columns.findIndex((one) => one.name === name)

export type OutputSeries = {
  entityName: string
  label: string
  units: string | null
  decimals: number | null
  points: LivePoint[]
}

/**
 * A table back as series: of the first column of times, each column of numbers (or truths, or texts) beside it is a series;
 * where there is a column of entities, one for each entity; with a column of keys, the values of each key.
 */
export const seriesOf = (table: Table): OutputSeries[] => {
  const time = table.columns.findIndex((one) => one.kind === 'time')
  if (time < 0) return []
  const [entity, key] = [indexOf(table, columnNames.entity), indexOf(table, columnNames.key)]
  const found = new Map<string, OutputSeries>()
  for (const row of table.rows) {
    const ts = row[time]
    if (typeof ts !== 'number') continue
    table.columns.forEach(({ name, kind, units, decimals }, index) => {
      if (index === time || index === entity || index === key || kind === 'time') return
      const entityName = entity < 0 ? '' : String(row[entity] ?? '')
      const label = key < 0 ? name : [String(row[key] ?? ''), ...(name === columnNames.value ? [] : [name])].join(' ')
      const id = JSON.stringify([entityName, label])
      const series = found.get(id) ?? { entityName, label, units, decimals, points: [] }
      if (!found.has(id)) found.set(id, series)
      const value = row[index]
      if (value !== null && value !== undefined) series.points.push([ts, value])
    })
  }
  return [...found.values()].map((one) => ({ ...one, points: one.points.toSorted(([a], [b]) => a - b) }))
}
