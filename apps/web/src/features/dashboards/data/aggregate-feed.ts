import type { LivePoint } from '@thingwire/contracts'
import type { DashboardDataKey } from '@thingwire/dashboards'
import type { EntityQuestion, EntitySet } from './entity-set.ts'
import type { PointsFeed } from './entity-source.ts'
import type { SetSeriesPorts } from './set-series.ts'
import { type SeriesPlan, shownRange, windowOf } from './series-plan.ts'

const quickestMs = 5_000
const slowestMs = 60_000
const retryMs = 10_000
/** The past is read no more often than that while its moment moves. */
const pastMs = 400

type Comparison = NonNullable<DashboardDataKey['comparison']>

/** What is shown of a value and the one it is compared with; null: nothing can be said. */
export const comparedValue = (
  result: Comparison['result'],
  current: number | null,
  previous: number | null,
): number | null => {
  if (result === 'PREVIOUS_VALUE') return previous
  if (current === null || previous === null) return null
  const delta = current - previous
  if (result === 'DELTA_ABSOLUTE') return delta
  // Of nothing, no share can be told; nothing of nothing is no change.
  if (previous === 0) return delta === 0 ? 0 : null
  return (delta / Math.abs(previous)) * 100
}

const numberOf = (points: readonly LivePoint[] | undefined): number | null => {
  const value = points?.at(-1)?.[1]
  return typeof value === 'number' ? value : null
}

/** One value of the whole window for each entity, made by the server; read again while the window moves. */
export const createAggregateFeed = (options: {
  question: EntityQuestion
  dataKey: DashboardDataKey & { aggregation: NonNullable<DashboardDataKey['aggregation']> }
  plan: SeriesPlan
  ports: SetSeriesPorts
}): PointsFeed => {
  const { dataKey, ports, question } = options
  const { comparison } = dataKey
  const plan: SeriesPlan = {
    ...options.plan,
    shift: comparison && { by: comparison.by, customMs: comparison.customMs },
  }
  const wants = { fields: [], keys: [], series: [] }
  let values = new Map<string, readonly LivePoint[]>()
  let state: ReturnType<PointsFeed['state']> = { status: 'loading' }
  let set: EntitySet | null = null
  let leave: (() => void)[] = []
  let run = 0
  let tell: (() => void) | null = null

  const readRange = (range: { startTs: number; endTs: number }) => {
    const known = set?.state()
    const rows = known?.status === 'ready' ? [...known.rows.values()] : []
    const width = Math.max(1, range.endTs - range.startTs)
    return ports.reads.read({
      entityIds: rows.map(({ entity }) => entity.id),
      key: dataKey.name,
      ...range,
      ...{ aggregation: dataKey.aggregation, group: width, zone: plan.zone, limit: 1 },
      ...{ thinTo: null, withPrevious: false },
    })
  }

  const readAgain = async () => {
    if (set?.state().status !== 'ready') return
    const mine = ++run
    const now = ports.now()
    const late = ports.past ? windowOf(plan, now).endTs - ports.past.at() : 0
    const range = earlier(windowOf(plan, now), late)
    const before = plan.shift ? earlier(shownRange(plan, now), late) : null
    const isOnlyBefore = comparison?.result === 'PREVIOUS_VALUE'
    try {
      const [current, previous] = await Promise.all([
        isOnlyBefore ? null : readRange(range),
        before ? readRange(before) : null,
      ])
      if (mine !== run) return
      values = new Map(
        [...new Set([...(current?.keys() ?? []), ...(previous?.keys() ?? [])])].map((id) => {
          const value = comparison
            ? comparedValue(comparison.result, numberOf(current?.get(id)), numberOf(previous?.get(id)))
            : (current?.get(id)?.at(-1)?.[1] ?? null)
          return [id, keptList(values.get(id), value, Math.min(range.endTs, now))]
        }),
      )
      state = { status: 'ready' }
    } catch (error) {
      if (mine !== run) return
      leave.push(ports.after(retryMs, () => void readAgain()))
      if (state.status === 'ready') return
      const reason = error instanceof Error ? error.message : String(error)
      state = { status: 'failed', reason, retry: () => void readAgain() }
    }
    tell?.()
  }

  return {
    start: (changed) => {
      tell = changed
      const joined = ports.sets.join(
        question,
        { changed: (ids) => ids === null && void readAgain(), missed: () => void readAgain() },
        wants,
      )
      set = joined.set
      leave.push(joined.leave)
      const { startTs, endTs } = windowOf(plan, ports.now())
      const periodMs = Math.min(slowestMs, Math.max(quickestMs, (endTs - startTs) / 120))
      let cancel: (() => void) | null = null
      const moved = ports.past?.listen(() => {
        cancel ??= ports.after(pastMs, () => {
          cancel = null
          void readAgain()
        })
      })
      leave.push(() => {
        moved?.()
        cancel?.()
      })
      if (plan.isLive) leave.push(ports.every(periodMs, () => void readAgain()))
      void readAgain()
    },
    stop: () => {
      run++
      tell = null
      for (const one of leave) one()
      leave = []
    },
    state: () => state,
    points: (entityId) => values.get(entityId) ?? none,
  }
}

const earlier = ({ startTs, endTs }: { startTs: number; endTs: number }, by: number) => ({
  startTs: startTs - by,
  endTs: endTs - by,
})

const none: readonly LivePoint[] = []

/** The former list where the value is the same: nothing is drawn anew for it. */
const keptList = (before: readonly LivePoint[] | undefined, value: unknown, ts: number): readonly LivePoint[] => {
  if (value === null) return none
  return before && before[0]?.[1] === value ? before : [[ts, value]]
}
