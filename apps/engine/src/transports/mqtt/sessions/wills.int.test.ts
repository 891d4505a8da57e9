import { randomUUID } from 'node:crypto'
import { waitFor } from '@thingwire/testing'
import { describe, expect, test } from 'vitest'
import { connect, keys, kept, leave, publisher, world, useSessionBench } from '../../../testing/session-bench.ts'
import { everything } from '../../../testing/topic-space-world.ts'

useSessionBench()

describe('a will', () => {
  const will = (topic: string, more = {}) => ({
    clean: true,
    clientId: 'mortal',
    will: { topic, payload: Buffer.from('gone'), qos: 1 as const, retain: false, ...more },
  })

  test.each([4, 5] as const)('version %i: comes when the client vanishes, with its properties', async (version) => {
    const listener = await publisher()
    await listener.subscribe(`will/${version}`)
    const properties = version === 5 ? { properties: { contentType: 'text/plain', messageExpiryInterval: 100 } } : {}
    const mortal = await connect(
      await world.device(everything),
      version,
      will(`will/${version}`, { retain: true, ...properties }),
    )
    mortal.socket.destroy()
    const message = await listener.message()
    expect(message).toMatchObject({
      topic: `will/${version}`,
      payload: Buffer.from('gone'),
      qos: 1,
      retain: false,
      ...properties,
    })
    const later = await publisher()
    await later.subscribe(`will/${version}`)
    expect(await later.message()).toMatchObject({ retain: true })
  })

  test('stays away when the client says goodbye, unless it says otherwise', async () => {
    const listener = await publisher()
    await listener.subscribe('will/goodbye', { qos: 0 })
    await leave(await connect(await world.device(everything), 5, will('will/goodbye')))
    await leave(
      await connect(await world.device(everything), 5, will('will/goodbye', { payload: Buffer.from('all the same') })),
      { reasonCode: 4 },
    )
    expect(await listener.message()).toMatchObject({ payload: Buffer.from('all the same') })
    await listener.nothing()
  })

  test('[MQTT-3.1.3-9] waits for its delay, and is forgotten when the client is back in time', async () => {
    const listener = await publisher()
    await listener.subscribe('will/delay', { qos: 0 })
    const patient = await world.device(everything)
    const hasty = await world.device(everything)
    const delayed = (payload: string, willDelayInterval: number) => ({
      ...will('will/delay', { payload: Buffer.from(payload), properties: { willDelayInterval } }),
      clean: false,
      properties: { sessionExpiryInterval: 600 },
    })
    const first = await connect(patient, 5, delayed('back in time', 1))
    const second = await connect(hasty, 5, delayed('too late', 1))
    first.socket.destroy()
    second.socket.destroy()
    await waitFor(async () => (await world.services.redis.zcard('tw:mqtt:wills')) === 2)
    const back = await connect(patient, 5, { ...kept, clientId: 'mortal' })
    expect(back.connack).toMatchObject({ sessionPresent: true })
    expect(await listener.message()).toMatchObject({ payload: Buffer.from('too late') })
    await listener.nothing()
  })

  test('comes at the end of the session, however long its delay', async () => {
    const listener = await publisher()
    await listener.subscribe('will/end', { qos: 0 })
    const options = {
      ...will('will/end', { properties: { willDelayInterval: 600 } }),
      properties: { sessionExpiryInterval: 1 },
    }
    const mortal = await connect(await world.device(everything), 5, options)
    mortal.socket.destroy()
    expect(await listener.message()).toMatchObject({ topic: 'will/end' })
  })

  test('of a node that died is published by another', async () => {
    const listener = await publisher()
    await listener.subscribe('will/node', { qos: 0 })
    const device = await world.device(everything)
    await connect(device, 5, { ...will('will/node'), properties: { sessionExpiryInterval: 100 } })
    const { redis } = world.services
    const [session = ''] = (await keys()).filter((key) => key.includes(device.id) && /\.[\w-]+$/.test(key))
    const dead = randomUUID()
    await redis.hset(session, 'node', dead)
    await redis.sadd(`tw:mqtt:owned:${dead}`, session.replace('tw:mqtt:session:', ''))
    await redis.zadd('tw:mqtt:owners', 0, dead)
    expect(await listener.message()).toMatchObject({ topic: 'will/node' })
    await waitFor(async () => (await redis.zscore('tw:mqtt:owners', dead)) === null)
    expect(await redis.hexists(session, 'owner')).toBe(0)
  })

  test('that may not be published is none', async () => {
    const listener = await publisher()
    await listener.subscribe('#', { qos: 0, rh: 2 })
    const device = await world.device({ publishFilters: ['mine'], subscribeFilters: [] })
    const mortal = await connect(device, 5, will('theirs'))
    expect(await mortal.publish('mine', 'x')).toBe(0)
    expect(await listener.message()).toMatchObject({ topic: 'mine' })
    await leave(mortal, { reasonCode: 4 })
    await leave(await connect(device, 5, will('mine')), { reasonCode: 4 })
    expect(await listener.message()).toMatchObject({ topic: 'mine', payload: Buffer.from('gone') })
  })
})
