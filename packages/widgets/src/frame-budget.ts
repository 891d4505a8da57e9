type Clock = {
  now: () => number
  /** Before the frame that is being made is shown. */
  soon: (run: () => void) => void
  nextFrame: (run: () => void) => void
}

const frameMs = 16

/**
 * Spreads drawing over frames: of each owner only the newest request is kept, and a frame takes on another one only while
 * its budget lasts. Fifty charts that get values in the same moment then redraw one after the other instead of all at
 * once. Owners take turns, oldest request first. What fits into the present frame is drawn in it: another one would cost
 * the browser as much again.
 */
export const createFrameBudget = (budgetMs: number, clock: Clock) => {
  const waiting = new Map<object, () => void>()
  let isScheduled = false
  let lastAt = Number.NEGATIVE_INFINITY

  const runFrame = () => {
    isScheduled = false
    lastAt = clock.now()
    const end = lastAt + budgetMs
    try {
      for (const [owner, draw] of waiting) {
        waiting.delete(owner)
        draw()
        if (clock.now() >= end) break
      }
    } finally {
      // What one of them fails with must not keep the others from being drawn.
      schedule(clock.nextFrame)
    }
  }
  const schedule = (when: (run: () => void) => void) => {
    if (isScheduled || waiting.size === 0) return
    isScheduled = true
    when(runFrame)
  }
  return {
    request: (owner: object, draw: () => void) => {
      waiting.set(owner, draw)
      schedule(clock.now() - lastAt < frameMs ? clock.nextFrame : clock.soon)
    },
    cancel: (owner: object) => {
      waiting.delete(owner)
    },
  }
}

const drawMsPerFrame = 5

const nextFrame = (run: () => void) => requestAnimationFrame(run)

/** The one budget of the page. A hidden tab has no frames and so draws nothing, which is right. */
export const drawing = createFrameBudget(drawMsPerFrame, {
  now: () => performance.now(),
  soon: (run) => (document.hidden ? nextFrame(run) : queueMicrotask(run)),
  nextFrame,
})
