/** So many frames in a row may follow each other at once: a board that is opened, a switch that answers. */
const mostInARow = 8
/** In the long run a frame every so often: nobody follows values that come faster, and each frame costs the whole page. */
const paceMs = 100
const frameMs = 16

type Ports = {
  now: () => number
  nextFrame: (run: () => void) => void
  after: (delayMs: number, run: () => void) => void
}

/** Runs what asks for it together, at most once in each frame: at once when the last time is long past. */
export const createFrames = (ports: Ports) => {
  const waiting = new Set<() => void>()
  let isPlanned = false
  let lastAt = Number.NEGATIVE_INFINITY
  let left = mostInARow
  let countedAt = ports.now()
  const count = () => {
    const now = ports.now()
    left = Math.min(mostInARow, left + (now - countedAt) / paceMs)
    countedAt = now
  }
  const flush = () => {
    isPlanned = false
    count()
    left -= 1
    lastAt = ports.now()
    const due = [...waiting]
    waiting.clear()
    for (const run of due) run()
  }
  const plan = () => {
    count()
    if (left < 1) ports.after((1 - left) * paceMs, flush)
    else if (ports.now() - lastAt < frameMs) ports.nextFrame(flush)
    else queueMicrotask(flush)
  }
  return {
    /** `run` is called once, however often it asks before that. */
    ask: (run: () => void) => {
      waiting.add(run)
      if (isPlanned) return
      isPlanned = true
      plan()
    },
    cancel: (run: () => void) => {
      waiting.delete(run)
    },
  }
}
export type Frames = ReturnType<typeof createFrames>
