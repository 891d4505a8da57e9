import type { WidgetHost } from '@thingwire/widgets/manifests'

type Port = WidgetHost['cursor']

/** The moment under the pointer, passed from one chart of a board to the others. */
export type BoardCursor = { portFor: () => Port }

export const createBoardCursor = (): BoardCursor => {
  const listeners = new Map<object, Set<(ts: number | null) => void>>()
  return {
    portFor: () => {
      // Whoever shows a moment knows it already.
      const own = {}
      return {
        show: (ts) => {
          for (const [owner, listening] of listeners) {
            if (owner !== own) for (const listener of listening) listener(ts)
          }
        },
        listen: (shown) => {
          const listening = listeners.get(own) ?? new Set()
          listening.add(shown)
          listeners.set(own, listening)
          return () => {
            listening.delete(shown)
            if (listening.size === 0) listeners.delete(own)
          }
        },
      }
    },
  }
}
