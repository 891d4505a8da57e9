import { type DashboardDocumentData, dashboardTagsSchema, saveDashboardSchema } from '@thingwire/contracts'

const maxProblems = 20

/** Members of a configuration whose members are objects, and how many there may be. */
const sets = { widgets: 2_000, states: 500, entityAliases: 1_000, filters: 1_000 } as const
const objects = ['settings', 'timewindow'] as const

/**
 * What keeps a document from being published: its title, and a configuration that no board could read. What is wrong with a
 * single widget is shown by the widget.
 */
export const publishProblems = ({ title, configuration }: DashboardDocumentData): string[] => {
  const named = saveDashboardSchema.shape.title.safeParse(title)
  const problems = named.success ? [] : named.error.issues.map(({ message }) => message)
  for (const member of objects) {
    const value = configuration[member]
    if (value !== undefined && value !== null && !isObject(value)) problems.push(`"${member}" is not an object.`)
  }
  for (const [member, most] of Object.entries(sets)) {
    const value = configuration[member]
    if (value === undefined || value === null) continue
    if (!isObject(value)) {
      problems.push(`"${member}" is not an object.`)
      continue
    }
    const entries = Object.entries(value)
    if (entries.length > most) problems.push(`There are ${entries.length} ${member}; ${most} are the most.`)
    for (const [id, entry] of entries) if (!isObject(entry)) problems.push(`"${member}.${id}" is not an object.`)
  }
  for (const [id, state] of Object.entries(isObject(configuration.states) ? configuration.states : {}))
    if (isObject(state) && !isObject(state.layouts)) problems.push(`The state "${id}" has no layouts.`)
  if (configuration.tags !== undefined && !dashboardTagsSchema.safeParse(configuration).success)
    problems.push('The tags cannot be read.')
  return problems.length > maxProblems
    ? [...problems.slice(0, maxProblems), `And ${problems.length - maxProblems} more.`]
    : problems
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
