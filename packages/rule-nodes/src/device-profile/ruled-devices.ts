import type { Alarm, AttributeScope, EntityId, KvValue, Message } from '@thingwire/contracts'
import {
  type CompiledAlarm,
  type CompiledAlarms,
  compileAlarms,
  factKey,
  type NodeContext,
  RuleCounts,
  type RuledDevice,
} from '@thingwire/rules'
import type { News } from './news.ts'
import type { SeenValues } from './seen-values.ts'

/** News with the alarms that they have evaluated. */
export type DueNews = { news: News; touched: readonly CompiledAlarm[] }

/** A device of a batch, with all that its rules are evaluated over. */
export type DeviceAtWork = {
  device: RuledDevice
  rules: CompiledAlarms
  items: { message: Message; news: DueNews[] }[]
  /** By fact key; changes as its messages are evaluated. */
  values: Map<string, KvValue>
  customer: ReadonlyMap<string, KvValue>
  tenant: ReadonlyMap<string, KvValue>
  counts: RuleCounts
  /** Those by type that were active when the batch began. */
  activeAtStart: ReadonlyMap<string, Alarm>
  /** Active alarms by type; one that the batch itself raises has no id yet. */
  active: Map<string, { alarm: Alarm | null; severity: Alarm['severity']; details: unknown }>
}

export type Wanted = {
  device: RuledDevice
  rules: CompiledAlarms
  items: DeviceAtWork['items']
  keys: ReadonlySet<string>
}
type Ports = NodeContext['ports']

/** Rules of profiles, ready to run. One entry a profile: a new version takes the place of the old one. */
export const createRuleShelf = (onProblem: (problem: string, device: RuledDevice) => void) => {
  const shelf = new Map<string, { version: number; rules: CompiledAlarms }>()
  const most = 1_000
  return (device: RuledDevice): CompiledAlarms => {
    const { profileId, profileVersion, alarms } = device
    const known = shelf.get(profileId)
    if (known?.version === profileVersion) return known.rules
    const rules = compileAlarms(alarms)
    for (const problem of rules.problems) onProblem(problem, device)
    shelf.delete(profileId)
    shelf.set(profileId, { version: profileVersion, rules })
    const [oldest] = shelf.keys()
    if (shelf.size > most && oldest !== undefined) shelf.delete(oldest)
    return rules
  }
}

/** What the news of a device have evaluated. Time, and the end of an alarm, concern all of them. */
export const touchedBy = (news: News, { alarms, byKey }: CompiledAlarms): readonly CompiledAlarm[] => {
  if (news.kind !== 'values') return alarms
  const touched: CompiledAlarm[] = []
  for (const key of news.values.keys())
    for (const alarm of byKey.get(key) ?? []) if (!touched.includes(alarm)) touched.push(alarm)
  return touched
}

/** Reads all that is missing, for all devices at once. */
export const loadDevices = async (
  wanted: readonly Wanted[],
  { seen, ...context }: NodeContext & { seen: SeenValues },
): Promise<DeviceAtWork[]> => {
  const { ports, nodeId, tenantId } = context
  const ids = wanted.map(({ device }) => device.id)
  const types = [...new Set(wanted.flatMap(({ rules }) => rules.alarms.map(({ type }) => type)))]
  const [attributes, latest, customers, tenant, counts, active] = await Promise.all([
    attributesOf(wanted, ports),
    latestOf(wanted, { ports, seen }),
    customersOf(wanted, ports),
    ownerValues(
      { entityType: 'TENANT', id: tenantId },
      wanted.flatMap(({ rules }) => rules.tenantKeys),
      ports,
    ),
    countsOf(wanted, { ports, nodeId }),
    ports.alarms.activeOf(
      ids.map((id) => ({ entityType: 'DEVICE', id })),
      types,
    ),
  ])
  return wanted.map(({ device, rules, items }, index) => ({
    device,
    rules,
    items,
    values: new Map([
      ...(rules.usesFields ? fieldsOf(device) : []),
      ...(attributes[index] ?? []),
      ...(latest[index] ?? []),
    ]),
    customer: customers.get(device.customerId ?? '') ?? new Map(),
    tenant,
    counts: new RuleCounts(counts.get(device.id) ?? null),
    activeAtStart: new Map((active[index] ?? []).map((alarm) => [alarm.type, alarm])),
    active: new Map(
      (active[index] ?? []).map((alarm) => [alarm.type, { alarm, severity: alarm.severity, details: alarm.details }]),
    ),
  }))
}

const fieldsOf = ({ name, label, profileName, createdTime }: RuledDevice): [string, KvValue][] => [
  [factKey('ENTITY_FIELD', 'name'), { type: 'STRING', value: name }],
  [factKey('ENTITY_FIELD', 'type'), { type: 'STRING', value: profileName }],
  [factKey('ENTITY_FIELD', 'createdTime'), { type: 'LONG', value: createdTime }],
  ...(label === null
    ? []
    : [[factKey('ENTITY_FIELD', 'label'), { type: 'STRING', value: label }] satisfies [string, KvValue]]),
]

const keysOf = (keys: ReadonlySet<string>, type: 'ATTRIBUTE' | 'TIME_SERIES'): string[] => {
  const prefix = factKey(type, '')
  return [...keys].flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []))
}

/** Later scopes win: what the server says of an attribute counts more than what the device says. */
const scopes: readonly AttributeScope[] = ['CLIENT_SCOPE', 'SHARED_SCOPE', 'SERVER_SCOPE']

const attributesOf = async (wanted: readonly Wanted[], ports: Ports): Promise<[string, KvValue][][]> => {
  const queries = wanted.flatMap(({ device, keys }, index) => {
    const names = keysOf(keys, 'ATTRIBUTE')
    const entityId: EntityId = { entityType: 'DEVICE', id: device.id }
    return names.length === 0 ? [] : scopes.map((scope) => ({ index, entityId, scope, keys: names }))
  })
  const found = queries.length > 0 ? await ports.attributes.find(queries) : []
  const values = wanted.map((): [string, KvValue][] => [])
  for (const [n, { index }] of queries.entries())
    for (const { key, ...value } of found[n] ?? []) values[index]?.push([factKey('ATTRIBUTE', key), value])
  return values
}

const latestOf = async (
  wanted: readonly Wanted[],
  { ports, seen }: { ports: Ports; seen: SeenValues },
): Promise<[string, KvValue][][]> => {
  const queries = wanted.flatMap(({ device, keys }, index) => {
    const names = keysOf(keys, 'TIME_SERIES')
    const entityId: EntityId = { entityType: 'DEVICE', id: device.id }
    return names.length === 0 ? [] : [{ index, entityId, keys: names }]
  })
  const found = queries.length > 0 ? await ports.telemetry.latest(queries) : []
  const values = wanted.map((): [string, KvValue][] => [])
  for (const [n, { index }] of queries.entries())
    for (const { key, ts, ...value } of found[n] ?? []) {
      const name = factKey('TIME_SERIES', key)
      values[index]?.push([name, seen.newer(wanted[index]?.device.id ?? '', name, ts) ?? value])
    }
  return values.map((stored, index) => [...(wanted[index] ? seen.of(wanted[index].device.id) : []), ...stored])
}

const ownerValues = async (
  entityId: EntityId,
  keys: readonly string[],
  ports: Ports,
): Promise<ReadonlyMap<string, KvValue>> => {
  if (keys.length === 0) return new Map()
  const [found = []] = await ports.attributes.find([{ entityId, scope: 'SERVER_SCOPE', keys: [...new Set(keys)] }])
  return new Map(found.map(({ key, ...value }) => [key, value]))
}

const customersOf = async (wanted: readonly Wanted[], ports: Ports) => {
  const keys = new Map<string, Set<string>>()
  for (const { device, rules } of wanted)
    if (device.customerId !== null && rules.customerKeys.length > 0) {
      const known = keys.get(device.customerId) ?? new Set<string>()
      for (const key of rules.customerKeys) known.add(key)
      keys.set(device.customerId, known)
    }
  const queries = Array.from(keys, ([id, names]) => ({
    entityId: { entityType: 'CUSTOMER' as const, id },
    scope: 'SERVER_SCOPE' as const,
    keys: [...names],
  }))
  const found = queries.length > 0 ? await ports.attributes.find(queries) : []
  return new Map<string, ReadonlyMap<string, KvValue>>(
    queries.map(({ entityId }, index) => [
      entityId.id,
      new Map((found[index] ?? []).map(({ key, ...value }) => [key, value])),
    ]),
  )
}

/** Only of devices whose rules count, or did when time has passed for them. */
const countsOf = async (
  wanted: readonly Wanted[],
  { ports, nodeId }: { ports: Ports; nodeId: string },
): Promise<ReadonlyMap<string, unknown>> => {
  const ids = wanted.flatMap(({ device, rules, items }) =>
    rules.alarms.some(({ hasCounts }) => hasCounts) ||
    items.some((item) => item.news.some(({ news }) => news.kind === 'time'))
      ? [device.id]
      : [],
  )
  const found = ids.length > 0 ? await ports.alarmRules.counts(nodeId, ids) : []
  return new Map(ids.map((id, index) => [id, found[index]]))
}
