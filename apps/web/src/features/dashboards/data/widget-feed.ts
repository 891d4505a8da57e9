import type { WindowRange } from '@thingwire/dashboards'
import type { TimeRange, WidgetSeries, WidgetState } from '@thingwire/widgets/manifests'
import { createGate } from '../../../live/gate.ts'
import { createAggregateFeed } from './aggregate-feed.ts'
import { createCountSource } from './count-source.ts'
import type { DataRuntime } from './data-runtime.ts'
import { createEntitySource, type PointsFeed } from './entity-source.ts'
import { createFunctionSource } from './function-source.ts'
import { createPostProcessor } from './post-process.ts'
import { shownRange, windowOf } from './series-plan.ts'
import type { Source } from './source.ts'
import { isAggregated, type PlannedKey, type SourcePlan, type WidgetPlan } from './widget-plan.ts'

export type FeedSnapshot = {
  state: Exclude<WidgetState, { status: 'empty' }> | { status: 'nobody' }
  window: TimeRange
  comparison: TimeRange | null
  /** It changes too often for anybody to see one value move to the next. */
  isQuick: boolean
  /** What is shown is of a former question; the answer to this one is on its way. */
  isFormer: boolean
}

/** The data of one widget while somebody looks at it. */
export type WidgetFeed = {
  /** Runs from the first listener to the last; what is known stays to be shown meanwhile. */
  listen: (changed: () => void) => () => void
  /** The same object as long as nothing changed. */
  read: () => FeedSnapshot
}

type ReadyPlan = Extract<WidgetPlan, { status: 'ready' }>

/** Nobody reads curves faster than this. */
const drawnEveryMs = 500
/** Values nearer to each other than that would be in motion most of the time. */
const quickMs = 1_500
/** How often the right edge has to move on so that nobody sees it step. */
const tickOf = ({ startTs, endTs }: WindowRange): number =>
  Math.min(30_000, Math.max(1_000, roundTo((endTs - startTs) / 600)))
/** News that come once a period may be so late before the edge moves on without them. */
const patienceMs = 500
const roundTo = (ms: number) => Math.round(ms / 1_000) * 1_000

const createSource = (source: SourcePlan, plan: ReadyPlan, runtime: DataRuntime): Source => {
  const { place } = source
  const { ports, functions } = runtime
  if (source.kind === 'count') return createCountSource({ ...runtime, now: ports.now, ...source })
  if (source.kind === 'function')
    return createFunctionSource({
      ...{ place, keys: source.keys, functions, now: ports.now, every: ports.every },
      window: plan.draws ? (now) => windowOf(plan.series, now) : null,
      isLive: plan.series.isLive || !plan.draws,
    })
  const { question } = source
  const feedOf = ({ from, dataKey }: PlannedKey): PointsFeed | null => {
    if (from === 'series') return runtime.series.open(question, dataKey.name, plan.series)
    if (from === 'comparison' && plan.comparison) return runtime.series.open(question, dataKey.name, plan.comparison)
    if (from === 'aggregate' && isAggregated(dataKey))
      return createAggregateFeed({ question, dataKey, plan: plan.series, ports })
    return null
  }
  const keys = source.keys.map((key) => ({ ...key, feed: feedOf(key) }))
  return createEntitySource({ place, question, keys, sets: ports.sets, post: createPostProcessor(functions) })
}

const isSameList = (a: readonly WidgetSeries[], b: readonly WidgetSeries[]): boolean =>
  a.length === b.length && a.every((one, at) => one === b[at])

/**
 * @param former what is shown until there is something newer: of the same entities, for another time
 */
export const createWidgetFeed = (plan: ReadyPlan, runtime: DataRuntime, former: FeedSnapshot | null): WidgetFeed => {
  const { ports, frames, connection } = runtime
  const { series, comparison } = plan
  const sources = plan.sources.map((source) => createSource(source, plan, runtime))
  const asides = plan.asides.map((source) => createSource(source, plan, runtime))
  const listeners = new Set<() => void>()
  let leave: (() => void)[] = []
  let drawnAt = Number.NEGATIVE_INFINITY
  let newsAt = Number.NEGATIVE_INFINITY
  /** What is shown is no former feed's. */
  let hasOwnData = false

  const windows = () => {
    const now = ports.now()
    return { window: windowOf(series, now), comparison: comparison && shownRange(comparison, now) }
  }
  let snapshot: FeedSnapshot = {
    ...windows(),
    isQuick: false,
    isFormer: former?.state.status === 'ready',
    state: former?.state.status === 'ready' ? former.state : { status: 'loading' },
  }

  /** Of two that say the same, the former: nothing is drawn for it. */
  const kept = (next: FeedSnapshot['state']): FeedSnapshot['state'] => {
    const { state } = snapshot
    if (state.status !== next.status) return next
    return state.status === 'failed' && next.status === 'failed' && state.reason !== next.reason ? next : state
  }

  const combined = (): FeedSnapshot['state'] => {
    const states = sources.map((source) => source.state())
    const failed = states.find((one) => one.status === 'failed')
    if (failed?.status === 'failed') return kept(failed)
    if (states.some((one) => one.status === 'loading'))
      return snapshot.state.status === 'ready' ? snapshot.state : kept({ status: 'loading' })
    hasOwnData = true
    const ready = states.flatMap((one) => (one.status === 'ready' ? [one] : []))
    if (ready.length > 0 && ready.every(({ entities }) => entities === 0)) return kept({ status: 'nobody' })
    const all = ready.flatMap((one) => one.series)
    const known = snapshot.state.status === 'ready' ? snapshot.state : null
    const limits = asides.flatMap((source) => {
      const state = source.state()
      return state.status === 'ready' ? state.series : []
    })
    const line = connection.state()
    const isStill = plan.draws && !series.isLive
    const staleSince = line.status === 'lost' && !isStill ? line.since : null
    const cut = ready.find(({ entities, total }) => total > entities && entities > 1)
    const next = {
      ...{ status: 'ready' as const, series: known && isSameList(known.series, all) ? known.series : all, staleSince },
      ...(limits.length > 0 && {
        sources: known?.sources && isSameList(known.sources, limits) ? known.sources : limits,
      }),
      ...(cut && { overflow: { shown: cut.entities, total: cut.total } }),
    }
    const isSame =
      known?.series === next.series &&
      known.sources === next.sources &&
      known.staleSince === staleSince &&
      known.overflow?.total === next.overflow?.total &&
      known.overflow?.shown === next.overflow?.shown
    return isSame ? known : next
  }

  const update = () => {
    const state = combined()
    const now = windows()
    // Newest values have no right edge that moves: without news there is nothing to draw.
    const isAnswered = snapshot.isFormer && (hasOwnData || state.status === 'failed')
    if (state === snapshot.state && !isAnswered) {
      if (!plan.draws || now.window.endTs === snapshot.window.endTs) return
    }
    const at = ports.now()
    if (state !== snapshot.state) newsAt = at
    const isFormer = snapshot.isFormer && !isAnswered
    snapshot = { state, ...now, isFormer, isQuick: at - drawnAt < quickMs }
    drawnAt = at
    for (const listener of [...listeners]) listener()
  }

  const start = () => {
    const ask = () => frames.ask(update)
    const gate = createGate(drawnEveryMs, ask)
    // The first picture waits for nothing.
    const changed = () => (plan.draws && hasOwnData ? gate.pass() : ask())
    const periodMs = tickOf(snapshot.window)
    // News move the right edge, too: who draws them needs no tick besides, even if they are a little late.
    const moveOn = () => {
      const now = ports.now()
      if (now - drawnAt >= periodMs && now - newsAt >= periodMs + patienceMs) ask()
    }
    const all = [...sources, ...asides]
    for (const source of all) source.start(changed)
    leave = [
      () => gate.close(),
      () => frames.cancel(update),
      connection.onStateChange(ask),
      ...all.map((source) => source.stop),
      ...(plan.draws && series.isLive ? [runtime.tick(periodMs, moveOn)] : []),
    ]
    ask()
  }

  return {
    listen: (changed) => {
      listeners.add(changed)
      if (listeners.size === 1) start()
      return () => {
        if (!listeners.delete(changed) || listeners.size > 0) return
        for (const one of leave) one()
        leave = []
      }
    },
    read: () => snapshot,
  }
}
