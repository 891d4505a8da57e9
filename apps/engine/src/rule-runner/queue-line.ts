/** Batches of one partition that are under way at the same time: those before whom nobody may go, lane by lane. */
export type QueueLine = {
  /** The next batch; `laneKeys`: of its messages. */
  enter(laneKeys: () => Iterable<string>): PlaceInLine
  /** Whether no batch stands aside. */
  isEmpty(): boolean
}

export type PlaceInLine = {
  /** Whether messages of this lane have to wait for those of an earlier batch. */
  isHeld(laneKey: string): boolean
  /** Resolves when some are held no longer. */
  released(): Promise<void>
  /** Later batches may go on, but for messages of these lanes. */
  standAside(laneKeys: Iterable<string>): void
  leave(): void
}

type Place = { held: Set<string>; keys: Set<string>; released: PromiseWithResolvers<void> }

/** Nothing is noted while batches come one after the other. */
export const createQueueLine = (): QueueLine => {
  /** Those that have messages of a lane, first come first. */
  const lanes = new Map<string, Place[]>()

  const join = (place: Place, key: string): void => {
    if (place.keys.has(key)) return
    place.keys.add(key)
    const queue = lanes.get(key)
    if (queue) {
      queue.push(place)
      place.held.add(key)
    } else lanes.set(key, [place])
  }
  const leaveLane = (place: Place, key: string): void => {
    const queue = lanes.get(key) ?? []
    const at = queue.indexOf(place)
    if (at >= 0) queue.splice(at, 1)
    const [next] = queue
    if (!next) lanes.delete(key)
    else if (next.held.delete(key)) {
      next.released.resolve()
      next.released = Promise.withResolvers()
    }
  }

  return {
    isEmpty: () => lanes.size === 0,
    enter: (laneKeys) => {
      const place: Place = { held: new Set(), keys: new Set(), released: Promise.withResolvers() }
      if (lanes.size > 0) for (const key of laneKeys()) if (lanes.has(key)) join(place, key)
      return {
        isHeld: (key) => place.held.has(key),
        released: () => place.released.promise,
        standAside: (keys) => {
          for (const key of keys) join(place, key)
        },
        leave: () => {
          for (const key of place.keys) leaveLane(place, key)
          place.keys.clear()
        },
      }
    },
  }
}
