import { waitFor } from '@thingwire/testing'
import { describe, expect, test } from 'vitest'
import { client, engine, world, useSessionBench } from '../testing/session-bench.ts'
import { everything } from '../testing/topic-space-world.ts'

useSessionBench()

describe('a tenant that has used up what it may keep', () => {
  const fill = async (what: 'retained' | 'queued', bytes: number) => {
    await world.services.redis.hincrby(`tw:space:usage:${world.tenant.tenantId}`, what, bytes)
  }
  const all = 512 * 1024 * 1024

  test.each([4, 5] as const)('version %i: a message that should be retained goes to nobody', async (version) => {
    const peer = await client(version)
    await peer.subscribe('used/up', { qos: 0 })
    await fill('retained', all)
    expect(await peer.publish('used/up', 'x', { retain: true })).toBe(version === 5 ? 0x97 : undefined)
    await peer.publish('used/up', 'x', { retain: true, qos: 0 })
    await peer.nothing()
    await peer.publish('used/up', 'not retained')
    expect(await peer.message()).toMatchObject({ payload: Buffer.from('not retained') })
    await fill('retained', -all)
  })

  test('a message for a session that is kept gets 0x97, one for others does not', async () => {
    const kept = await client(5, everything, { clean: false, properties: { sessionExpiryInterval: 100 } })
    await kept.subscribe('used/queue')
    const peer = await client(5)
    await fill('queued', all)
    expect(await peer.publish('used/queue', 'x', { qos: 1 })).toBe(0x97)
    expect(await peer.publish('used/queue', 'x', { qos: 2 })).toBe(0x97)
    expect(await peer.publish('used/else', 'x', { qos: 2 })).toBe(0)
    await fill('queued', -all)
    expect(await peer.publish('used/queue', 'y')).toBe(0)
    expect(await kept.message()).toMatchObject({ payload: Buffer.from('y') })
  })
})

test('while nothing can be stored there is no acknowledgement and no loss, and order is kept', async () => {
  const { redis } = world.services
  const kept = await client(5, everything, { clean: false, properties: { sessionExpiryInterval: 100 } })
  await kept.subscribe('outage/#')
  const peer = await client(5)
  const refusals = async () => Number(/errorstat_OOM:count=(\d+)/.exec(await redis.info('errorstats'))?.[1] ?? 0)
  const before = await refusals()
  await redis.config('SET', 'maxmemory', '1')
  const publish = (n: number) =>
    ({ cmd: 'publish', topic: `outage/${n}`, payload: '', qos: 1, dup: false, retain: false, messageId: n }) as const
  peer.send(publish(1), publish(2))
  await waitFor(async () => (await refusals()) >= before + 3)
  peer.send(publish(3))
  await redis.config('SET', 'maxmemory', '0')
  for (const messageId of [1, 2, 3])
    expect(await peer.next()).toMatchObject({ cmd: 'puback', messageId, reasonCode: 0 })
  for (const n of [1, 2, 3]) expect(await kept.message()).toMatchObject({ topic: `outage/${n}` })
})

describe('a subscriber that does not read', () => {
  const dropped = async () => {
    const { values } = await engine.engine.metrics.spaceDropped.get()
    return values.find(({ labels }) => labels.reason === 'slow-reader')?.value ?? 0
  }
  const payload = 'x'.repeat(60_000)

  test('gets no more messages with QoS 0 than it can be sent, and those that it reads again', async () => {
    const before = await dropped()
    const slow = await client(4)
    await slow.subscribe('slow/0')
    const quick = await client(4)
    await quick.subscribe('slow/1', { qos: 0 })
    slow.socket.pause()
    const publisher = await client(4)
    for (let n = 0; n < 2_000 && (await dropped()) === before; n++) {
      for (let i = 0; i < 20; i++) await publisher.publish('slow/0', payload, { qos: 0 })
      await publisher.publish('slow/1', 'round', { qos: 1 })
      await quick.message()
    }
    expect(await dropped()).toBeGreaterThan(before)
    slow.socket.resume()
    await waitFor(async () => {
      await publisher.publish('slow/0', 'again', { qos: 0 })
      const { payload: got } = await slow.message()
      return got.toString() === 'again'
    })
  }, 30_000)

  test('is cut off with QoS 1, whose messages are its own to take', async () => {
    const slow = await client(4)
    await slow.subscribe('cut/off')
    const gone = new Promise((resolve) => slow.socket.once('close', resolve))
    slow.socket.pause()
    const publisher = await client(4)
    const connections = async () => (await engine.engine.metrics.connections.get()).values[0]?.value ?? 0
    const before = await connections()
    await waitFor(
      async () => {
        for (let i = 0; i < 50; i++) await publisher.publish('cut/off', payload)
        return (await connections()) < before
      },
      { deadlineMs: 20_000 },
    )
    slow.socket.resume()
    await gone
  }, 30_000)
})
