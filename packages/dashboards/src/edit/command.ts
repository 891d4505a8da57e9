import type { JsonRecord } from '../read.ts'
import { reflowed } from './grid/reflow.ts'
import type { Command, EditedDashboard, StepKey, StepName } from './model.ts'

type About = {
  key: StepKey
  /** Of the one thing that is changed, as it is before. */
  title?: string | ((configuration: JsonRecord) => string)
  count?: number
  join?: string | null
}

/**
 * A command that changes the configuration. Grids that follow another one are laid out anew where what they follow has
 * changed.
 */
export const configurationCommand = (
  { key, title = '', count = 1, join = null }: About,
  change: (configuration: JsonRecord) => JsonRecord,
): Command => ({
  join,
  name: ({ configuration }): StepName => ({
    key,
    count,
    title: typeof title === 'string' ? title : title(configuration),
  }),
  apply: (document) => {
    const { configuration } = document
    const changed = change(configuration)
    return changed === configuration ? document : { ...document, configuration: reflowed(configuration, changed) }
  },
})

/** Changes members of the dashboard beside its configuration. */
export const changeDashboard = (
  members: Partial<Omit<EditedDashboard, 'configuration'>>,
  join: string | null = null,
): Command => ({
  join,
  name: ({ title }) => ({ key: 'changeDashboard', title, count: 1 }),
  apply: (document) => {
    const changed = { ...document, ...members }
    const names = Object.keys(members) as (keyof typeof members)[]
    return names.every((name) => document[name] === changed[name]) ? document : changed
  },
})

/** Several commands as one step, named as the first says or as told. */
export const together = (commands: readonly Command[], name?: StepName, join: string | null = null): Command => ({
  join,
  name: (document) => name ?? commands[0]?.name(document) ?? { key: 'changeJson', title: '', count: 0 },
  apply: (document) => commands.reduce((now, command) => command.apply(now), document),
})
