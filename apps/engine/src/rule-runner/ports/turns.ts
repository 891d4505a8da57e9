import type { TurnsPort } from '@thingwire/rules'

/** One order for all nodes of the process. Work stands in line for all its ids at once, so none waits in a circle. */
export const createTurns = () => {
  /** Settles when the last work in line for the id is over. */
  const tails = new Map<string, Promise<unknown>>()

  return (tenantId: string): TurnsPort => ({
    take: async (place, ids, work) => {
      const keys = [...new Set(ids)].map((id) => `${tenantId} ${place} ${id}`)
      const before = [...new Set(keys.flatMap((key) => tails.get(key) ?? []))]
      const own = Promise.all(before).then(work)
      const over = own.then(
        () => {},
        () => {},
      )
      for (const key of keys) tails.set(key, over)
      try {
        return await own
      } finally {
        for (const key of keys) if (tails.get(key) === over) tails.delete(key)
      }
    },
  })
}
