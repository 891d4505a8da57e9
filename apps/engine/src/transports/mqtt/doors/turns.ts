/** A place in the queue, then at work. `end` gives it up at any time, and may be called again. */
export type Turn = { end(): void }

export type Turns = {
  /** `begin` is called when it is this one's turn: at once, or when others have ended. */
  take(begin: () => void): Turn
}

/**
 * Work that is begun in the order in which it came, a bounded number at a time. When everything is begun at once, everything
 * is slow at once, and all of it may be given up before any is done.
 * @param holdMs How long one may keep others waiting; it goes on after that, and another may begin
 */
export const createTurns = ({ most, holdMs }: { most: number; holdMs: number }): Turns => {
  const waiting = new Map<Turn, () => void>()
  let underWay = 0

  const beginNext = () => {
    for (const [turn, start] of waiting) {
      if (underWay >= most) return
      waiting.delete(turn)
      start()
    }
  }

  return {
    take: (begin) => {
      let timer: NodeJS.Timeout | null = null
      const turn: Turn = {
        end: () => {
          waiting.delete(turn)
          if (!timer) return
          clearTimeout(timer)
          timer = null
          underWay--
          beginNext()
        },
      }
      waiting.set(turn, () => {
        underWay++
        timer = setTimeout(turn.end, holdMs).unref()
        begin()
      })
      beginNext()
      return turn
    },
  }
}
