import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningService, startRedis } from '@thingwire/local-services'
import { Redis } from 'ioredis'
import { inject } from 'vitest'
import './provided.ts'
import { waitFor } from './wait-for.ts'

export type TestRedis = AsyncDisposable & { client: Redis; url: string }

/** Logical databases of a stock Redis; 0 keeps the claims. */
const databases = 15

/**
 * An empty logical database of the run's Redis; emptied again at the end. Publish and subscribe know no databases:
 * tests that listen on a fixed channel, or that stop the server, take `ownRedis`.
 */
export const testRedis = async (): Promise<TestRedis> => {
  const serverUrl = inject('redisUrl')
  const claims = new Redis(serverUrl)
  const index = await claimDatabase(claims)
  const url = `${serverUrl}/${index}`
  const client = new Redis(url)
  await client.flushdb()
  return {
    client,
    url,
    [Symbol.asyncDispose]: async () => {
      await client.flushdb()
      await client.quit()
      await claims.del(claimKey(index))
      await claims.quit()
    },
  }
}

const claimKey = (index: number) => `claimed:${index}`

const claimDatabase = (claims: Redis): Promise<number> =>
  waitFor(
    async () => {
      for (let index = 1; index <= databases; index++)
        if ((await claims.set(claimKey(index), '1', 'NX')) === 'OK') return index
      return undefined
    },
    { deadlineMs: 20_000, what: 'a free logical Redis database' },
  )

/** A Redis process of the test's own: for publish/subscribe on fixed channels, and to stop or kill. */
export const ownRedis = async (): Promise<AsyncDisposable & { server: RunningService; url: string }> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'thingwire-redis-'))
  const server = await startRedis({ dataDir })
  return {
    server,
    url: server.url,
    [Symbol.asyncDispose]: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
