import type { LiveBusEvent } from '@thingwire/contracts'
import { type Change, distinctPoints, mergeInto, ownCopy } from './change.ts'
import type { FeedSource } from './feed-source.ts'

/** One subscription of one client, as its feed sees it. */
export type FeedMember = { deliver(change: Change): void }

/** One kind of data of one entity, shared by all who subscribed to exactly that. */
export type Feed = {
  /** Resolves to the present state; from then on the member gets every change. */
  join(member: FeedMember): Promise<Change>
  leave(member: FeedMember): void
  isEmpty(): boolean
  onEvent(event: LiveBusEvent): void
  /** Reads the store again and tells members what they have missed. */
  resync(): Promise<void>
  /** Reads the store again and tells members all of it, for it may be something else altogether. */
  restart(): Promise<void>
}

type Reading = { state: Promise<Change>; missed: Change[] }

/**
 * A member that joins reads the store and listens at the same time: what arrives during the read is added to what was
 * read. Members that join while a read is under way share it.
 */
export const createFeed = (source: FeedSource): Feed => {
  const live = new Set<FeedMember>()
  const joining = new Set<FeedMember>()
  let reading: Reading | null = null

  const read = (): Promise<Change> => {
    if (reading) return reading.state
    const missed: Change[] = []
    const state = source.snapshot().then((snapshot) => {
      const change = ownCopy(snapshot)
      for (const later of missed) mergeInto(change, later)
      if (change.kind === 'timeseries')
        for (const [key, list] of Object.entries(change.points)) change.points[key] = distinctPoints(list)
      // Remembers the state as told; nobody else is waiting for what this returns.
      source.news(change)
      return change
    })
    const current: Reading = { state, missed }
    reading = current
    const done = () => {
      if (reading === current) reading = null
    }
    state.then(done, done)
    return state
  }

  const tell = (change: Change | null) => {
    if (!change) return
    reading?.missed.push(change)
    for (const member of live) member.deliver(change)
  }

  return {
    join: async (member) => {
      joining.add(member)
      try {
        const state = await read()
        if (joining.has(member)) live.add(member)
        return state
      } finally {
        joining.delete(member)
      }
    },
    leave: (member) => {
      joining.delete(member)
      live.delete(member)
    },
    isEmpty: () => live.size === 0 && joining.size === 0,
    onEvent: (event) => {
      tell(source.delta(event))
    },
    resync: async () => {
      tell(source.news(await (source.catchUp ?? source.snapshot)()))
    },
    restart: async () => {
      if (source.anew) tell(source.anew(await source.snapshot()))
    },
  }
}
