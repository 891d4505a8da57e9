export type TimeLimit = {
  /** How long the nodes of a batch may take in all, ms. */
  timeoutMs: number
  /** While true nobody's time runs out: what is waited for is the store, not the node. */
  isPaused?: () => boolean
}

export const timedOut = Symbol('timed out')

const pausedLookMs = 250

type Waiting = { giveUp(): void; reject(reason: unknown): void }

/**
 * Bounds the node calls of one batch, which are made one after the other. A call that is still running when the time is
 * over is given up, and what is left of the batch has the whole time anew: its neighbours must not pay for it.
 */
export class CallClock {
  readonly #stop: AbortSignal
  readonly #limit: TimeLimit
  #controller = new AbortController()
  #deadlineMs: number
  /** One for the whole batch: calls are many and mostly short. */
  #timer: ReturnType<typeof setTimeout> | null = null
  #waiting: Waiting | null = null
  readonly #stopped = () => {
    this.#controller.abort(this.#stop.reason)
    this.#waiting?.reject(this.#stop.reason)
  }

  constructor(stop: AbortSignal, limit: TimeLimit) {
    this.#stop = stop
    this.#limit = limit
    this.#deadlineMs = performance.now() + limit.timeoutMs
    stop.addEventListener('abort', this.#stopped)
  }

  /** What handlers are given: aborts with the batch, and when their call is given up. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** The result, or `timedOut`. Rejects with the reason of a stop without waiting for the call. */
  within<T>(call: Promise<T>): Promise<T | typeof timedOut> {
    this.#timer ??= setTimeout(this.#look, Math.max(0, this.#deadlineMs - performance.now()))
    return new Promise<T | typeof timedOut>((resolve, reject) => {
      const waiting: Waiting = { giveUp: () => resolve(timedOut), reject }
      this.#waiting = waiting
      const over = () => {
        if (this.#waiting === waiting) this.#waiting = null
      }
      call.then(
        (result) => {
          over()
          resolve(result)
        },
        (error: unknown) => {
          over()
          reject(error)
        },
      )
    })
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#stop.removeEventListener('abort', this.#stopped)
  }

  readonly #look = (): void => {
    this.#timer = null
    const waiting = this.#waiting
    if (!waiting) return
    if (this.#limit.isPaused?.()) {
      this.#timer = setTimeout(this.#look, pausedLookMs)
      return
    }
    this.#waiting = null
    this.#controller.abort(new Error(`The rule node did not answer within ${this.#limit.timeoutMs} ms`))
    this.#controller = new AbortController()
    this.#deadlineMs = performance.now() + this.#limit.timeoutMs
    waiting.giveUp()
  }
}
