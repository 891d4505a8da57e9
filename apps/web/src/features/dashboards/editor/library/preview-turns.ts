type Waiting = { run: () => void }

/** A short time between two, so that scrolling and typing are never behind a row of widgets that begin. */
const pauseMs = 24

/** Begins one after the other; what is given up before its turn is never begun. */
export const createTurns = (later: (run: () => void, delayMs: number) => void) => {
  const waiting: Waiting[] = []
  let isRunning = false
  const next = () => {
    const one = waiting.shift()
    isRunning = one !== undefined
    if (!one) return
    one.run()
    later(next, pauseMs)
  }
  return {
    /** @returns gives the turn up */
    ask: (run: () => void): (() => void) => {
      const one = { run }
      waiting.push(one)
      if (!isRunning) {
        isRunning = true
        later(next, 0)
      }
      return () => {
        const at = waiting.indexOf(one)
        if (at !== -1) waiting.splice(at, 1)
      }
    },
  }
}
