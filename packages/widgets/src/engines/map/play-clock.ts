/** The moment that a played way is shown at. Knows nothing of React; times in ms. */
export class PlayClock {
  #span = { startTs: 0, endTs: 0 }
  #at = 0
  #rate = 1_000
  #isPlaying = false
  /** At the end it goes on with what comes. */
  #follows = true
  #last: number | null = null
  #request: number | null = null
  readonly #listeners = new Set<() => void>()
  readonly #frames: Pick<typeof globalThis, 'requestAnimationFrame' | 'cancelAnimationFrame'>

  constructor(frames: Pick<typeof globalThis, 'requestAnimationFrame' | 'cancelAnimationFrame'> = globalThis) {
    this.#frames = frames
  }

  get at(): number {
    return this.#at
  }

  get isPlaying(): boolean {
    return this.#isPlaying
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  setSpan(startTs: number, endTs: number): void {
    this.#span = { startTs, endTs }
    this.#go(this.#follows ? endTs : Math.min(endTs, Math.max(startTs, this.#at)))
  }

  /** @param rate ms of the way for each second */
  setRate(rate: number): void {
    this.#rate = rate
  }

  seek(ts: number): void {
    const { startTs, endTs } = this.#span
    const at = Math.min(endTs, Math.max(startTs, ts))
    this.#follows = at >= endTs
    this.#go(at)
  }

  play(): void {
    if (this.#isPlaying) return
    if (this.#at >= this.#span.endTs) this.#at = this.#span.startTs
    this.#follows = false
    this.#isPlaying = true
    this.#last = null
    this.#request = this.#frames.requestAnimationFrame(this.#frame)
    this.#tell()
  }

  pause(): void {
    if (this.#request !== null) this.#frames.cancelAnimationFrame(this.#request)
    this.#request = null
    if (!this.#isPlaying) return
    this.#isPlaying = false
    this.#tell()
  }

  readonly #frame = (now: number): void => {
    const passed = this.#last === null ? 0 : now - this.#last
    this.#last = now
    const at = this.#at + (passed / 1_000) * this.#rate
    if (at >= this.#span.endTs) {
      this.#isPlaying = false
      this.#request = null
      this.seek(this.#span.endTs)
      return
    }
    this.#request = this.#frames.requestAnimationFrame(this.#frame)
    this.#go(at)
  }

  #go(at: number): void {
    const isNews = at !== this.#at
    this.#at = at
    if (isNews || !this.#isPlaying) this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
