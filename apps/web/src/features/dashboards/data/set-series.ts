import type { EntityId, LivePoint } from '@thingwire/contracts'
import { bucketStart, thinPoints } from '@thingwire/dashboards'
import { type Course, foldIn, replaceRange, type Stale, widen } from '../../../live/fold.ts'
import type { EntityQuestion, EntitySet, EntityWants } from './entity-set.ts'
import type { EntitySets } from './entity-sets.ts'
import { withNumbers } from './parse-value.ts'
import type { SeriesRead, SeriesReads } from './series-reads.ts'
import { bucketEnd, readingOf, type SeriesPlan, shownRange, widthOf } from './series-plan.ts'

export type SetSeriesPorts = {
  sets: EntitySets
  reads: SeriesReads
  now: () => number
  every: (intervalMs: number, run: () => void) => () => void
  after: (delayMs: number, run: () => void) => () => void
  /** While the past is looked at: the moment, and when it moves. */
  past?: { at: () => number; listen: (changed: () => void) => () => void }
}

type SetSeriesState = { status: 'loading' } | { status: 'failed'; reason: string } | { status: 'ready' }

/** Devices with a fast clock store points of tomorrow; they belong to "until now". */
const clockSlackMs = 24 * 3_600_000
/** A device that sends what it recorded sends many late points in a row; one reading serves all of this time. */
const quickestRereadMs = 2_000
const slowestRereadMs = 30_000
const retryMs = 10_000
const quickestShiftMs = 15_000
/** Most points of the open bucket, or since the last reading, of one key. */
const mostOpenPoints = 10_000
/** Live points are added to those that were thinned; from so many times as many on, all are thinned again. */
const regrowth = 2

const none: readonly LivePoint[] = []

/**
 * One time series of all entities of a question over a window. The server folds closed buckets; the open one grows here
 * from live points, which come from before the reading on, so that nothing is missing between the two, and a moment that
 * is in both counts once. A point too late for what is known here makes its bucket be read again.
 */
export class SetSeries {
  readonly #question: EntityQuestion
  readonly #key: string
  readonly #plan: SeriesPlan
  readonly #ports: SetSeriesPorts
  readonly #wants: EntityWants
  readonly #listeners = new Set<() => void>()
  readonly #courses = new Map<string, Course>()
  #state: SetSeriesState = { status: 'loading' }
  #set: EntitySet | null = null
  #leave: (() => void)[] = []
  /** Entities that are being read, and points of them that came meanwhile. */
  readonly #early = new Map<string, LivePoint[][]>()
  /** Buckets that have to be read again, by entity. */
  readonly #stale = new Map<string, Stale>()
  #cancelReread: (() => void) | null = null
  /** Entities that are read, or being read, in this run; readings of an earlier one are over. */
  readonly #met = new Set<string>()
  #run = 0

  constructor(question: EntityQuestion, key: string, plan: SeriesPlan, ports: SetSeriesPorts) {
    this.#question = question
    this.#key = key
    this.#plan = plan
    this.#ports = ports
    this.#wants = { fields: [], keys: [], series: this.#isFollowing() ? [key] : [] }
  }

  readonly state = (): SetSeriesState => this.#state

  /** The same list as long as nothing changed. */
  readonly points = (entityId: string): readonly LivePoint[] => this.#courses.get(entityId)?.points ?? none

  readonly listen = (changed: () => void): (() => void) => {
    this.#listeners.add(changed)
    return () => this.#listeners.delete(changed)
  }

  start(): void {
    const joined = this.#ports.sets.join(
      this.#question,
      {
        changed: (ids) => {
          if (ids === null) this.#meet()
        },
        points: (entityId, points) => this.#take(entityId, points[this.#key] ?? []),
        missed: () => this.#readAll(),
      },
      this.#wants,
    )
    this.#set = joined.set
    this.#leave.push(joined.leave)
    if (this.#plan.shift && this.#plan.isLive)
      this.#leave.push(this.#ports.every(Math.max(quickestShiftMs, widthOf(this.#plan)), () => this.#readAll()))
    this.#meet()
  }

  /** What is known stays, to be shown until the next start has read it anew. */
  stop(): void {
    for (const leave of this.#leave) leave()
    this.#leave = []
    this.#set = null
    this.#beginRun()
  }

  readonly retry = (): void => {
    if (this.#state.status === 'failed') this.#readAll()
  }

  #isFollowing(): boolean {
    return this.#plan.isLive && this.#plan.shift === null
  }

  #beginRun(): void {
    this.#run++
    this.#met.clear()
    this.#early.clear()
    this.#cancelReread?.()
    this.#cancelReread = null
    this.#stale.clear()
  }

  /** Entities may be there that were not before: they are read as soon as their new points come in. */
  #meet(): void {
    const state = this.#set?.state()
    if (state?.status !== 'ready' || !this.#set?.follows(this.#wants)) return
    for (const id of [...this.#courses.keys()]) if (!state.rows.has(id)) this.#forget(id)
    const fresh = [...state.rows.values()].map(({ entity }) => entity.id).filter(({ id }) => !this.#met.has(id))
    if (fresh.length > 0) void this.#read(fresh)
    else if (state.rows.size === 0) this.#publish()
  }

  #forget(entityId: string): void {
    this.#courses.delete(entityId)
    this.#met.delete(entityId)
    this.#stale.delete(entityId)
  }

  #readAll(): void {
    this.#beginRun()
    this.#meet()
  }

  async #read(entityIds: readonly EntityId[]): Promise<void> {
    const run = this.#run
    const { startTs, closedTs, foldsFrom } = readingOf(this.#plan, this.#ports.now())
    for (const { id } of entityIds) {
      this.#met.add(id)
      this.#early.set(id, [])
    }
    try {
      const [closed, open] = await Promise.all([
        this.#ask({ entityIds, startTs, endTs: closedTs }),
        foldsFrom === null
          ? null
          : this.#ask({ entityIds, startTs: foldsFrom, endTs: this.#ports.now() + clockSlackMs, ...raw }),
      ])
      if (run !== this.#run) return
      for (const { id } of entityIds) {
        const rawSince = foldsFrom ?? Number.POSITIVE_INFINITY
        this.#courses.set(id, { points: withNumbers(closed.get(id) ?? none), buckets: [], rawSince })
        this.#fold(id, open?.get(id) ?? none)
        const early = this.#early.get(id) ?? []
        this.#early.delete(id)
        for (const points of early) this.#fold(id, points)
      }
      this.#publish()
    } catch (error) {
      if (run !== this.#run) return
      this.#beginRun()
      this.#leave.push(this.#ports.after(retryMs, () => this.#meet()))
      // What is on the screen stays true; it only lacks what came since.
      if (this.#state.status === 'ready') return
      this.#state = { status: 'failed', reason: error instanceof Error ? error.message : String(error) }
      this.#tell()
    }
  }

  #ask(
    range: Pick<SeriesRead, 'entityIds' | 'startTs' | 'endTs'> & Partial<SeriesRead>,
  ): Promise<ReadonlyMap<string, readonly LivePoint[]>> {
    if (range.endTs <= range.startTs) return Promise.resolve(new Map())
    const { aggregation, group, zone, limit, thinTo, withPrevious } = this.#plan
    return this.#ports.reads.read({
      ...{ key: this.#key, aggregation, group, zone, limit, thinTo, withPrevious },
      ...range,
    })
  }

  #take(entityId: string, points: readonly LivePoint[]): void {
    if (points.length === 0) return
    const early = this.#early.get(entityId)
    if (early) early.push([...points])
    else if (this.#courses.has(entityId)) {
      this.#fold(entityId, points)
      this.#publish()
    }
  }

  #fold(entityId: string, given: readonly LivePoint[]): void {
    const points = withNumbers(given)
    const course = this.#courses.get(entityId)
    if (!course || points.length === 0) return
    const { aggregation, group, limit, thinTo } = this.#plan
    if (typeof group !== 'number') {
      this.#markAll(entityId, points)
      return
    }
    const width = group
    const folded = foldIn(course, points, {
      agg: aggregation,
      interval: width,
      limit: thinTo === null ? limit : Number.MAX_SAFE_INTEGER,
    })
    const isRegrown = thinTo !== null && width === 0 && folded.course.points.length > thinTo * regrowth
    this.#courses.set(
      entityId,
      isRegrown ? { ...folded.course, points: thinPoints(folded.course.points, thinTo) } : folded.course,
    )
    if (folded.stale) this.#mark(entityId, folded.stale)
  }

  #markAll(entityId: string, points: readonly LivePoint[]): void {
    const { group, zone } = this.#plan
    for (const [ts] of points) {
      const start = bucketStart(ts, group, zone)
      this.#mark(entityId, { fromTs: start, toTs: start })
    }
  }

  #mark(entityId: string, stale: Stale): void {
    const { startTs } = shownRange(this.#plan, this.#ports.now())
    if (bucketEnd(stale.toTs, this.#plan) <= startTs) return
    this.#stale.set(entityId, widen(this.#stale.get(entityId) ?? null, stale))
    const delayMs = Math.min(slowestRereadMs, Math.max(quickestRereadMs, widthOf(this.#plan) / 120))
    this.#cancelReread ??= this.#ports.after(delayMs, () => void this.#reread())
  }

  /** What cannot be read now is read with what comes later. */
  async #reread(): Promise<void> {
    const run = this.#run
    const due = new Map(this.#stale)
    this.#stale.clear()
    const known = this.#set?.state()
    const entityIds =
      known?.status === 'ready' ? [...due.keys()].flatMap((id) => known.rows.get(id)?.entity.id ?? []) : []
    const { startTs: windowStart } = readingOf(this.#plan, this.#ports.now())
    const startTs = Math.max(windowStart, Math.min(...[...due.values()].map(({ fromTs }) => fromTs)))
    const endTs = bucketEnd(Math.max(...[...due.values()].map(({ toTs }) => toTs)), this.#plan)
    const read = await this.#ask({ entityIds, startTs, endTs, withPrevious: false }).catch(() => null)
    if (run !== this.#run) return
    this.#cancelReread = null
    for (const [id, stale] of due) {
      const course = this.#courses.get(id)
      if (!course) continue
      if (!read) this.#mark(id, stale)
      else
        this.#courses.set(id, {
          ...course,
          points: withRange(course.points, read.get(id) ?? none, stale, endTs, this.#plan),
        })
    }
    if (read) this.#publish()
    if (this.#stale.size > 0) for (const [id, stale] of [...this.#stale]) this.#mark(id, stale)
  }

  #publish(): void {
    const { startTs } = shownRange(this.#plan, this.#ports.now())
    for (const [id, course] of this.#courses) {
      const points = sinceStart(course.points, startTs, this.#plan.withPrevious)
      if (points !== course.points) this.#courses.set(id, { ...course, points })
    }
    this.#state = { status: 'ready' }
    this.#tell()
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}

/** How the open part is read, to be folded here. */
const raw = {
  aggregation: 'NONE',
  group: 0,
  limit: mostOpenPoints,
  thinTo: null,
  withPrevious: false,
} as const satisfies Partial<SeriesRead>

const withRange = (
  points: readonly LivePoint[],
  read: readonly LivePoint[],
  { fromTs, toTs }: Stale,
  readEnd: number,
  plan: SeriesPlan,
): LivePoint[] => {
  const endTs = Math.min(readEnd, bucketEnd(toTs, plan))
  const within = read.filter(([ts]) => ts >= fromTs && ts < endTs)
  return replaceRange(points, within, fromTs, endTs)
}

/** Without what has left the window, but for the point that still holds at its start; the same list when nothing has. */
const sinceStart = (points: readonly LivePoint[], startTs: number, withPrevious: boolean): readonly LivePoint[] => {
  const first = points.findIndex(([ts]) => ts >= startTs)
  const keep = first === -1 ? points.length : first
  const from = withPrevious ? Math.max(0, keep - 1) : keep
  return from === 0 ? points : points.slice(from)
}
