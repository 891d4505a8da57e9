import type { EntityId, LivePoint } from '@thingwire/contracts'
import { type Course, foldIn, replaceTail, trimBefore } from './fold.ts'
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
}

export type SeriesSnapshot =
  | { status: 'loading' }
  | { status: 'failed'; reason: string }
  | { status: 'ready'; points: Readonly<Record<string, readonly LivePoint[]>> }

/** Wider open buckets hold too many raw points to be fetched and folded here; their tail is read again instead. */
const widestFoldMs = 120_000
const quickestPollMs = 10_000

/**
 * The points of some keys of one device over a window: closed buckets from REST, the open one from live raw points,
 * which the server sends from the bucket's start on, so that nothing is missing or counted twice between the two.
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
    void this.#load(range)
    if (window.kind === 'fixed') return
    if (interval > widestFoldMs) this.#poll(range.openTs)
    else this.#follow(range.openTs)
  }

  stop(): void {
    this.#abort.abort()
    for (const leave of this.#leave) leave()
    this.#leave = []
    this.#early = []
  }

  #follow(sinceTs: number): void {
    const request: LiveRequest = { kind: 'timeseries', entityId: this.#entityId, keys: [...this.#keys], sinceTs }
    const leave = this.#ports.subscribe(request, (change) => {
      if (change.kind === 'timeseries') this.#take(change.points)
      else if (change.kind === 'refused') this.#set({ status: 'failed', reason: change.message })
      else if (change.kind === 'gap') this.#restart()
    })
    this.#leave.push(leave)
  }

  #poll(firstOpenTs: number): void {
    let fromTs = firstOpenTs
    const stop = this.#ports.every(Math.max(quickestPollMs, this.#plan.interval / 30), () => {
      const range = bucketRange(this.#plan, this.#ports.now())
      void this.#loadTail(fromTs, range.endTs).then(() => {
        fromTs = range.openTs
      })
    })
    this.#leave.push(stop)
    void this.#loadTail(firstOpenTs, this.#ports.now())
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
      const lastTs = this.#plan.interval === 0 ? 0 : range.openTs - 1
      this.#courses = new Map(
        this.#keys.map((key) => {
          const points = history[key] ?? []
          return [key, { points, open: null, lastTs: points.at(-1)?.[0] ?? lastTs }]
        }),
      )
      if (this.#plan.interval > 0) for (const course of this.#courses.values()) course.lastTs = lastTs
      for (const points of this.#early.splice(0)) this.#fold(points)
      this.#publish()
    } catch (error) {
      if (!signal.aborted)
        this.#set({ status: 'failed', reason: error instanceof Error ? error.message : String(error) })
    }
  }

  /** A poll that fails is left to the next one: what is on the screen stays true. */
  async #loadTail(fromTs: number, endTs: number): Promise<void> {
    const { signal } = this.#abort
    if (endTs <= fromTs) return
    const tail = await this.#read(fromTs, endTs, signal).catch(() => null)
    if (!tail || signal.aborted || this.#snapshot.status !== 'ready') return
    for (const key of this.#keys) {
      const course = this.#courses.get(key)
      if (course) course.points = replaceTail(course.points, tail[key] ?? [], fromTs)
    }
    this.#publish()
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
    if (this.#snapshot.status !== 'ready') this.#early.push(points)
    else {
      this.#fold(points)
      this.#publish()
    }
  }

  #fold(points: Record<string, LivePoint[]>): void {
    for (const [key, incoming] of Object.entries(points)) {
      const course = this.#courses.get(key)
      if (course) this.#courses.set(key, foldIn(course, incoming, this.#plan))
    }
  }

  #publish(): void {
    const { startTs } = bucketRange(this.#plan, this.#ports.now())
    const points: Record<string, readonly LivePoint[]> = {}
    for (const [key, course] of this.#courses) {
      course.points = trimBefore(course.points, startTs)
      points[key] = course.points
    }
    this.#set({ status: 'ready', points })
  }

  #set(snapshot: SeriesSnapshot): void {
    this.#snapshot = snapshot
    for (const listener of this.#listeners) listener()
  }
}
