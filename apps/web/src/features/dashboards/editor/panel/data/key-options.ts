import type { AttributeScope, KeySummaries } from '@thingwire/contracts'
import type { DashboardDataKey } from '@thingwire/dashboards'

export type KeyType = DashboardDataKey['type']

/** A key to choose, with what is known of it. */
export type KeyOption = {
  name: string
  type: KeyType
  /** Of an attribute: where it is kept. */
  scope: AttributeScope | null
  last: { ts: number; value: unknown } | null
  /** Of the entities looked at, how many have it. */
  entities: number | null
}

/** Fields of entities, by the names that files have. */
const entityFields = ['name', 'label', 'type', 'createdTime', 'additionalInfo', 'ownerName', 'ownerType', 'entityType']

/** Fields of an alarm. */
const alarmFields = [
  'createdTime',
  'startTime',
  'endTime',
  'ackTime',
  'clearTime',
  'originator',
  'originatorLabel',
  'originatorType',
  'type',
  'severity',
  'status',
  'assignee',
]

const field = (name: string, type: 'entityField' | 'alarm'): KeyOption => ({
  ...{ name, type, scope: null, last: null, entities: null },
})

/** All keys that a source can show. */
export const keyOptions = (found: KeySummaries | null, isAlarms: boolean): KeyOption[] => [
  ...(isAlarms ? alarmFields.map((name) => field(name, 'alarm')) : []),
  ...(found?.timeseries ?? []).map(
    ({ key, last, entities }): KeyOption => ({ name: key, type: 'timeseries', scope: null, last, entities }),
  ),
  ...(found?.attributes ?? []).map(
    ({ key, last, entities, scope }): KeyOption => ({ name: key, type: 'attribute', scope, last, entities }),
  ),
  ...entityFields.map((name) => field(name, 'entityField')),
]

const mostShown = 60

/** Those whose name holds what is typed: what begins so first; then what is typed itself as each kind that it could be. */
export const narrowedKeys = (
  options: readonly KeyOption[],
  typed: string,
  chosen: readonly Pick<KeyOption, 'name' | 'type'>[],
  types: readonly KeyType[],
): { found: readonly KeyOption[]; typed: readonly KeyOption[] } => {
  const wanted = typed.trim().toLowerCase()
  const isChosen = ({ name, type }: KeyOption) => chosen.some((one) => one.name === name && one.type === type)
  const fitting = options.filter(
    (one) => types.includes(one.type) && one.name.toLowerCase().includes(wanted) && !isChosen(one),
  )
  const begins = ({ name }: KeyOption) => (name.toLowerCase().startsWith(wanted) ? 0 : 1)
  const exact = typed.trim()
  const free = types.filter(
    (type) =>
      exact !== '' &&
      (type === 'timeseries' || type === 'attribute' || type === 'function') &&
      !options.some((one) => one.type === type && one.name === exact),
  )
  return {
    // Kinds stay together, as the list has a heading for each.
    found: types
      .flatMap((type) => fitting.filter((one) => one.type === type).toSorted((a, b) => begins(a) - begins(b)))
      .slice(0, mostShown),
    typed: free.map((type) => ({ name: exact, type, scope: null, last: null, entities: null })),
  }
}
