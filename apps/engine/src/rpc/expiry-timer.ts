import { errorFields, type Logger } from '../observability/logger.ts'

export type ExpiryTimer = {
  /** Something ends at this time, epoch ms. */
  arm(atMs: number): void
  start(): void
  stop(): Promise<void>
}

/** Ends that were armed by a process which has died are noticed after at most so long. */
const lookEveryMs = 5_000

/**
 * Calls `end` when the next thing is due, to the millisecond, without looking all the time. Every process that knows the
 * same list may run one: ending something must be harmless when another process was faster.
 * @param end Ends what is due now; resolves with the time of the next one, or null.
 */
export const createExpiryTimer = (options: {
  end: (nowMs: number) => Promise<number | null>
  logger: Logger
}): ExpiryTimer => {
  let timer: NodeJS.Timeout | null = null
  let armedForMs = Number.POSITIVE_INFINITY
  let running: Promise<void> | null = null
  let isStopped = true

  const arm = (atMs: number) => {
    if (isStopped || atMs >= armedForMs) return
    armedForMs = atMs
    if (timer) clearTimeout(timer)
    // A timer may come a little early: then it finds nothing due and is armed again.
    timer = setTimeout(fire, Math.max(0, atMs - Date.now()))
  }

  const fire = () => {
    armedForMs = Number.POSITIVE_INFINITY
    timer = null
    const before = running
    const run = async () => {
      await before
      let next = Date.now() + lookEveryMs
      try {
        next = Math.min(next, (await options.end(Date.now())) ?? next)
      } catch (error) {
        options.logger.warn(errorFields(error), 'what is over was not ended')
      }
      arm(next)
    }
    running = run()
  }

  return {
    arm,
    start: () => {
      isStopped = false
      arm(Date.now())
    },
    stop: async () => {
      isStopped = true
      if (timer) clearTimeout(timer)
      await running
    },
  }
}
