import { randomUUID } from 'node:crypto'
import type { Message } from '@thingwire/contracts'
import { openDatabase } from '@thingwire/db'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createChangeRelay } from '../changes/change-relay.ts'
import { createChannels } from '../channels.ts'
import { startParts, stopParts } from '../lifecycle.ts'
import { silentLogger } from '../observability/logger.ts'
import { redisOpener } from '../redis.ts'
import { type QueueWorld, queueWorld } from '../testing/queue-world.ts'

let world: QueueWorld
const seen: Message[] = []
beforeAll(async () => {
  world = await queueWorld()
  await world.startRunner()
  world.behaviours.set('out', (batch) => {
    seen.push(...batch)
    return []
  })
  await world.draw('enrich --Success--> out', {
    enrich: {
      type: 'org.thingsboard.rule.engine.metadata.TbGetAttributesNode',
      configuration: {
        ...{ fetchTo: 'METADATA', clientAttributeNames: [], sharedAttributeNames: [], latestTsKeyNames: [] },
        ...{ serverAttributeNames: ['limit'], tellFailureIfAbsent: true, getLatestValueWithTs: false },
      },
    },
  })
})
afterAll(() => world[Symbol.asyncDispose]())

/** What the node adds to the next message. */
const limit = async (): Promise<string | undefined> => {
  const before = seen.length
  await world.send('Main', [world.message('{}')])
  await waitFor(() => seen.length > before, { what: 'the message comes out' })
  return seen.at(-1)?.metadata.ss_limit
}

const rowOf = (value: number) => [
  {
    entityId: world.services.tenant.device.id,
    ...{ scope: 'SERVER_SCOPE' as const, ts: Date.now(), entries: [{ key: 'limit', type: 'LONG' as const, value }] },
  },
]

test('the message behind a changed attribute has its new value, in the process that changed it', async () => {
  const { db, tenant } = world.services
  for (const value of [1, 2, 3]) {
    await db.attributes.save(tenant.tenantId, rowOf(value))
    expect(await limit()).toBe(String(value))
    expect(await limit()).toBe(String(value))
  }
})

test('what another process changes is known a moment later', async () => {
  const { databaseUrl, redisUrl, tenant } = world.services
  const openRedis = redisOpener(redisUrl, silentLogger)
  const database = openDatabase({ url: databaseUrl, poolSize: 1 })
  const channels = createChannels({ openRedis, logger: silentLogger })
  const { changes } = database
  const relay = createChangeRelay({ changes, channels, openRedis, processId: randomUUID(), logger: silentLogger })
  await startParts([channels, relay], silentLogger)
  try {
    expect(await limit()).toBe('3')
    await database.attributes.save(tenant.tenantId, rowOf(7))
    await waitFor(async () => (await limit()) === '7', { what: 'the new value' })
  } finally {
    await stopParts([channels, relay], Date.now() + 2_000, silentLogger)
    await database.close()
  }
})
