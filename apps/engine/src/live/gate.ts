export type Gate = <T>(work: () => Promise<T>) => Promise<T>

/** Runs at most `limit` of the given works at a time, in order. */
export const createGate = (limit: number): Gate => {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
    running++
    try {
      return await work()
    } finally {
      running--
      waiting.shift()?.()
    }
  }
}
