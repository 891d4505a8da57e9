import type { DeviceSessionInfo } from '@thingwire/db'
import { expect, test } from 'vitest'
import { createCredentialCache } from './credential-cache.ts'

const info = (deviceId: string, name = 'n'): DeviceSessionInfo => ({
  deviceId,
  tenantId: 't',
  customerId: null,
  name,
  type: 'default',
  deviceProfileId: 'p',
  transportType: 'DEFAULT',
  defaultRuleChainId: null,
  defaultQueueName: null,
  isGateway: false,
  transportConfiguration: null,
  topicSpace: null,
  credentialsType: 'ACCESS_TOKEN',
  credentialsValue: null,
})

const setUp = () => {
  const asked: string[] = []
  const answers: ((found: DeviceSessionInfo | null) => void)[] = []
  const cache = createCredentialCache((id) => {
    asked.push(id)
    return new Promise((resolve) => answers.push(resolve))
  })
  return { cache, asked, answers }
}

test('asks once for what many want at the same time, and then remembers it', async () => {
  const { cache, asked, answers } = setUp()
  const questions = [cache.resolve('a'), cache.resolve('a'), cache.resolve('a')]
  answers[0]?.(info('d1'))
  for (const found of await Promise.all(questions)) expect(found?.deviceId).toBe('d1')
  await cache.resolve('a')
  expect(asked).toEqual(['a'])
})

test('remembers that there is nothing, until any device changes', async () => {
  const { cache, asked, answers } = setUp()
  const first = cache.resolve('a')
  answers[0]?.(null)
  expect(await first).toBeNull()
  expect(await cache.resolve('a')).toBeNull()
  cache.forgetDevice('d9')
  const second = cache.resolve('a')
  answers[1]?.(info('d9'))
  expect((await second)?.deviceId).toBe('d9')
  expect(asked).toEqual(['a', 'a'])
})

test('an answer that was under way during a change is not kept', async () => {
  const { cache, asked, answers } = setUp()
  const early = cache.resolve('a')
  cache.forgetDevice('d1')
  answers[0]?.(info('d1', 'old'))
  expect((await early)?.name).toBe('old')
  const late = cache.resolve('a')
  answers[1]?.(info('d1', 'new'))
  expect((await late)?.name).toBe('new')
  expect(asked).toHaveLength(2)
})

test('a question that fails is asked again', async () => {
  let attempts = 0
  const cache = createCredentialCache(async () => {
    attempts++
    if (attempts === 1) throw new Error('away')
    return info('d1')
  })
  await expect(cache.resolve('a')).rejects.toThrow('away')
  expect((await cache.resolve('a'))?.deviceId).toBe('d1')
})

test('a change of a profile forgets its devices and no others', async () => {
  const asked: string[] = []
  const cache = createCredentialCache(async (id) => {
    asked.push(id)
    return { ...info(id), deviceProfileId: id === 'a' ? 'boilers' : 'pumps' }
  })
  for (const id of ['a', 'b']) await cache.resolve(id)
  cache.forgetProfile('boilers')
  for (const id of ['a', 'b']) await cache.resolve(id)
  expect(asked).toEqual(['a', 'b', 'a'])
})

test('forgets the devices of one tenant', async () => {
  const asked: string[] = []
  const cache = createCredentialCache(async (id) => {
    asked.push(id)
    return { ...info(id), tenantId: id === 'a' ? 'gone' : 'stays' }
  })
  for (const id of ['a', 'b']) await cache.resolve(id)
  cache.forgetTenant('gone')
  for (const id of ['a', 'b']) await cache.resolve(id)
  expect(asked).toEqual(['a', 'b', 'a'])
})
