import type { Ports } from '@thingwire/rules'

/**
 * Knows when what nodes wait for is the store or the queue behind it, not themselves: a message must not run out of time,
 * and become a dead letter, because the database is away or slow.
 */
export type StoreWatch = {
  /** A call has been under way for too long to be an ordinary one. */
  isSlow(): boolean
  /** The same ports, with calls of the store observed. */
  watched(ports: Ports): Ports
}

/** Beyond this a call is taken to wait for the environment, ms. */
const slowMs = 1_000

export const createStoreWatch = (now: () => number): StoreWatch => {
  /** Start of each call under way, oldest first. */
  const underWay = new Map<symbol, number>()

  const observed = async <T>(call: () => Promise<T>): Promise<T> => {
    const id = Symbol()
    underWay.set(id, now())
    try {
      return await call()
    } finally {
      underWay.delete(id)
    }
  }

  return {
    isSlow: () => {
      for (const startedMs of underWay.values()) return now() - startedMs > slowMs
      return false
    },
    watched: (ports) => ({
      ...ports,
      telemetry: { save: (saves) => observed(() => ports.telemetry.save(saves)) },
      attributes: {
        find: (queries) => observed(() => ports.attributes.find(queries)),
        save: (saves) => observed(() => ports.attributes.save(saves)),
      },
      messages: { ...ports.messages, enqueue: (messages) => observed(() => ports.messages.enqueue(messages)) },
      entities: {
        ...ports.entities,
        defaultRuleChains: (entityIds) => observed(() => ports.entities.defaultRuleChains(entityIds)),
      },
      rpc: { ...ports.rpc, send: (calls) => observed(() => ports.rpc.send(calls)) },
    }),
  }
}
