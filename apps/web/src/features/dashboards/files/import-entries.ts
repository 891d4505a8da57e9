import {
  type AliasDefinition,
  type FileDashboard,
  type FileProblem,
  readDashboard,
  readDashboardFile,
} from '@thingwire/dashboards'

/** A dashboard of a file that was read, or why there is none. */
export type ImportEntry = { id: string; fileName: string } & (
  | { problem: FileProblem }
  | {
      problem: null
      dashboard: FileDashboard
      /** That of the file, else the file's own name. */
      title: string
      widgets: number
      /** Types that nothing here draws, with how many widgets are of each. */
      unknown: readonly { type: string; count: number }[]
      aliases: readonly AliasDefinition[]
      /** Entity aliases whose filter cannot be understood. */
      oddAliases: readonly string[]
    }
)

const longestTitle = 255

const withoutEnding = (name: string) => name.replace(/\.[^.]*$/, '')

/** What a file would bring, without storing any of it. */
export const entriesOf = (
  fileName: string,
  text: string,
  isKnown: (typeFullFqn: string) => boolean,
): readonly ImportEntry[] => {
  const result = readDashboardFile(text)
  if (!result.ok) return [{ id: fileName, fileName, problem: result.problem }]
  return result.entries.map((entry, index): ImportEntry => {
    const id = `${fileName} ${index}`
    if (!entry.ok) return { id, fileName, problem: entry.problem }
    const { dashboard } = entry
    const { document } = readDashboard(dashboard.configuration)
    const counts = new Map<string, number>()
    for (const { typeFullFqn } of document.widgets.values()) {
      if (!isKnown(typeFullFqn)) counts.set(typeFullFqn, (counts.get(typeFullFqn) ?? 0) + 1)
    }
    return {
      id,
      fileName,
      problem: null,
      dashboard,
      title: (dashboard.title || withoutEnding(fileName)).slice(0, longestTitle),
      widgets: document.widgets.size,
      unknown: [...counts].map(([type, count]) => ({ type, count })).toSorted((a, b) => b.count - a.count),
      aliases: [...document.aliases.values()],
      oddAliases: [...document.aliases.values()].filter(({ type }) => type === null).map(({ alias }) => alias),
    }
  })
}
