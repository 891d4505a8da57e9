export type TimeLimit = {
  /** How long the nodes of a batch may take in all, ms. */
  timeoutMs: number
  /** While true nobody's time runs out: what is waited for is the store, not the node. */
  isPaused?: () => boolean
}

export const timedOut = Symbol('timed out')

const pausedLookMs = 250

/**
 * Bounds the node calls of one batch. A call that is still running when the time is over is given up, and what is left of
 * the batch has the whole time anew: its neighbours must not pay for it.
 */
export class CallClock {
  readonly #stop: AbortSignal
  readonly #limit: TimeLimit
  #controller = new AbortController()
  #deadlineMs: number
  readonly #forward = () => this.#controller.abort(this.#stop.reason)

  constructor(stop: AbortSignal, limit: TimeLimit) {
    this.#stop = stop
    this.#limit = limit
    this.#deadlineMs = performance.now() + limit.timeoutMs
    stop.addEventListener('abort', this.#forward)
  }

  /** What handlers are given: aborts with the batch, and when their call is given up. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** The result, or `timedOut`. Rejects with the reason of a stop without waiting for the call. */
  within<T>(call: Promise<T>): Promise<T | typeof timedOut> {
    return new Promise<T | typeof timedOut>((resolve, reject) => {
      const look = () => {
        if (this.#limit.isPaused?.()) {
          timer = setTimeout(look, pausedLookMs)
          return
        }
        done()
        this.#giveUp()
        resolve(timedOut)
      }
      const stopped = () => {
        done()
        reject(this.#stop.reason)
      }
      const done = () => {
        clearTimeout(timer)
        this.#stop.removeEventListener('abort', stopped)
      }
      let timer = setTimeout(look, Math.max(0, this.#deadlineMs - performance.now()))
      this.#stop.addEventListener('abort', stopped)
      call.then(
        (result) => {
          done()
          resolve(result)
        },
        (error: unknown) => {
          done()
          reject(error)
        },
      )
    })
  }

  close(): void {
    this.#stop.removeEventListener('abort', this.#forward)
  }

  #giveUp(): void {
    this.#controller.abort(new Error(`The rule node did not answer within ${this.#limit.timeoutMs} ms`))
    this.#controller = new AbortController()
    this.#deadlineMs = performance.now() + this.#limit.timeoutMs
  }
}
