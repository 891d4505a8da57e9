/** Runs what asks for it together, at most once in each frame: at once when the last time is long past. */
export const createFrames = (ports: { now: () => number; nextFrame: (run: () => void) => void }) => {
  const waiting = new Set<() => void>()
  let isPlanned = false
  let lastAt = Number.NEGATIVE_INFINITY
  const flush = () => {
    isPlanned = false
    lastAt = ports.now()
    const due = [...waiting]
    waiting.clear()
    for (const run of due) run()
  }
  return {
    /** `run` is called once, however often it asks before that. */
    ask: (run: () => void) => {
      waiting.add(run)
      if (isPlanned) return
      isPlanned = true
      if (ports.now() - lastAt < frameMs) ports.nextFrame(flush)
      else queueMicrotask(flush)
    },
    cancel: (run: () => void) => {
      waiting.delete(run)
    },
  }
}
export type Frames = ReturnType<typeof createFrames>

const frameMs = 16
