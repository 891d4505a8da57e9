import { type FormField, titleOf } from './form-field.ts'

export type SettingGroup = {
  /** What its settings are about; empty: those that stand alone. */
  title: string
  members: readonly FormField[]
  /** The object that is the group by itself. */
  part?: FormField
}

/** Fewer settings than these are read at a glance. */
const fewest = 8

/** `showLabel` and `labelFont` are both about the label. */
const wordOf = (key: string): string => {
  const about = key.replace(/^(?:show|enable|display|use|hide)(?=[A-Z])/, '')
  return /^[A-Za-z]?[a-z\d]*/.exec(about)?.[0].toLowerCase() ?? key
}

/** A part of its own, with more in it than stands well among others. */
const isPart = (field: FormField): boolean =>
  field.kind === 'object' && field.editor === null && field.members.length > 2

/** Settings of a long form by what they are about, those that stand alone first; null: it is short, or they have little in common. */
export const settingGroups = (members: readonly FormField[]): readonly SettingGroup[] | null => {
  if (members.length < fewest) return null
  const parts = members.filter((one) => isPart(one) && one.group === '')
  const others = members.filter((one) => !parts.includes(one))
  const nameOf = (field: FormField) => field.group || titleOf(wordOf(field.key))
  const byName = Map.groupBy(others, nameOf)
  const groups = [...byName].filter(([, some]) => some.length > 1)
  if (groups.length + parts.length < 2) return null
  const alone = others.filter((one) => byName.get(nameOf(one))?.length === 1)
  return [
    ...(alone.length > 0 ? [{ title: '', members: alone }] : []),
    ...groups.map(([title, some]) => ({ title, members: some })),
    ...parts.map((part) => ({ title: part.title, members: [part], part })),
  ]
}
