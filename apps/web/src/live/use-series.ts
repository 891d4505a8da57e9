'use client'
import type { LivePoint } from '@thingwire/contracts'
import { useMemo, useSyncExternalStore } from 'react'
import { getHistory } from '@/api/telemetry.ts'
import { createGate } from './gate.ts'
import type { LiveClient } from './live-client.ts'
import { useLiveClient } from './live-provider.tsx'
import { SeriesFeed, type SeriesFeedPorts, type SeriesSnapshot } from './series-feed.ts'
import type { SeriesPlan } from './series-plan.ts'

export type SeriesNeed = { deviceId: string; keys: readonly string[] }

const portsOf = (client: LiveClient): SeriesFeedPorts => ({
  history: async ({ deviceId, keys, ...query }, signal) => {
    const data = await getHistory(deviceId, keys, query, signal)
    const entries = Object.entries(data).map(([key, points]): [string, LivePoint[]] => [
      key,
      points.map(({ ts, value }) => [ts, value]),
    ])
    return Object.fromEntries(entries)
  },
  subscribe: (request, listener) => client.subscribe(request, listener),
  now: Date.now,
  every: (intervalMs, run) => {
    const timer = setInterval(run, intervalMs)
    return () => clearInterval(timer)
  },
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
})

type Shared = { feed: SeriesFeed; users: number }
const feeds = new WeakMap<LiveClient, Map<string, Shared>>()

/** Identical needs of several widgets share one feed; it runs while somebody uses it. */
const join = (client: LiveClient, need: SeriesNeed, plan: SeriesPlan): { shared: Shared; leave: () => void } => {
  const byKey = feeds.get(client) ?? new Map<string, Shared>()
  feeds.set(client, byKey)
  const key = JSON.stringify([need, plan])
  const shared = byKey.get(key) ?? {
    feed: new SeriesFeed({ entityType: 'DEVICE', id: need.deviceId }, need.keys, plan, portsOf(client)),
    users: 0,
  }
  if (shared.users++ === 0) {
    byKey.set(key, shared)
    shared.feed.start()
  }
  const leave = () => {
    if (--shared.users > 0) return
    byKey.delete(key)
    shared.feed.stop()
  }
  return { shared, leave }
}

/** A chart of many devices gets news many times a second; nobody reads it faster than this. */
const newsEveryMs = 500

const waiting: SeriesSnapshot = { status: 'loading' }

/** Snapshots of the needs, in their order; a new array only when one of them changed. */
export const useSeries = (needs: readonly SeriesNeed[], plan: SeriesPlan): readonly SeriesSnapshot[] => {
  const client = useLiveClient()
  const question = JSON.stringify([needs, plan])
  const store = useMemo(() => {
    const [parsedNeeds, parsedPlan] = JSON.parse(question) as [SeriesNeed[], SeriesPlan]
    const initial: readonly SeriesSnapshot[] = parsedNeeds.map(() => waiting)
    let snapshot = initial
    return {
      initial,
      read: () => snapshot,
      listen: (changed: () => void) => {
        if (!client) return () => undefined
        const joined = parsedNeeds.map((need) => join(client, need, parsedPlan))
        const take = () => {
          snapshot = joined.map(({ shared }) => shared.feed.snapshot())
          changed()
        }
        const gate = createGate(newsEveryMs, take)
        const stops = joined.map(({ shared }) => shared.feed.listen(gate.pass))
        take()
        return () => {
          gate.close()
          for (const stop of stops) stop()
          for (const { leave } of joined) leave()
        }
      },
    }
  }, [client, question])
  return useSyncExternalStore(store.listen, store.read, () => store.initial)
}
