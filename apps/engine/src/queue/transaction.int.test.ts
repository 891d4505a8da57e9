import { once } from 'node:events'
import { ownRedis } from '@thingwire/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import { redisOpener } from '../redis.ts'
import { inTransaction } from './transaction.ts'

let stack: AsyncDisposableStack
let redis: Redis
let other: Redis

beforeAll(async () => {
  stack = new AsyncDisposableStack()
  const { url } = stack.use(await ownRedis())
  redis = redisOpener(url, silentLogger)('writes')
  other = new Redis(url)
  stack.defer(() => {
    redis.disconnect()
    other.disconnect()
  })
  redis.defineCommand('twTestPut', { numberOfKeys: 1, lua: "return redis.call('RPUSH', KEYS[1], ARGV[1])" })
  await redis.connect()
})
afterAll(() => stack.disposeAsync())
beforeEach(() => other.flushall())

/** A script as the queue has them: sent in full once for each connection, by its hash from then on. */
const put = async (value: string): Promise<unknown> =>
  Reflect.apply(Reflect.get(redis, 'twTestPut'), redis, ['list', value])

test('commands of two callers do not mix, and each has its own replies', async () => {
  const answers = await Promise.all(
    ['a', 'b', 'c'].map((value) =>
      inTransaction(redis, () => [redis.rpush('list', value), redis.rpush('list', value), redis.llen('list')]),
    ),
  )
  expect(answers).toEqual([
    [1, 2, 2],
    [3, 4, 4],
    [5, 6, 6],
  ])
  expect(await other.lrange('list', 0, -1)).toEqual(['a', 'a', 'b', 'b', 'c', 'c'])
})

test('a command that fails makes the whole fail with its reason', async () => {
  await other.set('text', 'no list')
  await expect(inTransaction(redis, () => [redis.rpush('text', 'a')])).rejects.toThrow('WRONGTYPE')
  expect(await inTransaction(redis, () => [redis.rpush('list', 'a')])).toEqual([1])
})

test('a command that is not sent makes the whole fail', async () => {
  const notSent = Promise.reject(new Error('too large'))
  await expect(inTransaction(redis, () => [notSent, redis.rpush('list', 'a')])).rejects.toThrow(
    '2 commands had 1 replies',
  )
})

test('after an error in between, nothing that was sent counts and nothing that is sent later hangs in it', async () => {
  const back = once(redis, 'ready')
  const failing = inTransaction(redis, () => {
    void redis.rpush('list', 'half').catch(() => {})
    throw new Error('in between')
  })
  await expect(failing).rejects.toThrow('in between')
  await back
  expect(await redis.rpush('list', 'next')).toBe(1)
})

test('a server that has lost the scripts gets them again', async () => {
  expect(await inTransaction(redis, () => [put('a')])).toEqual([1])
  await other.script('FLUSH')
  const back = once(redis, 'ready')
  await expect(inTransaction(redis, () => [put('b')])).rejects.toThrow('NOSCRIPT')
  await back
  expect(await inTransaction(redis, () => [put('c')])).toEqual([2])
})

test('what a lost connection did not finish is not sent again', async () => {
  await other.client('PAUSE', 300, 'WRITE')
  const back = once(redis, 'ready')
  const cut = inTransaction(redis, () => [redis.rpush('list', 'a'), redis.rpush('list', 'b')])
  redis.disconnect(true)
  await expect(cut).rejects.toThrow()
  await back
  expect(await inTransaction(redis, () => [redis.rpush('list', 'next')])).toEqual([1])
})
