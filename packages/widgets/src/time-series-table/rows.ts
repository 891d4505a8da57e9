import type { DataKey } from '@thingwire/contracts'
import type { FunctionSource } from '@thingwire/dashboards'
import { keyLabel } from '../format.ts'
import type { WidgetEntity, WidgetSeries } from '../widget.ts'
import { timeSeriesTableKeySettings } from './manifest.ts'

export const timeColumn = 'time'

export type SeriesColumn = {
  id: string
  title: string
  dataKey: DataKey
  /** The newest value, the same in every row. */
  isBeside: boolean
  isSortable: boolean
  visibility: 'visible' | 'hidden' | 'hidden-mobile'
  isChoosable: boolean
  content: FunctionSource | null
  style: FunctionSource | null
}

/** What an entity sent at one moment, by the columns' ids. */
export type SeriesRow = { id: string; ts: number; values: ReadonlyMap<string, unknown> }

export type SeriesTab = { id: string; entity: WidgetEntity; series: readonly WidgetSeries[] }

const columnId = ({ role, dataKey }: WidgetSeries) => `${role} ${dataKey.type} ${dataKey.name}`

/** A tab an entity of a datasource, in the order of the file. */
export const tabsOf = (all: readonly WidgetSeries[]): SeriesTab[] => {
  const groups = Map.groupBy(
    all.filter(({ role }) => role !== 'comparison'),
    // Names of parts of a page have no spaces.
    ({ datasource, entity }) => `${datasource}_${entity.id.id.replaceAll(' ', '_')}`,
  )
  return [...groups].flatMap(([id, series]) => (series[0] ? [{ id, entity: series[0].entity, series }] : []))
}

/** The time, a column a key, then the newest values beside; one that stands twice stands once. */
export const columnsOf = ({ series, entity }: SeriesTab, time: string | null): SeriesColumn[] => {
  const ordered = [...series.filter(({ role }) => role === 'main'), ...series.filter(({ role }) => role === 'beside')]
  const keys = ordered.map((one): SeriesColumn => {
    const own = timeSeriesTableKeySettings.parse(one.dataKey.settings)
    return {
      id: columnId(one),
      title: keyLabel(one.dataKey, entity.name),
      dataKey: one.dataKey,
      isBeside: one.role === 'beside',
      isSortable: !own.disableSorting,
      visibility: own.defaultColumnVisibility,
      isChoosable: own.columnSelectionToDisplay === 'enabled',
      content: own.useCellContentFunction ? own.cellContentFunction : null,
      style: own.useCellStyleFunction ? own.cellStyleFunction : null,
    }
  })
  const first: SeriesColumn[] =
    time === null
      ? []
      : [
          {
            ...{ id: timeColumn, title: time, isBeside: false, isSortable: true, visibility: 'visible' },
            dataKey: { name: 'createdTime', type: 'timeseries', label: time, settings: {} },
            ...{ isChoosable: true, content: null, style: null },
          },
        ]
  return [...first, ...new Map(keys.map((column) => [column.id, column])).values()]
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === ''

/** A row a moment at which any key has a point, oldest first. */
export const rowsOf = ({ series }: SeriesTab, hideEmpty: boolean): SeriesRow[] => {
  const moments = new Map<number, Map<string, unknown>>()
  for (const one of series.filter(({ role }) => role === 'main')) {
    const id = columnId(one)
    for (const [ts, value] of one.points) {
      const values = moments.get(ts) ?? new Map<string, unknown>()
      values.set(id, value)
      moments.set(ts, values)
    }
  }
  const newest = series
    .filter(({ role }) => role === 'beside')
    .map((one): [string, unknown] => [columnId(one), one.points.at(-1)?.[1]])
  return [...moments]
    .filter(([, values]) => !hideEmpty || [...values.values()].some((value) => !isEmpty(value)))
    .sort(([a], [b]) => a - b)
    .map(([ts, values]) => ({ id: String(ts), ts, values: new Map([...values, ...newest]) }))
}

export const cellValue = (row: SeriesRow, { id }: Pick<SeriesColumn, 'id'>): unknown =>
  id === timeColumn ? row.ts : row.values.get(id)

/** Rows without a value come last either way; equal ones newest first. */
export const sortRows = (rows: readonly SeriesRow[], column: string, desc: boolean): SeriesRow[] => {
  const factor = desc ? -1 : 1
  return rows.toSorted((a, b) => {
    const [left, right] = [cellValue(a, { id: column }), cellValue(b, { id: column })]
    if (isEmpty(left) || isEmpty(right)) return Number(isEmpty(left)) - Number(isEmpty(right)) || b.ts - a.ts
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? Math.sign(left - right)
        : String(left).localeCompare(String(right), undefined, { numeric: true })
    return order * factor || b.ts - a.ts
  })
}

/** Rows of which any cell reads like that. */
export const findRows = (
  rows: readonly SeriesRow[],
  columns: readonly SeriesColumn[],
  search: string,
  textOf: (row: SeriesRow, column: SeriesColumn) => string,
): readonly SeriesRow[] => {
  const wanted = search.trim().toLowerCase()
  if (wanted === '') return rows
  return rows.filter((row) => columns.some((column) => textOf(row, column).toLowerCase().includes(wanted)))
}

/** The column that a file sorts by. */
export const initialSort = (
  order: { property: string; direction: 'ASC' | 'DESC' },
  columns: readonly SeriesColumn[],
) => {
  const named = columns.find(
    ({ id, title, dataKey }) => id !== timeColumn && (dataKey.name === order.property || title === order.property),
  )
  return { column: named?.id ?? timeColumn, desc: order.direction === 'DESC' }
}

/** The row as functions of files know it: its time, and its values by title. */
export const recordOf = (row: SeriesRow, columns: readonly SeriesColumn[]): Record<string, unknown> => ({
  ...Object.fromEntries(columns.map((column) => [column.title, cellValue(row, column)])),
  Timestamp: row.ts,
  timestamp: row.ts,
})
