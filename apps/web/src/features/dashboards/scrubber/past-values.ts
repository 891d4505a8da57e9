import type { EntityId, LivePoint } from '@thingwire/contracts'
import { withNumbers } from '../data/parse-value.ts'
import type { SeriesReads } from '../data/series-reads.ts'
import type { TravelClock } from './travel-clock.ts'

/** Parts of the range that are read at once: the one that is shown, and while it plays the one after it. */
const parts = 24
/** Of a key in a part: a picture of a quarter as many columns, the last point of each column among them. */
const pointsOfPart = 800
/** Most series of one reading; two of them may go in one request. */
const mostSeries = 2_000
/** Exact values are read no more often than that. */
const restMs = 120
const retryMs = 5_000

type Points = ReadonlyMap<string, ReadonlyMap<string, readonly LivePoint[]>>
type Part = { status: 'loading' } | { status: 'ready'; points: Points }

export type PastPorts = {
  clock: TravelClock
  reads: SeriesReads
  after: (delayMs: number, run: () => void) => () => void
}

/** The values that some entities had, at the moment of the clock. */
export type PastValues = {
  /** Whether all are known for some moment. */
  isReady: () => boolean
  /** Null: there was none. */
  value: (entityId: string, key: string) => LivePoint | null
  stop: () => void
}

/** The last point that is not after a moment; null: none is. Points ascend. */
export const lastAt = (points: readonly LivePoint[], ts: number): LivePoint | null => {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((points[middle]?.[0] ?? 0) <= ts) low = middle + 1
    else high = middle
  }
  return points[low - 1] ?? null
}

const chunked = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))

/**
 * Follows values through the past. At rest each is the last that is not after the moment, read exactly; while the moment
 * moves they come from parts of the range that are read ahead, thinned as for a picture, so that a value may be that of a
 * moment just before.
 */
export const followPast = (
  asked: { entityIds: readonly EntityId[]; keys: readonly string[] },
  ports: PastPorts,
  changed: () => void,
): PastValues => {
  const { clock, reads } = ports
  const { startTs, endTs } = clock.range
  const width = Math.max(1, Math.ceil((endTs - startTs) / parts))
  const known = new Map<number, Part>()
  let exact: { ts: number; points: Points } | null = null
  /** What is shown while the part that is needed is on its way. */
  let shown: Points | null = null
  let shownAt = clock.get().ts
  let isStopped = false
  let cancelRest: (() => void) | null = null
  let runs = 0
  let newest = 0

  const read = async (range: {
    startTs: number
    endTs: number
    limit: number
    thinTo: number | null
  }): Promise<Points> => {
    const points = new Map<string, Map<string, readonly LivePoint[]>>()
    const batches = chunked(asked.entityIds, Math.max(1, Math.floor(mostSeries / asked.keys.length)))
    await Promise.all(
      batches.flatMap((entityIds) =>
        asked.keys.map(async (key) => {
          const answer = await reads.read({
            ...{ entityIds, key, ...range, withPrevious: true },
            ...{ aggregation: 'NONE', group: 0, zone: 'UTC' },
          })
          for (const [id, list] of answer) {
            const ofEntity = points.get(id) ?? new Map<string, readonly LivePoint[]>()
            points.set(id, ofEntity.set(key, withNumbers(list)))
          }
        }),
      ),
    )
    return points
  }

  const show = (points: Points, ts: number) => {
    shown = points
    shownAt = ts
    changed()
  }

  const partAt = (ts: number) => Math.min(parts - 1, Math.floor((ts - startTs) / width))

  const ensure = (index: number) => {
    if (index >= parts || known.has(index)) return
    known.set(index, { status: 'loading' })
    const from = startTs + index * width
    // The end of the range itself belongs to the last part.
    read({ startTs: from, endTs: from + width + 1, limit: pointsOfPart, thinTo: pointsOfPart }).then(
      (points) => {
        known.set(index, { status: 'ready', points })
        if (!isStopped && exact?.ts !== clock.get().ts && partAt(clock.get().ts) === index) show(points, clock.get().ts)
      },
      () => void known.delete(index),
    )
  }

  const readExactly = () => {
    cancelRest = null
    const { ts, isPlaying } = clock.get()
    if (isPlaying || isStopped || exact?.ts === ts) return
    const run = ++runs
    read({ startTs: ts, endTs: ts + 1, limit: 1, thinTo: null }).then(
      (points) => {
        // What is pulled along all the time is shown as of a moment ago.
        if (isStopped || run < newest || clock.get().isPlaying) return
        newest = run
        exact = { ts, points }
        show(points, ts)
      },
      () => {
        if (!isStopped) cancelRest ??= ports.after(retryMs, readExactly)
      },
    )
  }

  const move = () => {
    const { ts, isPlaying } = clock.get()
    const index = partAt(ts)
    if (isPlaying) {
      ensure(index)
      ensure(index + 1)
    }
    const part = known.get(index)
    if (exact?.ts === ts) show(exact.points, ts)
    else if (part?.status === 'ready') show(part.points, ts)
    if (!isPlaying) cancelRest ??= ports.after(restMs, readExactly)
  }

  const leave = clock.listen(move)
  readExactly()
  move()
  return {
    isReady: () => shown !== null,
    value: (entityId, key) => lastAt(shown?.get(entityId)?.get(key) ?? [], shownAt),
    stop: () => {
      isStopped = true
      cancelRest?.()
      leave()
    },
  }
}
