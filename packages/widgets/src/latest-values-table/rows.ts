import type { DataKey, LivePoint } from '@thingwire/contracts'
import { keyLabel } from '../format.ts'
import type { WidgetEntity, WidgetSeries } from '../widget.ts'

export type ValueRow = { entity: WidgetEntity; cells: Map<string, LivePoint | undefined> }
export type ValueTable = { columns: { id: string; label: string; dataKey: DataKey }[]; rows: ValueRow[] }

const columnId = (dataKey: DataKey) => `${dataKey.type} ${dataKey.name}`

/** Series of many entities and keys as a table: keys across, entities down. */
export const toTable = (list: readonly WidgetSeries[]): ValueTable => {
  const columns = new Map<string, ValueTable['columns'][number]>()
  const rows = new Map<string, ValueRow>()
  for (const { dataKey, entity, points } of list) {
    const id = columnId(dataKey)
    if (!columns.has(id)) columns.set(id, { id, label: keyLabel(dataKey, entity.name), dataKey })
    const row = rows.get(entity.id.id) ?? { entity, cells: new Map() }
    row.cells.set(id, points.at(-1))
    rows.set(entity.id.id, row)
  }
  return { columns: [...columns.values()], rows: [...rows.values()] }
}

/** `column` null: by name of the entity. Rows without a value come last either way. */
export const sortRows = (rows: readonly ValueRow[], column: string | null, desc: boolean): ValueRow[] => {
  const factor = desc ? -1 : 1
  const value = (row: ValueRow) => (column === null ? row.entity.name : row.cells.get(column)?.[1])
  return rows.toSorted((a, b) => {
    const [left, right] = [value(a), value(b)]
    if (left === undefined || left === null) return right === undefined || right === null ? 0 : 1
    if (right === undefined || right === null) return -1
    if (typeof left === 'number' && typeof right === 'number') return (left - right) * factor
    return String(left).localeCompare(String(right), undefined, { numeric: true }) * factor
  })
}
