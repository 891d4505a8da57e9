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

/** What they wait for is not the store: a script has a limit of its own, and the others do not wait. */
const unwatched: readonly (keyof Ports)[] = ['scripts', 'outbound', 'log', 'clock']

export const createStoreWatch = (now: () => number): StoreWatch => {
  /** Start of each call under way, oldest first. */
  const underWay = new Map<symbol, number>()

  const observe = (result: unknown): unknown => {
    if (!(result instanceof Promise)) return result
    const id = Symbol()
    underWay.set(id, now())
    return result.finally(() => underWay.delete(id))
  }

  const observed = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key)
        return typeof member === 'function'
          ? (...given: unknown[]) => observe(Reflect.apply(member, target, given))
          : member
      },
    })

  return {
    isSlow: () => {
      for (const startedMs of underWay.values()) return now() - startedMs > slowMs
      return false
    },
    // Whatever port is added is watched, too.
    watched: (ports) =>
      new Proxy(ports, {
        get: (target, name: keyof Ports) => {
          const port = target[name]
          return unwatched.includes(name) ? port : observed(port)
        },
      }),
  }
}
