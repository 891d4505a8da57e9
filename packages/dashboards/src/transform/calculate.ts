import { numberOf } from '../read.ts'
import { readExpression } from './expression.ts'
import { isValue, maxOf, meanOf, medianOf, minOf } from './fold.ts'
import type { Calculation, Operand, Transformation } from './model.ts'
import { type Cell, column, columnNames, indexOf, kindOfValues, type Table } from './table.ts'

type Rows = Table['rows']

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
const toNumber = (value: unknown): number | null => (typeof value === 'boolean' ? Number(value) : numberOf(value))

const binary = (a: number, operation: string, b: number): number | null => {
  switch (operation) {
    case '+':
      return finite(a + b)
    case '-':
      return finite(a - b)
    case '*':
      return finite(a * b)
    case '/':
      return finite(a / b)
    case '%':
      return finite(a % b)
    default:
      return finite(a ** b)
  }
}

const unary: Readonly<Record<(Calculation & { kind: 'unary' })['operation'], (value: number) => number>> = {
  abs: Math.abs,
  negate: (value) => -value,
  round: Math.round,
  floor: Math.floor,
  ceil: Math.ceil,
  sqrt: Math.sqrt,
  ln: Math.log,
  exp: Math.exp,
  sign: Math.sign,
}

const operand = (table: Table, of: Operand): ((row: readonly Cell[]) => number | null) | null => {
  if ('value' in of) return () => of.value
  const index = indexOf(table, of.column)
  return index < 0 ? null : (row) => toNumber(row[index])
}

type Windowed = Calculation & { kind: 'window' }
type Seen = { value: number | null; ts: number | null }

/** The value of one row, given the rows of the same entity up to it; the newest last. */
const windowValue = (seen: readonly Seen[], { operation, size }: Windowed): number | null => {
  const [now, before] = [seen.at(-1), seen.at(-2)]
  if (!now || now.value === null) return null
  const moving = seen.slice(-size).flatMap((one) => one.value ?? [])
  switch (operation) {
    case 'movingMean':
      return meanOf(moving)
    case 'movingMedian':
      return medianOf(moving)
    case 'movingMin':
      return minOf(moving)
    case 'movingMax':
      return maxOf(moving)
    default:
      return before && before.value !== null ? changeOf(now, before, operation) : null
  }
}

const changeOf = (now: Seen, before: Seen, operation: Windowed['operation']): number | null => {
  const delta = (now.value ?? 0) - (before.value ?? 0)
  if (operation === 'delta') return finite(delta)
  if (operation === 'percentChange') return finite((delta / Math.abs(before.value ?? 0)) * 100)
  const ms = now.ts === null || before.ts === null ? null : now.ts - before.ts
  return ms === null ? null : finite((delta / ms) * 1_000)
}

const windowed = (table: Table, how: Windowed): Cell[] | null => {
  if (how.operation === 'rowNumber') return table.rows.map((_, index) => index + 1)
  const of = indexOf(table, how.of)
  if (of < 0) return null
  const time = table.columns.findIndex((one) => one.kind === 'time')
  const groups = [indexOf(table, columnNames.entity), indexOf(table, columnNames.key)].filter(
    (index) => index >= 0 && index !== of,
  )
  const seen = new Map<string, { list: Seen[]; total: number }>()
  // More than a window holds is not kept.
  const most = Math.max(2, how.size)
  return table.rows.map((row) => {
    const id = JSON.stringify(groups.map((index) => row[index]))
    const group = seen.get(id) ?? { list: [], total: 0 }
    seen.set(id, group)
    const ts = time < 0 ? null : toNumber(row[time])
    const value = isValue(row[of]) ? toNumber(row[of]) : null
    if (value === null) return null
    group.list.push({ value, ts })
    if (group.list.length > most) group.list.shift()
    group.total += value
    return how.operation === 'total' ? finite(group.total) : windowValue(group.list, how)
  })
}

const cellsFor = (table: Table, how: Calculation): Cell[] | null => {
  switch (how.kind) {
    case 'binary': {
      const [left, right] = [operand(table, how.left), operand(table, how.right)]
      if (!left || !right) return null
      return table.rows.map((row) => {
        const [a, b] = [left(row), right(row)]
        return a === null || b === null ? null : binary(a, how.operation, b)
      })
    }
    case 'unary': {
      const value = operand(table, { column: how.of })
      return (
        value &&
        table.rows.map((row) => {
          const number = value(row)
          return number === null ? null : finite(unary[how.operation](number))
        })
      )
    }
    case 'window':
      return windowed(table, how)
    case 'expression':
      return byExpression(table, how.text)
  }
}

const byExpression = (table: Table, text: string): Cell[] | null => {
  const read = readExpression(text)
  if (!read.ok) return null
  const places = new Map(read.expression.columns.map((name) => [name, indexOf(table, name)]))
  return table.rows.map((row: Rows[number]) => read.expression.of((name) => row[places.get(name) ?? -1]))
}

/** Adds a column, in the place of one of that name if there is one; with `replaces` the others of numbers go. */
export const calculated = (
  table: Table,
  { name, units, replaces, how }: Transformation & { type: 'calculate' },
): Table => {
  const cells = cellsFor(table, how)
  if (!cells) return table
  const made = column(name, kindOfValues(cells), units)
  const kept = table.columns.flatMap((one, index) =>
    one.name === name || (replaces && one.kind === 'number') ? [] : [index],
  )
  const at = indexOf(table, name)
  const place = at < 0 ? kept.length : kept.filter((index) => index < at).length
  const put = <T>(list: readonly T[], value: T): T[] => kept.map((index) => list[index] as T).toSpliced(place, 0, value)
  return {
    columns: put(table.columns, made),
    rows: table.rows.map((row, index) => put(row, cells[index])),
  }
}
