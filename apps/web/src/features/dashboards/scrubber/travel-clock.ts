/** Epoch ms. */
export type TravelRange = { startTs: number; endTs: number }

/** Times as fast as it went. */
export const speeds = [1, 10, 60, 300, 1_800, 7_200, 43_200] as const
export type Speed = (typeof speeds)[number]

export type TravelState = { ts: number; isPlaying: boolean; speed: Speed }

/** A range is played in about a minute. */
const usualPlayMs = 60_000
/** Parts of the range that a step goes. */
const steps = 120

export const stepOf = ({ startTs, endTs }: TravelRange): number => Math.max(1, Math.round((endTs - startTs) / steps))

/** The speed at which the range takes about a minute. */
export const usualSpeed = ({ startTs, endTs }: TravelRange): Speed => {
  const wanted = (endTs - startTs) / usualPlayMs
  return speeds.reduce((best, one) => (Math.abs(one - wanted) < Math.abs(best - wanted) ? one : best))
}

type Frames = {
  requestAnimationFrame: (run: (now: number) => void) => number
  cancelAnimationFrame: (id: number) => void
}

/** The moment that a dashboard is shown at, within a range that stands still. Knows nothing of React. */
export class TravelClock {
  readonly range: TravelRange
  #state: TravelState
  #last: number | null = null
  #request: number | null = null
  readonly #frames: Frames
  readonly #listeners = new Set<() => void>()

  constructor(range: TravelRange, ts: number, frames: Frames = globalThis) {
    this.range = range
    this.#frames = frames
    this.#state = { ts: this.#within(ts), isPlaying: false, speed: usualSpeed(range) }
  }

  readonly get = (): TravelState => this.#state

  readonly listen = (changed: () => void): (() => void) => {
    this.#listeners.add(changed)
    return () => void this.#listeners.delete(changed)
  }

  seek(ts: number): void {
    this.#set({ ts: this.#within(ts) })
  }

  /** @param count of steps; negative ones go back */
  step(count: number): void {
    this.pause()
    this.seek(this.#state.ts + count * stepOf(this.range))
  }

  setSpeed(speed: Speed): void {
    this.#set({ speed })
  }

  /** From the end it begins again. */
  play(): void {
    if (this.#state.isPlaying) return
    const { startTs, endTs } = this.range
    this.#last = null
    this.#set({ isPlaying: true, ...(this.#state.ts >= endTs && { ts: startTs }) })
    this.#request = this.#frames.requestAnimationFrame(this.#frame)
  }

  pause(): void {
    if (this.#request !== null) this.#frames.cancelAnimationFrame(this.#request)
    this.#request = null
    if (this.#state.isPlaying) this.#set({ isPlaying: false })
  }

  readonly #frame = (now: number): void => {
    const passed = this.#last === null ? 0 : now - this.#last
    this.#last = now
    const ts = this.#within(this.#state.ts + passed * this.#state.speed)
    if (ts >= this.range.endTs) {
      this.#request = null
      this.#set({ ts, isPlaying: false })
      return
    }
    this.#request = this.#frames.requestAnimationFrame(this.#frame)
    this.#set({ ts })
  }

  #within(ts: number): number {
    const { startTs, endTs } = this.range
    return Number.isFinite(ts) ? Math.round(Math.min(endTs, Math.max(startTs, ts))) : endTs
  }

  #set(change: Partial<TravelState>): void {
    const next = { ...this.#state, ...change }
    const { ts, isPlaying, speed } = this.#state
    if (next.ts === ts && next.isPlaying === isPlaying && next.speed === speed) return
    this.#state = next
    for (const listener of [...this.#listeners]) listener()
  }
}

/** `at` in the address: the moment, and the range that it is in. */
export const formatTravel = (ts: number, { startTs, endTs }: TravelRange): string => [ts, startTs, endTs].join('~')

const latest = 8.64e15
export const parseTravel = (text: string | null): { ts: number; range: TravelRange } | null => {
  if (text === null || !/^\d{1,16}~\d{1,16}~\d{1,16}$/.test(text)) return null
  const [ts = 0, startTs = 0, endTs = 0] = text.split('~').map(Number)
  if (endTs <= startTs || endTs > latest) return null
  return { ts: Math.min(endTs, Math.max(startTs, ts)), range: { startTs, endTs } }
}
