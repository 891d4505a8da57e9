import type { LiveChange } from './live-client.ts'

/** The present state of a subscription, for listeners that come late. Time series have none: they ask from their own start. */
export type Replay = Extract<
  LiveChange,
  {
    kind: 'latest' | 'attributes' | 'rule-chain' | 'editors' | 'entity-data' | 'alarms' | 'entity-count' | 'alarm-count'
  }
>

/** The state after `change`; changes without a lasting state leave it as it was. */
export const mergeReplay = (known: Replay | null, change: LiveChange): Replay | null => {
  switch (change.kind) {
    case 'latest':
      return mergeLatest(known, change)
    case 'attributes':
      return mergeAttributes(known, change)
    case 'rule-chain':
      return mergeCounters(known, change)
    case 'entity-data':
      return mergeEntities(known, change)
    case 'alarms':
      return mergeAlarms(known, change)
    case 'editors':
    case 'entity-count':
    case 'alarm-count':
      return change
    case 'timeseries':
    case 'gap':
    case 'refused':
      return known
  }
}

type Latest = Extract<Replay, { kind: 'latest' }>

const mergeLatest = (known: Replay | null, { values, deleted }: Latest): Latest => {
  const merged = { ...(known?.kind === 'latest' ? known.values : {}) }
  for (const key of deleted ?? []) delete merged[key]
  return { kind: 'latest', values: { ...merged, ...values } }
}

type Entities = Extract<Replay, { kind: 'entity-data' }>

/** The page with all changes in it. New points are none of it: who needs those asks from a start of its own. */
const mergeEntities = (known: Replay | null, change: Entities): Replay | null => {
  const page = change.page ?? (known?.kind === 'entity-data' ? known.page : null)
  if (!page) return known
  if (!change.page && change.changed.length === 0) return known
  const changed = Map.groupBy(change.changed, ({ entityId }) => entityId.id)
  const data = page.data.map((row) => {
    const news = changed.get(row.entityId.id)
    if (!news) return row
    const latest = { ...row.latest }
    for (const later of news)
      for (const [type, values] of Object.entries(later.latest)) latest[type] = { ...latest[type], ...values }
    return { ...row, latest }
  })
  return { kind: 'entity-data', page: { ...page, data }, changed: [] }
}

type Alarms = Extract<Replay, { kind: 'alarms' }>

const mergeAlarms = (known: Replay | null, change: Alarms): Replay | null => {
  const page = change.page ?? (known?.kind === 'alarms' ? known.page : null)
  if (!page) return known
  const nameOf = (alarm: Alarms['changed'][number]) => `${alarm.id.id} ${alarm.entityId.id}`
  const changed = new Map(change.changed.map((alarm) => [nameOf(alarm), alarm]))
  const data = page.data.map((alarm) => changed.get(nameOf(alarm)) ?? alarm)
  return { ...change, page: { ...page, data }, changed: [] }
}

type Attributes = Extract<Replay, { kind: 'attributes' }>
const attributeId = (a: { scope: string; key: string }) => `${a.scope} ${a.key}`

const mergeAttributes = (known: Replay | null, change: Attributes): Attributes => {
  const byId = new Map((known?.kind === 'attributes' ? known.changed : []).map((a) => [attributeId(a), a]))
  for (const deleted of change.deleted) byId.delete(attributeId(deleted))
  for (const changed of change.changed) byId.set(attributeId(changed), changed)
  return { kind: 'attributes', changed: [...byId.values()], deleted: [] }
}

type Counters = Extract<Replay, { kind: 'rule-chain' }>

const mergeCounters = (known: Replay | null, change: Counters): Counters => {
  if (known?.kind !== 'rule-chain') return change
  const nodes = new Map(known.nodes.map((n) => [n.nodeId, n]))
  for (const node of change.nodes) nodes.set(node.nodeId, node)
  const connections = new Map(known.connections.map((c) => [`${c.fromNodeId} ${c.type}`, c]))
  for (const c of change.connections) connections.set(`${c.fromNodeId} ${c.type}`, c)
  return { kind: 'rule-chain', nodes: [...nodes.values()], connections: [...connections.values()] }
}
