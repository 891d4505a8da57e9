import { testRedis } from '@thingwire/testing'
import { expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import { createApiProcesses } from './api-processes.ts'

test('processes count each other while they run', async () => {
  await using redis = await testRedis()
  const open = (processId: string) => createApiProcesses({ processId, logger: silentLogger })
  const [first, second] = [open('first'), open('second')]
  await first.start(redis.client)
  expect(first.count()).toBe(1)
  await second.start(redis.client)
  expect(second.count()).toBe(2)
  await first.stop()
  const third = open('third')
  await third.start(redis.client)
  expect(third.count()).toBe(2)
  await second.stop()
  await third.stop()
})
