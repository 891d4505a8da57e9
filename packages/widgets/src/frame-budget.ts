type Clock = { now: () => number; nextFrame: (run: () => void) => void }

/**
 * Spreads drawing over frames: of each owner only the newest request is kept, and a frame takes on another one only while
 * its budget lasts. Fifty charts that get values in the same moment then redraw one after the other instead of all at
 * once. Owners take turns, oldest request first.
 */
export const createFrameBudget = (budgetMs: number, clock: Clock) => {
  const waiting = new Map<object, () => void>()
  let isScheduled = false

  const runFrame = () => {
    isScheduled = false
    const end = clock.now() + budgetMs
    try {
      for (const [owner, draw] of waiting) {
        waiting.delete(owner)
        draw()
        if (clock.now() >= end) break
      }
    } finally {
      // What one of them fails with must not keep the others from being drawn.
      schedule()
    }
  }
  const schedule = () => {
    if (isScheduled || waiting.size === 0) return
    isScheduled = true
    clock.nextFrame(runFrame)
  }
  return {
    request: (owner: object, draw: () => void) => {
      waiting.set(owner, draw)
      schedule()
    },
    cancel: (owner: object) => {
      waiting.delete(owner)
    },
  }
}

const drawMsPerFrame = 5

/** The one budget of the page. A hidden tab has no frames and so draws nothing, which is right. */
export const drawing = createFrameBudget(drawMsPerFrame, {
  now: () => performance.now(),
  nextFrame: (run) => requestAnimationFrame(run),
})
