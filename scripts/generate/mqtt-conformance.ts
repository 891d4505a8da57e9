import type { SpecificationVersion } from '../../apps/engine/src/transports/mqtt/conformance/clause.ts'
import { type ClauseState, clauseStates, tagUses } from '../../apps/engine/src/transports/mqtt/conformance/coverage.ts'
import { code, page, table } from './markdown.ts'

type Specification = { version: SpecificationVersion; states: readonly ClauseState[] }

/** docs/reference/mqtt-conformance.md: which statements of the specifications are shown by a test. */
export const mqttConformancePage = (): string => {
  const uses = tagUses()
  const specifications = (['3.1.1', '5.0'] as const).map((version) => ({
    version,
    states: clauseStates(version, uses),
  }))
  return page({
    title: 'MQTT conformance',
    source: 'apps/engine/src/transports/mqtt/conformance and the names of tests',
    parts: [
      'The specifications number what they demand, as `[MQTT-3.1.0-1]`. A statement counts as held when a test names it that talks to the broker over a socket or, where no client can see it, to the part that decides: `[MQTT-3.1.0-1 v3]` for 3.1.1, `[MQTT-3.1.0-1 v5]` for 5.0. The texts are short reminders in our words; what counts are the specifications at oasis-open.org. Version 3.1 has no numbered statements and is served by the rules of 3.1.1.',
      scores(specifications),
      ...specifications.flatMap(({ version, states }) => [`## MQTT ${version}`, clauseTable(states)]),
    ],
  })
}

const scores = (specifications: readonly Specification[]): string =>
  table(
    ['Version', 'Bind a server', 'No case for them here', 'Held', 'Differ on purpose', 'Not shown', 'Score'],
    specifications.map(({ version, states }) => {
      const server = states.filter(({ party }) => party === 'server')
      const count = (state: ClauseState['state']) => server.filter((one) => one.state === state).length
      const score = (100 * count('held')) / (server.length - count('no case'))
      const numbers = [server.length, count('no case'), count('held'), count('differs'), count('not shown')]
      return [version, ...numbers.map(String), `${score.toFixed(1)} %`]
    }),
  )

const clauseTable = (states: readonly ClauseState[]): string =>
  table(
    ['Statement', 'What it asks', 'State'],
    states.map((one) => [`MQTT-${one.id}`, one.summary, stateText(one)]),
  )

const stateText = ({ state, files, reason }: ClauseState): string => {
  if (state === 'client') return 'binds clients'
  if (state === 'held') return `held: ${files.map((file) => code(file.replace('transports/mqtt/', ''))).join(', ')}`
  return reason ? `${state}: ${reason}` : state
}
