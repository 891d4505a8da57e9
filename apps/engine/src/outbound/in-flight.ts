import { onAbort } from '@thingwire/rules'

/** Said when more waits than may (ThingsBoard's words). */
export const tooManyPending = 'Max pending requests limit exceeded!'

/** Lets so many calls run at a time; a bounded number of others waits for its turn. */
export type InFlight = {
  /** Rejects when too many wait already, and with the signal's reason when it aborts before the turn has come. */
  run<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T>
}

export const createInFlight = (limits: { most: number; mostPending: number }): InFlight => {
  let running = 0
  const waiting = new Set<() => void>()

  const turn = (signal: AbortSignal): Promise<void> | undefined => {
    if (running < limits.most) {
      running++
      return undefined
    }
    if (waiting.size >= limits.mostPending) throw new Error(tooManyPending)
    return new Promise((resolve, reject) => {
      const start = () => {
        unlisten()
        resolve()
      }
      waiting.add(start)
      const unlisten = onAbort(signal, () => {
        waiting.delete(start)
        reject(signal.reason)
      })
    })
  }

  /** The place goes to the next one as it is. */
  const leave = () => {
    const [next] = waiting
    if (!next) {
      running--
      return
    }
    waiting.delete(next)
    next()
  }

  return {
    run: async (call, signal) => {
      signal.throwIfAborted()
      await turn(signal)
      try {
        return await call()
      } finally {
        leave()
      }
    },
  }
}
