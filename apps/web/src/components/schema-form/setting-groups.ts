import type { FormField } from './form-field.ts'

export type SettingGroup = {
  /** What its settings are about; empty: those that stand alone. */
  word: string
  members: readonly FormField[]
}

/** Fewer settings than these are read at a glance. */
const fewest = 8

/** `showLabel` and `labelFont` are both about the label. */
const wordOf = (key: string): string => {
  const about = key.replace(/^(?:show|enable|display|use|hide)(?=[A-Z])/, '')
  return /^[A-Za-z]?[a-z\d]*/.exec(about)?.[0].toLowerCase() ?? key
}

/** Settings of a long form by what they are about, those that stand alone first; null: it is short, or they have little in common. */
export const settingGroups = (members: readonly FormField[]): readonly SettingGroup[] | null => {
  if (members.length < fewest) return null
  const byWord = Map.groupBy(members, ({ key }) => wordOf(key))
  const groups = [...byWord].filter(([, some]) => some.length > 1)
  if (groups.length < 2) return null
  const alone = members.filter(({ key }) => byWord.get(wordOf(key))?.length === 1)
  return [
    ...(alone.length > 0 ? [{ word: '', members: alone }] : []),
    ...groups.map(([word, some]) => ({ word, members: some })),
  ]
}
