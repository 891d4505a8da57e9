import { onAbort } from './on-abort.ts'

export type TimeLimit = {
  /** How long the nodes of a batch may take in all, ms. */
  timeoutMs: number
  /** While true nobody's time runs out: what is waited for is the store, not the node. */
  isPaused?: () => boolean
}

export const timedOut = Symbol('timed out')

const pausedLookMs = 250

type Waiting = { controller: AbortController; giveUp(): void; reject(reason: unknown): void }

/**
 * Bounds the node calls of one batch, which are made one after the other but for those that are slow. When the time is over
 * the call that has been running longest is given up, and what is left of the batch has the whole time anew: its
 * neighbours must not pay for it.
 */
export class CallClock {
  readonly #stop: AbortSignal
  readonly #unlisten: () => void
  readonly #limit: TimeLimit
  #controller = new AbortController()
  #deadlineMs: number
  /** One for the whole batch: calls are many and mostly short. */
  #timer: ReturnType<typeof setTimeout> | null = null
  /** Oldest first. */
  readonly #waiting = new Set<Waiting>()
  readonly #stopped = () => {
    this.#controller.abort(this.#stop.reason)
    for (const { controller, reject } of this.#waiting) {
      controller.abort(this.#stop.reason)
      reject(this.#stop.reason)
    }
  }

  constructor(stop: AbortSignal, limit: TimeLimit) {
    this.#stop = stop
    this.#limit = limit
    this.#deadlineMs = performance.now() + limit.timeoutMs
    this.#unlisten = onAbort(stop, this.#stopped)
  }

  /** For the next call: what its handler is given. Aborts with the batch, and when the call is given up. */
  next(): AbortController {
    // Beside a slow call the next one has a signal of its own: only one of them is given up at a time.
    for (const { controller } of this.#waiting)
      if (controller === this.#controller) this.#controller = new AbortController()
    return this.#controller
  }

  /** The result, or `timedOut`. Rejects with the reason of a stop without waiting for the call. */
  within<T>(call: Promise<T>, controller: AbortController): Promise<T | typeof timedOut> {
    this.#timer ??= setTimeout(this.#look, Math.max(0, this.#deadlineMs - performance.now()))
    return new Promise<T | typeof timedOut>((resolve, reject) => {
      const waiting: Waiting = { controller, giveUp: () => resolve(timedOut), reject }
      this.#waiting.add(waiting)
      call.then(
        (result) => {
          this.#waiting.delete(waiting)
          resolve(result)
        },
        (error: unknown) => {
          this.#waiting.delete(waiting)
          reject(error)
        },
      )
    })
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#unlisten()
  }

  readonly #look = (): void => {
    this.#timer = null
    const [oldest] = this.#waiting
    if (!oldest) return
    if (this.#limit.isPaused?.()) {
      this.#timer = setTimeout(this.#look, pausedLookMs)
      return
    }
    this.#waiting.delete(oldest)
    oldest.controller.abort(new Error(`The rule node did not answer within ${this.#limit.timeoutMs} ms`))
    if (oldest.controller === this.#controller) this.#controller = new AbortController()
    this.#deadlineMs = performance.now() + this.#limit.timeoutMs
    if (this.#waiting.size > 0) this.#timer = setTimeout(this.#look, this.#limit.timeoutMs)
    oldest.giveUp()
  }
}
