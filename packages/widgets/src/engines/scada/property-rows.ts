import { conditionHolds } from './condition.ts'
import type { SymbolProperty } from './metadata.ts'

type Values = Readonly<Record<string, unknown>>

/** Settings of one name stand in one row, as a switch beside the colour that it turns on. */
export type PropertyRow = { name: string; hint: string; properties: readonly SymbolProperty[] }
export type PropertyGroup = { title: string; rows: readonly PropertyRow[] }

/** Those that take a row of their own, however they are called. */
const wide = new Set('fieldset array textarea image javascript json html css markdown radios'.split(' '))

/** What a form of properties shows: groups as the file has them, without what means nothing beside the values. */
export const propertyGroups = (properties: readonly SymbolProperty[], values: Values): PropertyGroup[] => {
  const groups: { title: string; rows: { name: string; hint: string; properties: SymbolProperty[] }[] }[] = []
  for (const one of properties) {
    // Markup of files is nothing to set.
    if (one.type === 'htmlSection') continue
    // A condition that is no expression would need the sandbox: what it hides is better shown than out of reach.
    if (one.condition !== '' && conditionHolds(one.condition, values) === false) continue
    const title = one.group
    let group = groups.find((known) => known.title === title)
    if (!group) {
      group = { title, rows: [] }
      groups.push(group)
    }
    const name = one.name || one.id
    const row = wide.has(one.type)
      ? undefined
      : group.rows.find((known) => known.name === name && !known.properties.some(({ type }) => wide.has(type)))
    if (row) row.properties.push(one)
    else group.rows.push({ name, hint: one.hint, properties: [one] })
  }
  // What belongs to no group would read as part of the one above it.
  return groups.sort((one, other) => Number(one.title !== '') - Number(other.title !== ''))
}

/** Whether a setting does nothing because another is off. */
export const isIdle = ({ disableOnProperty }: SymbolProperty, values: Values): boolean =>
  disableOnProperty !== '' && !(Object.hasOwn(values, disableOnProperty) && values[disableOnProperty])
