import pg from 'pg'

/** Reads that may be under way at a time; what comes meanwhile waits for the next one. */
const readsAtOnce = 2
const keysAtOnce = 100

type Waiting<Key, Found> = { key: Key; resolve(found: Found): void; reject(error: unknown): void }

/**
 * Makes single reads out of one that reads many: a lone one goes to the database at once, and those that come while
 * others are under way go together. Under load that is one statement for dozens of requests.
 * @param read What was found for each key, in the order of the keys.
 */
export const batchedRead = <Key, Found>(
  read: (keys: readonly Key[]) => Promise<readonly Found[]>,
): ((key: Key) => Promise<Found>) => {
  let waiting: Waiting<Key, Found>[] = []
  let underWay = 0

  const run = async (batch: readonly Waiting<Key, Found>[]): Promise<void> => {
    try {
      const found = await read(batch.map(({ key }) => key))
      if (found.length !== batch.length) throw new Error(`Asked for ${batch.length}, got ${found.length}`)
      for (const [i, one] of found.entries()) batch[i]?.resolve(one)
    } catch (error) {
      // A key that PostgreSQL does not understand must not fail those it happened to travel with.
      if (batch.length > 1 && isDataError(error)) for (const one of batch) await run([one])
      else for (const one of batch) one.reject(error)
    }
  }
  const next = () => {
    if (waiting.length === 0 || underWay >= readsAtOnce) return
    const batch = waiting.slice(0, keysAtOnce)
    waiting = waiting.slice(keysAtOnce)
    underWay++
    void run(batch).finally(() => {
      underWay--
      next()
    })
  }
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      next()
    })
}

/** Class 22 of PostgreSQL's codes: the values themselves were wrong. */
const isDataError = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code?.startsWith('22') === true
