type Timers = { now: () => number; after: (delayMs: number, run: () => void) => () => void }

const pageTimers: Timers = {
  now: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

/** Lets `run` through at once and then at most every `intervalMs`; what comes in between runs once at the end of it. */
export const createGate = (intervalMs: number, run: () => void, timers: Timers = pageTimers) => {
  let lastAt = Number.NEGATIVE_INFINITY
  let cancel: (() => void) | null = null
  const go = () => {
    cancel = null
    lastAt = timers.now()
    run()
  }
  return {
    pass: () => {
      if (cancel) return
      const wait = lastAt + intervalMs - timers.now()
      if (wait <= 0) go()
      else cancel = timers.after(wait, go)
    },
    close: () => {
      cancel?.()
      cancel = null
    },
  }
}
