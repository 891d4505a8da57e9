import type { AttributeValue } from '../host/host.ts'
import type { TableSort } from '../engines/table/table-view.tsx'

/** A value as it is shown: texts plain, the rest as JSON. */
export const valueText = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)

/** As it is edited: a text that would read as something else stands in quotes. */
export const editText = (value: unknown): string =>
  typeof value === 'string' && readValue(value) !== value ? JSON.stringify(value) : valueText(value)

/** What is typed as a value: JSON where it is some, else text. */
export const readValue = (text: string): unknown => {
  const trimmed = text.trim()
  if (!/^(?:-?\d|"|[[{]|true$|false$|null$)/.test(trimmed)) return text
  try {
    const value: unknown = JSON.parse(trimmed)
    // A number that would come back as another one is better kept as text.
    return typeof value === 'number' && !Number.isFinite(value) ? text : value
  } catch {
    return text
  }
}

const compareValues = (a: unknown, b: unknown): number =>
  typeof a === 'number' && typeof b === 'number'
    ? a - b
    : valueText(a).localeCompare(valueText(b), undefined, { numeric: true })

const orders: Readonly<Record<string, (a: AttributeValue, b: AttributeValue) => number>> = {
  key: (a, b) => a.key.localeCompare(b.key, undefined, { numeric: true }),
  value: (a, b) => compareValues(a.value, b.value),
  ts: (a, b) => a.ts - b.ts,
}

/** Those of a scope that a search finds, in order; equal ones by name. */
export const arrange = (
  all: readonly AttributeValue[],
  p: { scope: AttributeValue['scope']; search: string; sort: TableSort },
): AttributeValue[] => {
  const wanted = p.search.trim().toLowerCase()
  const order = orders[p.sort.column] ?? orders.key
  return all
    .filter(({ scope, key }) => scope === p.scope && key.toLowerCase().includes(wanted))
    .toSorted((a, b) => (p.sort.desc ? -1 : 1) * (order?.(a, b) ?? 0) || a.key.localeCompare(b.key))
}
