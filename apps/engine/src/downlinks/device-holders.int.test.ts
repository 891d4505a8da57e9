import { ownRedis, waitFor } from '@thingwire/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Channels, createChannels } from '../channels.ts'
import { silentLogger } from '../observability/logger.ts'
import { redisOpener } from '../redis.ts'
import { redisKeys } from '../redis-keys.ts'
import { createDeviceHolders, type DeviceHolders, type Held } from './device-holders.ts'
import { wakeDevice } from './tell-holders.ts'

let stack: AsyncDisposableStack
let url: string
let redis: Redis
let parts: AsyncDisposableStack

beforeAll(async () => {
  stack = new AsyncDisposableStack()
  url = stack.use(await ownRedis()).url
  redis = new Redis(url)
  stack.defer(() => redis.disconnect())
})
afterAll(() => stack.disposeAsync())
beforeEach(async () => {
  await redis.flushall()
  parts = new AsyncDisposableStack()
  return () => parts.disposeAsync()
})

type Node = {
  holders: DeviceHolders
  held: Map<string, Held>
  woken: string[]
  takenOver: string[]
  /** Ends without a word, as a killed process does. */
  die(): void
}

const node = async (nodeId: string, lifeMs = 60_000): Promise<Node> => {
  const openRedis = redisOpener(url, silentLogger)
  const connections: Redis[] = []
  const channels: Channels = createChannels({
    openRedis: (purpose) => {
      const connection = openRedis(purpose)
      connections.push(connection)
      return connection
    },
    logger: silentLogger,
  })
  const held = new Map<string, Held>()
  const woken: string[] = []
  const takenOver: string[] = []
  const holders = createDeviceHolders({
    nodeId,
    openRedis: (purpose) => {
      const connection = openRedis(purpose)
      connections.push(connection)
      return connection
    },
    channels,
    here: { of: (deviceId) => held.get(deviceId) ?? null, devices: () => held.keys() },
    onWake: (deviceId) => void woken.push(deviceId),
    onAttributes: () => {},
    onTakenOver: (deviceId, sessionId) => {
      takenOver.push(sessionId)
      held.delete(deviceId)
      holders.changed(deviceId)
    },
    logger: silentLogger,
    lifeMs,
  })
  await channels.start()
  await holders.start()
  let isDead = false
  const die = () => {
    isDead = true
    for (const connection of connections) connection.disconnect()
  }
  parts.defer(async () => {
    await holders.stop(Date.now())
    if (!isDead) await channels.stop(Date.now())
  })
  return { holders, held, woken, takenOver, die }
}

const hold = async ({ held, holders }: Node, deviceId: string, session: Held) => {
  if (session) held.set(deviceId, session)
  else held.delete(deviceId)
  holders.changed(deviceId)
  await holders.settled(deviceId)
}
const connection = (id: string) => ({ id, heldSince: null })
const broadcasts = async () => {
  const listener = redis.duplicate()
  const heard: string[] = []
  listener.on('message', (_channel, text) => heard.push(text))
  await listener.subscribe('tw:rpc:wake')
  parts.defer(() => listener.disconnect())
  return heard
}

test('a word goes to the nodes that hold the device, be it a connection or a poll, and to no other', async () => {
  const [a, b, c] = [await node('a'), await node('b'), await node('c')]
  const heard = await broadcasts()
  await hold(a, 'device', connection('session'))
  await hold(b, 'device', 'poll')
  await wakeDevice(redis, 'device')
  await waitFor(() => a.woken.length === 1 && b.woken.length === 1)
  await hold(a, 'device', null)
  await hold(b, 'device', null)
  await wakeDevice(redis, 'device')
  await waitFor(() => heard.length === 1)
  expect([a.woken, b.woken, c.woken, heard]).toEqual([['device'], ['device'], [], ['device']])
})

test('a node that does not hold the device any more passes the word on to all', async () => {
  const a = await node('a')
  const heard = await broadcasts()
  await redis.hset(redisKeys.heldDevices('a'), 'gone', 'poll')
  await wakeDevice(redis, 'gone')
  await waitFor(() => heard.length === 1)
  expect(a.woken).toEqual([])
})

test('of two connections the newer one stays, on whichever node; polls take nothing over', async () => {
  const [a, b] = [await node('a'), await node('b')]
  await hold(a, 'device', connection('first'))
  await hold(b, 'device', 'poll')
  await hold(b, 'device', connection('second'))
  await waitFor(() => a.takenOver.length === 1)
  await hold(a, 'device', connection('third'))
  await waitFor(() => b.takenOver.length === 1)
  expect([a.takenOver, b.takenOver]).toEqual([['first'], ['second']])
})

test('of connections that two nodes accept at the same moment exactly one stays', async () => {
  const nodes = [await node('a'), await node('b')]
  const devices = Array.from({ length: 700 }, (_, i) => `device ${i}`)
  for (const deviceId of devices)
    for (const [i, { held, holders }] of nodes.entries()) {
      held.set(deviceId, connection(`${deviceId} at ${i}`))
      holders.changed(deviceId)
    }
  await waitFor(() => nodes.reduce((sum, { takenOver }) => sum + takenOver.length, 0) === devices.length)
  for (const deviceId of devices) expect(nodes.filter(({ held }) => held.has(deviceId))).toHaveLength(1)
})

test('a connection that was forgotten while its node slept does not win against one that came meanwhile', async () => {
  const [a, b] = [await node('a', 400), await node('b')]
  await hold(a, 'moved', connection('old'))
  await hold(a, 'stayed', connection('kept'))
  // As it is after a sleep: the hash has expired, and the next sign of life finds so.
  await redis.del(redisKeys.heldDevices('a'))
  await hold(b, 'moved', connection('new'))
  await waitFor(() => a.takenOver.length === 1)
  await waitFor(async () => (await redis.hkeys(redisKeys.heldDevices('a'))).join() === 'stayed')
  expect([a.takenOver, b.takenOver]).toEqual([['old'], []])
})

test('what a dead node held goes by itself, and words are for all meanwhile', async () => {
  const [a, b] = [await node('a', 600), await node('b')]
  await hold(a, 'device', connection('session'))
  const heard = await broadcasts()
  a.die()
  await waitFor(async () => (await redis.pubsub('NUMSUB', 'tw:gateway:a'))[1] === 0)
  await wakeDevice(redis, 'device')
  await waitFor(() => heard.length === 1)
  await waitFor(async () => (await redis.exists(redisKeys.heldDevices('a'))) === 0)
  await hold(b, 'other', connection('other session'))
  expect(await redis.zrangebyscore(redisKeys.gateways, Date.now(), '+inf')).toEqual(['b'])
})

test('changes while Redis is away are told when it is back', async () => {
  const a = await node('a', 400)
  await redis.client('PAUSE', 300, 'WRITE')
  a.held.set('device', connection('session'))
  a.holders.changed('device')
  await waitFor(async () => (await redis.hexists(redisKeys.heldDevices('a'), 'device')) === 1)
  await hold(a, 'device', null)
  expect(await redis.exists(redisKeys.heldDevices('a'))).toBe(0)
})
