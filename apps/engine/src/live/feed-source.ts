import {
  type EntityId,
  type LiveBusEvent,
  type LivePoint,
  type LiveSubscribe,
  toPlainValue,
} from '@thingwire/contracts'
import type { Database, Scope } from '@thingwire/db'
import type { Redis } from 'ioredis'
import { readChainFigures } from '../rule-runner/chain-counters.ts'
import type { EditorsRequest } from './editors.ts'
import { type Change, record } from './change.ts'

/** Points of one key that a new time-series subscription gets at most, the newest ones. */
const maxFirstPoints = 10_000
/** Devices with a fast clock store points of tomorrow; they belong to "until now". */
const clockSlackMs = 24 * 3_600_000

/** Where the data of a subscription comes from: its present state, and what an event of the bus changes. */
export type FeedSource = {
  /** The state in the store. */
  snapshot(): Promise<Change>
  /** What to look for news in after a gap, when that is not the snapshot. */
  catchUp?(): Promise<Change>
  /** What an event means here; null for nothing. Also remembers it, so that `news` can tell what is new. */
  delta(event: LiveBusEvent): Change | null
  /** The part of a snapshot that has not been told yet; null when there is none. */
  news(snapshot: Change): Change | null
  /** A snapshot in place of everything that was told: all of it, and without what is not in it. */
  anew?(snapshot: Change): Change | null
}

/** Questions about many entities; see queries/query-feeds.ts. */
export type QueryRequest = Extract<LiveSubscribe, { kind: 'entity-data' | 'alarms' | 'entity-count' | 'alarm-count' }>

/** What a feed can be over: what clients of Socket.IO ask for, and what the other door makes of its commands. */
export type FeedRequest =
  | Exclude<LiveSubscribe, QueryRequest | EditorsRequest>
  /** Every new point; what was before is read by whoever asks. */
  | { kind: 'points'; id: string; entityId: EntityId; keys: string[] }

export type SourceDeps = {
  database: Pick<Database, 'telemetry' | 'attributes'>
  redis(): Redis
  now: () => number
}

/** The feed's own reads see the whole tenant: what each subscriber may see was checked when it subscribed. */
export const createFeedSource = (request: FeedRequest, tenantId: string, deps: SourceDeps): FeedSource => {
  const scope: Scope = { kind: 'tenant', tenantId }
  switch (request.kind) {
    case 'latest':
      return latestSource(request, scope, deps)
    case 'timeseries':
      return timeseriesSource(request, scope, deps)
    case 'points':
      return pointsSource(request, scope, deps)
    case 'attributes':
      return attributesSource(request, scope, deps)
    case 'rule-chain':
      return ruleChainSource(request.ruleChainId, deps)
  }
}

const latestSource = (
  { entityId, keys }: { entityId: EntityId; keys?: string[] | undefined },
  scope: Scope,
  { database }: SourceDeps,
): FeedSource => {
  const wanted = keys && new Set(keys)
  const known = new Map<string, number>()

  const newer = (entries: Iterable<[string, LivePoint]>, isNew: (ts: number, before: number) => boolean) => {
    const values = record<LivePoint>()
    let isEmpty = true
    for (const [key, point] of entries) {
      const before = known.get(key)
      if (before !== undefined && !isNew(point[0], before)) continue
      known.set(key, point[0])
      values[key] = point
      isEmpty = false
    }
    return isEmpty ? null : { kind: 'latest' as const, values }
  }

  return {
    snapshot: async () => {
      const values = record<LivePoint>()
      for (const row of await database.telemetry.latest(scope, entityId, keys))
        values[row.key] = [row.ts, toPlainValue(row)]
      return { kind: 'latest', values }
    },
    delta: (event) => {
      if (event.kind === 'telemetry-deleted') {
        const deleted = event.keys.filter((key) => !wanted || wanted.has(key))
        for (const key of deleted) known.delete(key)
        return deleted.length > 0 ? { kind: 'latest', values: record(), deleted } : null
      }
      if (event.kind !== 'telemetry') return null
      const newest: [string, LivePoint][] = []
      for (const [key, points] of Object.entries(event.points)) {
        const last = points.at(-1)
        if (last && (!wanted || wanted.has(key))) newest.push([key, last])
      }
      // A point that came late is history; the latest value stays. Of two with one ts the later write counts.
      return newer(newest, (ts, before) => ts >= before)
    },
    news: (snapshot) =>
      snapshot.kind === 'latest' ? newer(Object.entries(snapshot.values), (ts, before) => ts > before) : null,
    anew: (snapshot) => {
      if (snapshot.kind !== 'latest') return null
      const deleted = [...known.keys()].filter((key) => !Object.hasOwn(snapshot.values, key))
      known.clear()
      for (const [key, [ts]] of Object.entries(snapshot.values)) known.set(key, ts)
      if (known.size === 0 && deleted.length === 0) return null
      return { ...snapshot, ...(deleted.length > 0 && { deleted }) }
    },
  }
}

const timeseriesSource = (
  { entityId, keys, sinceTs }: { entityId: EntityId; keys: string[]; sinceTs: number },
  scope: Scope,
  { database, now }: SourceDeps,
): FeedSource => {
  const wanted = new Set(keys)
  let newestTs = sinceTs - 1

  const remember = (change: Change | null) => {
    if (change?.kind === 'timeseries')
      for (const list of Object.values(change.points)) for (const [ts] of list) if (ts > newestTs) newestTs = ts
    return change
  }

  return {
    snapshot: async () => {
      const history = await database.telemetry.history(scope, {
        entityId,
        keys,
        startTs: sinceTs,
        endTs: Math.max(now(), sinceTs) + clockSlackMs,
        aggregation: 'NONE',
        intervalMs: 0,
        order: 'DESC',
        limit: maxFirstPoints,
      })
      const points = record<LivePoint[]>()
      for (const [key, values] of Object.entries(history))
        points[key] = values.map((value): LivePoint => [value.ts, toPlainValue(value)]).reverse()
      return { kind: 'timeseries', points }
    },
    delta: (event) => {
      if (event.kind !== 'telemetry') return null
      const points = record<LivePoint[]>()
      let isEmpty = true
      for (const [key, list] of Object.entries(event.points)) {
        if (!wanted.has(key)) continue
        points[key] = list
        isEmpty = false
      }
      return isEmpty ? null : remember({ kind: 'timeseries', points })
    },
    news: (snapshot) => {
      if (snapshot.kind !== 'timeseries') return null
      const points = record<LivePoint[]>()
      let isEmpty = true
      for (const [key, list] of Object.entries(snapshot.points)) {
        const fresh = list.filter(([ts]) => ts > newestTs)
        if (fresh.length === 0) continue
        points[key] = fresh
        isEmpty = false
      }
      return isEmpty ? null : remember({ kind: 'timeseries', points })
    },
    anew: (snapshot) => {
      if (snapshot.kind !== 'timeseries') return null
      newestTs = sinceTs - 1
      const deleted = keys.filter((key) => (snapshot.points[key] ?? []).length === 0)
      return remember({ ...snapshot, ...(deleted.length > 0 && { deleted }) })
    },
  }
}

/** A time series from now on. Nothing is read until events may have been missed. */
const pointsSource = (
  { entityId, keys }: { entityId: EntityId; keys: string[] },
  scope: Scope,
  deps: SourceDeps,
): FeedSource => {
  const source = timeseriesSource({ entityId, keys, sinceTs: deps.now() }, scope, deps)
  const wanted = new Set(keys)
  return {
    snapshot: async () => ({ kind: 'timeseries', points: record() }),
    catchUp: source.snapshot,
    delta: (event) => {
      if (event.kind !== 'telemetry-deleted') return source.delta(event)
      const deleted = event.keys.filter((key) => wanted.has(key))
      return deleted.length > 0 ? { kind: 'timeseries', points: record(), deleted } : null
    },
    news: source.news,
  }
}

type AttributesChange = Extract<Change, { kind: 'attributes' }>
type AttributeEntry = AttributesChange['changed'][number]

const attributesSource = (
  { entityId, scope: attributeScope, keys }: Extract<LiveSubscribe, { kind: 'attributes' }>,
  scope: Scope,
  { database }: SourceDeps,
): FeedSource => {
  const wanted = keys && new Set(keys)
  const known = new Map<string, AttributeEntry>()
  const nameOf = (entry: { scope: string; key: string }) => `${entry.scope} ${entry.key}`

  return {
    snapshot: async () => {
      const rows = await database.attributes.find(scope, entityId, {
        ...(attributeScope && { scope: attributeScope }),
        ...(keys && { keys }),
      })
      return {
        kind: 'attributes',
        changed: rows.map((row) => ({
          scope: row.scope,
          key: row.key,
          ts: row.lastUpdateTs,
          value: toPlainValue(row),
        })),
        deleted: [],
      }
    },
    delta: (event) => {
      if (event.kind !== 'attributes' || (attributeScope && event.scope !== attributeScope)) return null
      const isWanted = (key: string) => !wanted || wanted.has(key)
      const changed = event.changed
        .filter(({ key }) => isWanted(key))
        .map(({ key, ts, value }) => ({ scope: event.scope, key, ts, value }))
      const deleted = event.deleted.filter(isWanted).map((key) => ({ scope: event.scope, key }))
      if (changed.length === 0 && deleted.length === 0) return null
      for (const entry of deleted) known.delete(nameOf(entry))
      for (const entry of changed) known.set(nameOf(entry), entry)
      return { kind: 'attributes', changed, deleted }
    },
    news: (snapshot) => {
      if (snapshot.kind !== 'attributes') return null
      const present = new Map(snapshot.changed.map((entry) => [nameOf(entry), entry]))
      const changed = snapshot.changed.filter((entry) => (known.get(nameOf(entry))?.ts ?? -1) < entry.ts)
      const deleted = [...known.values()]
        .filter((entry) => !present.has(nameOf(entry)))
        .map((entry) => ({ scope: entry.scope, key: entry.key }))
      for (const entry of deleted) known.delete(nameOf(entry))
      for (const entry of changed) known.set(nameOf(entry), entry)
      return changed.length === 0 && deleted.length === 0 ? null : { kind: 'attributes', changed, deleted }
    },
  }
}

const ruleChainSource = (ruleChainId: string, { redis }: SourceDeps): FeedSource => ({
  snapshot: async () => ({ kind: 'rule-chain', ...(await readChainFigures(redis(), ruleChainId)) }),
  delta: (event) =>
    event.kind === 'rule-chain' && event.ruleChainId === ruleChainId
      ? { kind: 'rule-chain', nodes: event.nodes, connections: event.connections }
      : null,
  // Counters come again every second while they change.
  news: () => null,
})
