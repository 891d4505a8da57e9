import type { LiveChange } from './live-client.ts'

/** The present state of a subscription, for listeners that come late. Time series have none: they ask from their own start. */
export type Replay = Extract<LiveChange, { kind: 'latest' | 'attributes' | 'rule-chain' }>

/** The state after `change`; changes without a lasting state leave it as it was. */
export const mergeReplay = (known: Replay | null, change: LiveChange): Replay | null => {
  switch (change.kind) {
    case 'latest':
      return known?.kind === 'latest' ? { ...change, values: { ...known.values, ...change.values } } : change
    case 'attributes':
      return mergeAttributes(known, change)
    case 'rule-chain':
      return mergeCounters(known, change)
    case 'timeseries':
    case 'gap':
    case 'refused':
      return known
  }
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
