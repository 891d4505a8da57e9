import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { ChangedKind } from '@thingwire/db'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createChannels } from '../channels.ts'
import { startParts, stopParts } from '../lifecycle.ts'
import { silentLogger } from '../observability/logger.ts'
import { type OpenRedis, type RedisPurpose, redisOpener } from '../redis.ts'
import { startTestServices, type TestServices } from '../testing/test-engine.ts'
import { createChangeRelay } from './change-relay.ts'

let services: TestServices
beforeAll(async () => {
  services = await startTestServices()
})
afterAll(() => services[Symbol.asyncDispose]())

const logger = silentLogger

/** A process that hears of changes; `change` stands for a commit of it. */
const startProcess = async () => {
  const open = redisOpener(services.redisUrl, logger)
  const opened = new Map<RedisPurpose, ReturnType<OpenRedis>>()
  const openRedis: OpenRedis = (purpose) => {
    const redis = open(purpose)
    opened.set(purpose, redis)
    return redis
  }
  const channels = createChannels({ openRedis, logger })
  const listeners: ((kind: ChangedKind, ids: readonly string[]) => void)[] = []
  const relay = createChangeRelay({
    changes: { onChange: (listener) => void listeners.push(listener) },
    ...{ channels, openRedis, processId: randomUUID(), logger },
  })
  const heard: [ChangedKind, readonly string[] | null][] = []
  relay.onChange((kind, ids) => void heard.push([kind, ids]))
  const parts = [channels, relay]
  await startParts(parts, logger)
  return {
    heard,
    /** The one by which it tells; it comes back by itself. */
    loseConnection: async () => {
      const redis = opened.get('commands')
      if (!redis) throw new Error('It has no connection')
      const isClosed = once(redis, 'close')
      redis.disconnect(true)
      await isClosed
    },
    change: (kind: ChangedKind, ids: readonly string[]) => {
      for (const listener of listeners) listener(kind, ids)
    },
    [Symbol.asyncDispose]: () => stopParts(parts, Date.now() + 2_000, logger),
  }
}

test('a change is known in its own process at once, and in others a moment later, once in each', async () => {
  await using first = await startProcess()
  await using second = await startProcess()
  first.change('attributes', ['a', 'b'])
  expect(first.heard).toEqual([['attributes', ['a', 'b']]])
  second.change('relations', ['c'])
  await waitFor(() => first.heard.length === 2 && second.heard.length === 2, { what: 'both have heard both' })
  expect(first.heard[1]).toEqual(['relations', ['c']])
  expect(second.heard.toSorted()).toEqual([
    ['attributes', ['a', 'b']],
    ['relations', ['c']],
  ])
})

test('a connection that was lost makes everything doubtful', async () => {
  await using first = await startProcess()
  await services.redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
  await waitFor(() => first.heard.length === 2, { what: 'the gap' })
  expect(first.heard).toEqual([
    ['attributes', null],
    ['relations', null],
  ])
})

test('what was changed while its own connection was away makes others forget everything once it is back', async () => {
  await using first = await startProcess()
  await using second = await startProcess()
  await first.loseConnection()
  first.change('attributes', ['a'])
  await waitFor(() => second.heard.length === 2, { what: 'the other process doubts' })
  expect(second.heard).toEqual([
    ['attributes', null],
    ['relations', null],
  ])
})
