import { randomUUID } from 'node:crypto'
import { testRedis } from '@thingwire/testing'
import { expect, test } from 'vitest'
import { redisKeys } from '../redis-keys.ts'
import { defaultSpaceLimits } from './limits.ts'
import { createRetainedStore, type RetainedStore } from './retained-store.ts'
import type { SpaceMessage } from './space-message.ts'

const messageOf = (tenantId: string, topic: string, payload = 'x', expiresAtMs = 0): SpaceMessage => ({
  tenantId,
  topic,
  payload: Buffer.from(payload),
  qos: 1,
  isRetained: true,
  properties: Buffer.alloc(0),
  expiresAtMs,
  publisher: 'p',
})

const found = async (store: RetainedStore, tenantId: string, filter: string): Promise<SpaceMessage[]> => {
  const messages: SpaceMessage[] = []
  for await (const message of store.find(tenantId, filter)) messages.push(message)
  return messages
}

test('any text is a topic, and found by wildcards', async () => {
  await using redis = await testRedis()
  const tenantId = randomUUID()
  const store = createRetainedStore({ redis: () => redis.client, limits: defaultSpaceLimits })
  const topics = ['a', 'a/', 'a/b', 'a/ÿ', 'a/温/x', 'a/\u{1f600}', 'ab', 'b']
  for (const topic of topics) await store.store(messageOf(tenantId, topic))
  const topicsOf = async (filter: string) => (await found(store, tenantId, filter)).map(({ topic }) => topic).sort()
  expect(await topicsOf('a/#')).toEqual(topics.slice(0, 6).sort())
  expect(await topicsOf('a/+')).toEqual(['a/', 'a/b', 'a/ÿ', 'a/\u{1f600}'].sort())
  expect(await topicsOf('a/+/x')).toEqual(['a/温/x'])
  expect(await topicsOf('#')).toEqual([...topics].sort())
})

test('a flood of topics ends at the bound; what stands there can still be changed and found', async () => {
  await using redis = await testRedis()
  const tenantId = randomUUID()
  const store = createRetainedStore({ redis: () => redis.client, limits: defaultSpaceLimits })
  const stored: boolean[] = []
  for (let from = 0; from < 15_000; from += 5_000) {
    const batch = Array.from({ length: 5_000 }, (_, n) => store.store(messageOf(tenantId, `flood/${from + n}/t`)))
    stored.push(...(await Promise.all(batch)))
  }
  expect(stored.filter(Boolean)).toHaveLength(defaultSpaceLimits.retainedMessages)
  expect(await store.store(messageOf(tenantId, 'flood/1/t', 'changed'))).toBe(true)
  expect(await found(store, tenantId, 'flood/1/+')).toMatchObject([{ payload: Buffer.from('changed') }])
  expect(await found(store, tenantId, '+/5/#')).toMatchObject([{ topic: 'flood/5/t' }])
  expect(await found(store, tenantId, '#')).toHaveLength(defaultSpaceLimits.retainedMessages)
  expect(await store.store(messageOf(tenantId, 'flood/2/t', ''))).toBe(true)
  expect(await store.store(messageOf(tenantId, 'one/more'))).toBe(true)
  expect(await store.store(messageOf(tenantId, 'another/more'))).toBe(false)
  expect(await store.store(messageOf(randomUUID(), 'of/another/tenant'))).toBe(true)
}, 60_000)

test('bytes are bounded and counted, and what is out of date makes room', async () => {
  await using redis = await testRedis()
  const tenantId = randomUUID()
  const limits = { ...defaultSpaceLimits, retainedBytes: 1_000 }
  const store = createRetainedStore({ redis: () => redis.client, limits })
  const used = async () => Number(await redis.client.hget(redisKeys.spaceUsage(tenantId), 'retained'))
  expect(await store.store(messageOf(tenantId, 'a', 'x'.repeat(500), Date.now() + 50))).toBe(true)
  expect(await store.store(messageOf(tenantId, 'b', 'x'.repeat(500)))).toBe(false)
  await expect.poll(() => store.store(messageOf(tenantId, 'b', 'x'.repeat(500)))).toBe(true)
  expect(await found(store, tenantId, '#')).toMatchObject([{ topic: 'b' }])
  await store.store(messageOf(tenantId, 'b', ''))
  expect(await used()).toBe(0)
})
