import type { EntityId, LivePoint } from '@thingwire/contracts'
import { type Course, foldIn, replaceRange, type Stale, trimBefore, widen } from './fold.ts'
import type { LiveListener, LiveRequest } from './live-client.ts'
import { bucketRange, type SeriesPlan } from './series-plan.ts'

export type HistoryRequest = {
  deviceId: string
  keys: readonly string[]
  startTs: number
  endTs: number
  interval: number
  agg: SeriesPlan['agg']
  limit: number
}

export type SeriesFeedPorts = {
  /** Points by key, ascending. */
  history: (request: HistoryRequest, signal: AbortSignal) => Promise<Record<string, LivePoint[]>>
  subscribe: (request: LiveRequest, listener: LiveListener) => () => void
  now: () => number
  every: (intervalMs: number, run: () => void) => () => void
  after: (delayMs: number, run: () => void) => () => void
}

export type SeriesSnapshot =
  | { status: 'loading' }
  | { status: 'failed'; reason: string }
  | { status: 'ready'; points: Readonly<Record<string, readonly LivePoint[]>> }

/** Wider open buckets hold too many raw points to be fetched and folded here; their tail is read again instead. */
const widestFoldMs = 120_000
const quickestPollMs = 10_000
/** A device that sends what it recorded sends many late points in a row; one reading serves all of this time. */
const rereadDelayMs = 2_000
const retryMs = 10_000

/**
 * The points of some keys of one device over a window: closed buckets from REST, the open one from live raw points,
 * which the server sends from the bucket's start on, so that nothing is missing or counted twice between the two. A point
 * that comes too late for the buckets folded here makes its bucket be read again.
 */
export class SeriesFeed {
  readonly #entityId: EntityId
  readonly #keys: readonly string[]
  readonly #plan: SeriesPlan
  readonly #ports: SeriesFeedPorts
  readonly #listeners = new Set<() => void>()
  #snapshot: SeriesSnapshot = { status: 'loading' }
  #courses = new Map<string, Course>()
  #early: Record<string, LivePoint[]>[] = []
  #isLoaded = false
  /** What must be read again, by key; a reading of it is due or under way while `#isRereading`. */
  #stale = new Map<string, Stale>()
  #isRereading = false
  #cancelReread = () => {}
  #abort = new AbortController()
  #leave: (() => void)[] = []

  constructor(entityId: EntityId, keys: readonly string[], plan: SeriesPlan, ports: SeriesFeedPorts) {
    this.#entityId = entityId
    this.#keys = keys
    this.#plan = plan
    this.#ports = ports
  }

  readonly snapshot = (): SeriesSnapshot => this.#snapshot

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  start(): void {
    this.#abort = new AbortController()
    const { window, interval } = this.#plan
    const range = bucketRange(this.#plan, this.#ports.now())
    const loaded = this.#load(range)
    if (window.kind === 'fixed') return
    if (interval > widestFoldMs) this.#poll(range.openTs, loaded)
    else
      this.#follow(range.openTs, {
        take: (points) => this.#take(points),
        refused: (reason) => this.#set({ status: 'failed', reason }),
      })
  }

  stop(): void {
    this.#abort.abort()
    for (const leave of this.#leave) leave()
    this.#leave = []
    this.#early = []
    this.#isLoaded = false
    this.#stale.clear()
    this.#cancelReread()
    this.#isRereading = false
  }

  #follow(
    sinceTs: number,
    on: { take: (points: Record<string, LivePoint[]>) => void; refused: (reason: string) => void },
  ): void {
    const request: LiveRequest = { kind: 'timeseries', entityId: this.#entityId, keys: [...this.#keys], sinceTs }
    const leave = this.#ports.subscribe(request, (change) => {
      if (change.kind === 'timeseries') on.take(change.points)
      else if (change.kind === 'refused') on.refused(change.message)
      else if (change.kind === 'gap') this.#restart()
    })
    this.#leave.push(leave)
  }

  #poll(firstOpenTs: number, loaded: Promise<void>): void {
    let fromTs = firstOpenTs
    // Only to learn of points that the readings of the tail leave out.
    this.#follow(this.#ports.now(), {
      take: (points) => {
        for (const [key, list] of Object.entries(points)) {
          for (const [ts] of list) if (ts < fromTs) this.#mark(key, this.#bucketOf(ts))
        }
      },
      refused: () => {},
    })
    const stop = this.#ports.every(Math.max(quickestPollMs, this.#plan.interval / 30), () => {
      const range = bucketRange(this.#plan, this.#ports.now())
      void this.#loadTail(fromTs, range.endTs).then(() => {
        fromTs = range.openTs
      })
    })
    this.#leave.push(stop)
    void loaded.then(() => this.#loadTail(firstOpenTs, this.#ports.now()))
  }

  #restart(): void {
    this.stop()
    this.start()
  }

  async #load(range: { startTs: number; openTs: number }): Promise<void> {
    const { signal } = this.#abort
    try {
      const history = await this.#read(range.startTs, range.openTs, signal)
      if (signal.aborted) return
      this.#courses = new Map(
        this.#keys.map((key) => [key, { points: history[key] ?? [], buckets: [], rawSince: range.openTs }]),
      )
      this.#isLoaded = true
      for (const points of this.#early.splice(0)) this.#fold(points)
      this.#publish()
    } catch (error) {
      if (signal.aborted) return
      this.#set({ status: 'failed', reason: error instanceof Error ? error.message : String(error) })
      this.#leave.push(this.#ports.after(retryMs, () => this.#restart()))
    }
  }

  /** A poll that fails is left to the next one: what is on the screen stays true. */
  async #loadTail(fromTs: number, endTs: number): Promise<void> {
    const { signal } = this.#abort
    if (endTs <= fromTs) return
    const tail = await this.#read(fromTs, endTs, signal).catch(() => null)
    if (!tail || signal.aborted || !this.#isLoaded) return
    for (const key of this.#keys) this.#replace(key, tail[key] ?? [], fromTs, Number.POSITIVE_INFINITY)
    this.#publish()
  }

  #bucketOf(ts: number): Stale {
    const fromTs = Math.floor(ts / this.#plan.interval) * this.#plan.interval
    return { fromTs, toTs: fromTs }
  }

  #mark(key: string, stale: Stale): void {
    const { startTs } = bucketRange(this.#plan, this.#ports.now())
    if (stale.toTs < startTs) return
    const inWindow = { ...stale, fromTs: Math.max(stale.fromTs, startTs) }
    this.#stale.set(key, widen(this.#stale.get(key) ?? null, inWindow))
    if (this.#isRereading) return
    this.#isRereading = true
    this.#rereadLater()
  }

  #rereadLater(): void {
    this.#cancelReread = this.#ports.after(rereadDelayMs, () => void this.#reread())
  }

  /** What cannot be read now is read with what comes later. */
  async #reread(): Promise<void> {
    const { signal } = this.#abort
    const stale = this.#stale
    this.#stale = new Map()
    const fromTs = Math.min(...[...stale.values()].map((range) => range.fromTs))
    const endTs = Math.max(...[...stale.values()].map((range) => range.toTs)) + this.#plan.interval
    const read = this.#isLoaded ? await this.#read(fromTs, endTs, signal).catch(() => null) : null
    if (signal.aborted) return
    for (const [key, range] of stale) {
      if (read) this.#replace(key, read[key] ?? [], range.fromTs, range.toTs + this.#plan.interval)
      else this.#stale.set(key, widen(this.#stale.get(key) ?? null, range))
    }
    if (read) this.#publish()
    this.#isRereading = this.#stale.size > 0
    if (this.#isRereading) this.#rereadLater()
  }

  #replace(key: string, points: readonly LivePoint[], fromTs: number, endTs: number): void {
    const course = this.#courses.get(key)
    if (!course) return
    const within = points.filter(([ts]) => ts >= fromTs && ts < endTs)
    this.#courses.set(key, { ...course, points: replaceRange(course.points, within, fromTs, endTs) })
  }

  #read(startTs: number, endTs: number, signal: AbortSignal): Promise<Record<string, LivePoint[]>> {
    if (endTs <= startTs) return Promise.resolve({})
    const { agg, interval, limit } = this.#plan
    return this.#ports.history(
      { deviceId: this.#entityId.id, keys: this.#keys, startTs, endTs, interval, agg, limit },
      signal,
    )
  }

  #take(points: Record<string, LivePoint[]>): void {
    if (!this.#isLoaded) this.#early.push(points)
    else {
      this.#fold(points)
      this.#publish()
    }
  }

  #fold(points: Record<string, LivePoint[]>): void {
    for (const [key, incoming] of Object.entries(points)) {
      const course = this.#courses.get(key)
      if (!course) continue
      const folded = foldIn(course, incoming, this.#plan)
      this.#courses.set(key, folded.course)
      if (folded.stale) this.#mark(key, folded.stale)
    }
  }

  #publish(): void {
    const { startTs } = bucketRange(this.#plan, this.#ports.now())
    const points: Record<string, readonly LivePoint[]> = {}
    for (const [key, course] of this.#courses) {
      const inWindow = trimBefore(course.points, startTs)
      if (inWindow !== course.points) this.#courses.set(key, { ...course, points: inWindow })
      points[key] = inWindow
    }
    this.#set({ status: 'ready', points })
  }

  #set(snapshot: SeriesSnapshot): void {
    this.#snapshot = snapshot
    for (const listener of this.#listeners) listener()
  }
}
