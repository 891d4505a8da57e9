import { numberOf } from '../read.ts'
import { calculated } from './calculate.ts'
import { holds } from './condition.ts'
import { fold } from './fold.ts'
import type { Transformation, TransformationStep } from './model.ts'
import {
  type Cell,
  type Column,
  column,
  columnNames,
  indexOf,
  kindOfValues,
  mostRows,
  type Table,
  uniqueNames,
} from './table.ts'

type Of<T extends Transformation['type']> = Transformation & { type: T }
type Row = readonly Cell[]

const mostColumns = 200

const plain = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)

/** Rows by what they have in common, in the order in which they come. */
const grouped = (rows: readonly Row[], idOf: (row: Row) => string): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const id = idOf(row)
    const group = groups.get(id)
    if (group) group.push(row)
    else groups.set(id, [row])
  }
  return groups
}

/** Keys of one entity have their own names; those of several are told apart by the entity. */
const joined = (table: Table, { by, toleranceMs }: Of<'join'>): Table => {
  const [entity, key, time, value] = [
    indexOf(table, columnNames.entity),
    indexOf(table, columnNames.key),
    table.columns.findIndex((one) => one.kind === 'time'),
    indexOf(table, columnNames.value),
  ]
  if (key < 0 || value < 0 || (by === 'time' ? time : entity) < 0) return table
  const hasMany = by === 'time' && entity >= 0 && new Set(table.rows.map((row) => row[entity])).size > 1
  const nameOf = (row: Row): string => [...(hasMany ? [plain(row[entity])] : []), plain(row[key])].join(' · ')
  const names = [...new Set(table.rows.map(nameOf))].slice(0, mostColumns)
  const rows =
    by === 'time'
      ? byTime(table.rows, { time, value, toleranceMs, names, nameOf })
      : byEntity(table.rows, { entity, time, value, names, nameOf })
  const { units = null, decimals = null } = table.columns[value] ?? {}
  const first = by === 'time' ? column(columnNames.time, 'time') : column(columnNames.entity, 'text')
  const labels = uniqueNames([first.name, ...names])
  return {
    columns: [
      first,
      ...names.map((_, index) =>
        column(labels[index + 1] ?? '', kindOfValues(rows.map((row) => row[index + 1])), units, decimals),
      ),
    ],
    rows,
  }
}

type Joining = { value: number; names: readonly string[]; nameOf: (row: Row) => string }

const byTime = (
  rows: readonly Row[],
  { time, value, toleranceMs, names, nameOf }: Joining & { time: number; toleranceMs: number },
): Row[] => {
  const places = new Map(names.map((name, index) => [name, index + 1]))
  const sorted = rows
    .filter((row) => typeof row[time] === 'number')
    .toSorted((a, b) => Number(a[time]) - Number(b[time]))
  const result: Cell[][] = []
  for (const row of sorted) {
    const place = places.get(nameOf(row))
    if (place === undefined) continue
    const last = result.at(-1)
    const isNear = last !== undefined && Number(row[time]) - Number(last[0]) <= toleranceMs
    // Two points of one series are two times, however near.
    const isFree = last !== undefined && (last[place] === null || toleranceMs === 0)
    const target = last !== undefined && isNear && isFree ? last : [row[time], ...names.map(() => null)]
    if (target !== last) result.push(target)
    target[place] = row[value]
  }
  return result
}

/** The newest value of each key. */
const byEntity = (
  rows: readonly Row[],
  { entity, time, value, names, nameOf }: Joining & { entity: number; time: number },
): Row[] => {
  const places = new Map(names.map((name, index) => [name, index + 1]))
  const sorted = time < 0 ? rows : rows.toSorted((a, b) => Number(a[time]) - Number(b[time]))
  const order = [...new Set(rows.map((row) => plain(row[entity])))]
  const result = new Map(order.map((name): [string, Cell[]] => [name, [name, ...names.map(() => null)]]))
  for (const row of sorted) {
    const [target, place] = [result.get(plain(row[entity])), places.get(nameOf(row))]
    if (target && place !== undefined) target[place] = row[value]
  }
  return [...result.values()]
}

const renamed = (table: Table, { names }: Of<'rename'>): Table => {
  const to = new Map(names.map((one) => [one.from, one.to]))
  const kept = table.columns.flatMap((one, index) => (to.get(one.name) === '' ? [] : [index]))
  const labels = uniqueNames(
    kept.map((index) => {
      const name = table.columns[index]?.name ?? ''
      return to.get(name) ?? name
    }),
  )
  return {
    columns: kept.flatMap((index, at): Column[] => {
      const one = table.columns[index]
      return one ? [{ ...one, name: labels[at] ?? one.name }] : []
    }),
    rows: kept.length === table.columns.length ? table.rows : table.rows.map((row) => kept.map((index) => row[index])),
  }
}

const groupRows = (table: Table, { by, everyMs, folds }: Of<'group'>): Table => {
  const columns = by.map((name) => indexOf(table, name)).filter((index) => index >= 0)
  const folded = folds.map((one) => ({ ...one, index: indexOf(table, one.of) })).filter(({ index }) => index >= 0)
  if (columns.length < by.length || folded.length === 0) return table
  const cellOf = (row: Row, index: number): Cell => {
    const [value, isTime] = [row[index], table.columns[index]?.kind === 'time']
    return isTime && everyMs !== null && typeof value === 'number' ? Math.floor(value / everyMs) * everyMs : value
  }
  const groups = grouped(table.rows, (row) => JSON.stringify(columns.map((index) => cellOf(row, index))))
  const rows = [...groups.values()].map((group) => [
    ...columns.map((index) => cellOf(group[0] ?? [], index)),
    ...folded.map(({ index, how }) =>
      fold(
        group.map((row) => row[index]),
        how,
      ),
    ),
  ])
  const heads = columns.flatMap((index) => table.columns[index] ?? [])
  const labels = uniqueNames([...heads.map(({ name }) => name), ...folded.map(({ as }) => as)])
  return {
    columns: [
      ...heads,
      ...folded.map(({ index, how }, at) => {
        const of = table.columns[index]
        const counts = how === 'count' || how === 'distinct'
        const isTime = of?.kind === 'time' && ['first', 'last', 'min', 'max'].includes(how)
        const kind = isTime ? 'time' : kindOfValues(rows.map((row) => row[columns.length + at]))
        return column(
          labels[columns.length + at] ?? '',
          kind,
          counts ? null : (of?.units ?? null),
          counts ? 0 : (of?.decimals ?? null),
        )
      }),
    ],
    rows,
  }
}

const filtered = (table: Table, { match, conditions, keep }: Of<'filter'>): Table => {
  const known = conditions
    .map((one) => ({ ...one, index: indexOf(table, one.column) }))
    .filter(({ index }) => index >= 0)
  if (known.length === 0) return table
  const fits = (row: Row) => {
    const fitsOne = (one: (typeof known)[number]) => holds(row[one.index], one)
    return match === 'all' ? known.every(fitsOne) : known.some(fitsOne)
  }
  return { ...table, rows: table.rows.filter((row) => fits(row) === keep) }
}

/** Numbers before texts; what is nothing comes last, whichever way. */
const compare = (a: Cell, b: Cell, descending: boolean): number => {
  const [noA, noB] = [a === null || a === undefined, b === null || b === undefined]
  if (noA || noB) return Number(noA) - Number(noB)
  const [one, other] = [numberOf(a), numberOf(b)]
  const order =
    one !== null && other !== null
      ? one - other
      : one !== null || other !== null
        ? Number(one === null) - Number(other === null)
        : plain(a).localeCompare(plain(b), undefined, { numeric: true })
  return descending ? -order : order
}

const sorted = (table: Table, { by }: Of<'sort'>): Table => {
  const known = by.map((one) => ({ ...one, index: indexOf(table, one.column) })).filter(({ index }) => index >= 0)
  const order = (a: Row, b: Row): number => {
    for (const { index, descending } of known) {
      const found = compare(a[index], b[index], descending)
      if (found !== 0) return found
    }
    return 0
  }
  return known.length === 0 ? table : { ...table, rows: table.rows.toSorted(order) }
}

const pivoted = (table: Table, { rows, columns, values, how }: Of<'pivot'>): Table => {
  const [side, head, value] = [indexOf(table, rows), indexOf(table, columns), indexOf(table, values)]
  const [sideColumn, valueColumn] = [table.columns[side], table.columns[value]]
  if (!sideColumn || !valueColumn || head < 0) return table
  const names = [...new Set(table.rows.map((row) => plain(row[head])))].slice(0, mostColumns)
  const result = [...grouped(table.rows, (row) => JSON.stringify(row[side] ?? null)).values()].map((group) => {
    const cells = grouped(group, (row) => plain(row[head]))
    return [
      group[0]?.[side],
      ...names.map((name) => {
        const found = cells.get(name)
        return found
          ? fold(
              found.map((row) => row[value]),
              how,
            )
          : null
      }),
    ]
  })
  const labels = uniqueNames([sideColumn.name, ...names])
  return {
    columns: [
      sideColumn,
      ...names.map((_, index) =>
        column(
          labels[index + 1] ?? '',
          kindOfValues(result.map((row) => row[index + 1])),
          valueColumn.units,
          valueColumn.decimals,
        ),
      ),
    ],
    rows: result,
  }
}

const selected = (table: Table, { columns }: Of<'select'>): Table => {
  const kept = [...new Set(columns)].map((name) => indexOf(table, name)).filter((index) => index >= 0)
  if (kept.length === 0) return table
  return {
    columns: kept.flatMap((index) => table.columns[index] ?? []),
    rows: table.rows.map((row) => kept.map((index) => row[index])),
  }
}

/** The table after one step. */
export const transformed = (table: Table, step: Transformation): Table => {
  switch (step.type) {
    case 'join':
      return joined(table, step)
    case 'rename':
      return renamed(table, step)
    case 'calculate':
      return calculated(table, step)
    case 'group':
      return groupRows(table, step)
    case 'filter':
      return filtered(table, step)
    case 'sort':
      return sorted(table, step)
    case 'limit':
      return { ...table, rows: step.from === 'start' ? table.rows.slice(0, step.count) : table.rows.slice(-step.count) }
    case 'pivot':
      return pivoted(table, step)
    case 'select':
      return selected(table, step)
  }
}

/** The table after all steps that are on. Never throws; a step that does not fit leaves the table as it is. */
export const applyTransformations = (table: Table, steps: readonly TransformationStep[]): Table =>
  steps.reduce(
    (now, { transformation, isOff }) => (isOff ? now : transformed(now, transformation)),
    table.rows.length > mostRows ? { ...table, rows: table.rows.slice(-mostRows) } : table,
  )
