import type { LiveUpdate } from '@thingwire/contracts'
import { type Change, mergeInto, ownCopy, pointCount, withoutPoints } from './change.ts'

type Pending = { change: Change; isOwn: boolean; points: number } | { gapSinceTs: number }

/**
 * What waits for one client. Changes of a subscription merge into one update, so a slow client gets fewer and newer
 * updates and never a queue: values overwrite, and points beyond the bound become a gap that the client closes itself.
 */
export type Outbox = {
  add(subscriptionId: string, change: Change): void
  remove(subscriptionId: string): void
  isEmpty(): boolean
  take(): LiveUpdate[]
}

/** Most points that wait for one subscription. */
export const maxPendingPoints = 5_000

export const createOutbox = (limit = maxPendingPoints): Outbox => {
  let pending = new Map<string, Pending>()

  const addTo = (waiting: Pending, change: Change): Pending => {
    if ('gapSinceTs' in waiting) {
      // The client will read everything from there on when it hears of the gap; only earlier points matter.
      return { gapSinceTs: Math.min(waiting.gapSinceTs, earliestTs(change)) }
    }
    const points = waiting.points + pointCount(change)
    if (points > limit) {
      if (change.kind !== 'entity-data') return { gapSinceTs: Math.min(earliestTs(waiting.change), earliestTs(change)) }
      // A page says more than points: only these are left out.
      const own = withoutPoints(waiting.isOwn ? waiting.change : ownCopy(waiting.change))
      mergeInto(own, withoutPoints(change))
      return { change: own, isOwn: true, points: 0 }
    }
    // One change object goes to every subscriber of a feed; it is copied only when a second one must be added.
    const own = waiting.isOwn ? waiting.change : ownCopy(waiting.change)
    mergeInto(own, change)
    return { change: own, isOwn: true, points }
  }

  return {
    add: (subscriptionId, change) => {
      const waiting = pending.get(subscriptionId)
      const points = pointCount(change)
      const first = (): Pending => {
        if (points <= limit) return { change, isOwn: false, points }
        return change.kind === 'entity-data'
          ? { change: withoutPoints(change), isOwn: false, points: 0 }
          : { gapSinceTs: earliestTs(change) }
      }
      pending.set(subscriptionId, waiting ? addTo(waiting, change) : first())
    },
    remove: (subscriptionId) => {
      pending.delete(subscriptionId)
    },
    isEmpty: () => pending.size === 0,
    take: () => {
      const taken = pending
      pending = new Map()
      return Array.from(
        taken,
        ([id, waiting]): LiveUpdate =>
          'gapSinceTs' in waiting ? { id, kind: 'gap', sinceTs: waiting.gapSinceTs } : { id, ...waiting.change },
      )
    },
  }
}

const earliestTs = (change: Change): number => {
  let earliest = Number.MAX_SAFE_INTEGER
  if (change.kind === 'timeseries')
    for (const list of Object.values(change.points)) for (const [ts] of list) if (ts < earliest) earliest = ts
  return earliest
}
