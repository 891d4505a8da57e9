import { waitFor } from '@thingwire/testing'
import type { Packet } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { publishDownlink } from '../../../attributes/device-downlink.ts'
import {
  acknowledge,
  connect,
  keys,
  kept,
  leave,
  publisher,
  untilAlone,
  world,
  useSessionBench,
} from '../../../testing/session-bench.ts'
import { startTestEngine } from '../../../testing/test-engine.ts'
import { everything } from '../../../testing/topic-space-world.ts'

useSessionBench()

describe('a session that is kept', () => {
  test.each([3, 4, 5] as const)('version %i: subscriptions and messages wait for the client', async (version) => {
    const device = await world.device(everything)
    const first = await connect(device, version)
    expect(first.connack).toMatchObject({ cmd: 'connack', sessionPresent: false })
    expect(await first.subscribe('wait/#')).toEqual([2])
    await leave(first)
    const other = await publisher()
    await other.publish('wait/0', 'not kept', { qos: 0 })
    await other.publish('wait/1', 'one', { qos: 1 })
    await other.publish('wait/2', 'two', { qos: 2 })
    const second = await connect(device, version)
    // 3.1 has no place to say it.
    expect(second.connack).toMatchObject({ cmd: 'connack', sessionPresent: version > 3 })
    expect(await second.message()).toMatchObject({ topic: 'wait/1', payload: Buffer.from('one'), qos: 1, dup: false })
    expect(await second.message()).toMatchObject({ topic: 'wait/2', payload: Buffer.from('two'), qos: 2, dup: false })
    await other.publish('wait/3', 'live', { qos: 0 })
    expect(await second.message()).toMatchObject({ topic: 'wait/3', qos: 0 })
  })

  test('[MQTT-4.4.0-1] what was not acknowledged comes again, with its identifier and DUP', async () => {
    const device = await world.device(everything)
    const first = await connect(device)
    await first.subscribe('again/#')
    const other = await publisher()
    for (const text of ['a', 'b', 'c']) await other.publish('again/1', text)
    const sent = [await first.message(), await first.message(), await first.message()]
    acknowledge(first, sent[1]?.messageId)
    await first.nothing()
    first.socket.destroy()
    await untilAlone(device)
    await other.publish('again/1', 'd')
    const second = await connect(device)
    for (const index of [0, 2])
      expect(await second.message()).toMatchObject({
        payload: sent[index]?.payload,
        messageId: sent[index]?.messageId,
        dup: true,
      })
    expect(await second.message()).toMatchObject({ payload: Buffer.from('d'), dup: false })
    await second.nothing()
  })

  test('a QoS 2 message that the client has goes on with PUBREL', async () => {
    const device = await world.device(everything)
    const first = await connect(device)
    await first.subscribe('half/#')
    const other = await publisher()
    await other.publish('half/1', 'x', { qos: 2 })
    const { messageId = 0 } = await first.message()
    first.send({ cmd: 'pubrec', messageId, reasonCode: 0 })
    expect(await first.next()).toMatchObject({ cmd: 'pubrel', messageId })
    first.socket.destroy()
    const second = await connect(device)
    expect(await second.next()).toMatchObject({ cmd: 'pubrel', messageId })
    second.send({ cmd: 'pubcomp', messageId, reasonCode: 0 })
    await second.nothing()
    await leave(second)
    const third = await connect(device)
    await third.nothing()
  })

  test('a QoS 2 publish of the client counts once, however often it comes', async () => {
    const device = await world.device(everything)
    const listener = await publisher()
    await listener.subscribe('once/#', { qos: 0 })
    const packet: Packet = {
      cmd: 'publish',
      topic: 'once/1',
      payload: 'x',
      qos: 2,
      dup: false,
      retain: false,
      messageId: 77,
    }
    const first = await connect(device)
    first.send(packet)
    expect(await first.next()).toMatchObject({ cmd: 'pubrec', messageId: 77 })
    first.socket.destroy()
    const second = await connect(device)
    second.send({ ...packet, dup: true })
    expect(await second.next()).toMatchObject({ cmd: 'pubrec', messageId: 77 })
    second.send({ cmd: 'pubrel', messageId: 77 })
    expect(await second.next()).toMatchObject({ cmd: 'pubcomp', messageId: 77, reasonCode: 0 })
    expect(await listener.message()).toMatchObject({ topic: 'once/1' })
    await listener.nothing()
    second.send({ ...packet, payload: 'y' })
    expect(await second.next()).toMatchObject({ cmd: 'pubrec', messageId: 77 })
    expect(await listener.message()).toMatchObject({ payload: Buffer.from('y') })
  })

  test('telemetry with QoS 2 counts once too', async () => {
    const device = await world.device(null)
    const packet: Packet = {
      cmd: 'publish',
      topic: 'v1/devices/me/telemetry',
      payload: '{"a":1}',
      qos: 2,
      dup: false,
      retain: false,
      messageId: 5,
    }
    const first = await connect(device)
    first.send(packet)
    expect(await first.next()).toMatchObject({ cmd: 'pubrec', messageId: 5 })
    first.socket.destroy()
    const second = await connect(device)
    second.send({ ...packet, dup: true }, { cmd: 'pubrel', messageId: 5 })
    expect(await second.next()).toMatchObject({ cmd: 'pubrec', messageId: 5 })
    expect(await second.next()).toMatchObject({ cmd: 'pubcomp', messageId: 5, reasonCode: 0 })
  })

  test('subscriptions of the device API are kept as well, and updates of attributes wait', async () => {
    const device = await world.device(null)
    const first = await connect(device, 4)
    await first.subscribe('v1/devices/me/attributes', { qos: 1 })
    await leave(first)
    const second = await connect(device, 4)
    expect(second.connack).toMatchObject({ sessionPresent: true })
    const update = (values: Record<string, unknown>) =>
      publishDownlink(world.services.redis, {
        tenantId: world.tenant.tenantId,
        deviceId: device.id,
        scope: 'SHARED_SCOPE',
        values,
      })
    await update({ limit: 1 })
    const attributes = { topic: 'v1/devices/me/attributes', qos: 1 }
    const message = await second.message()
    expect(message).toMatchObject({ ...attributes, payload: Buffer.from('{"limit":1}') })
    second.socket.destroy()
    await untilAlone(device)
    await update({ limit: 2 })
    const third = await connect(device, 4)
    expect(await third.message()).toMatchObject({ ...attributes, dup: true, messageId: message.messageId })
    expect(await third.message()).toMatchObject({ ...attributes, dup: false, payload: Buffer.from('{"limit":2}') })
    await third.nothing()
  })

  test('a subscription that the profile does not allow any more is gone, with what waited for it', async () => {
    const device = await world.device(everything)
    const first = await connect(device)
    await first.subscribe('allowed/#')
    await first.subscribe('forbidden/#')
    await leave(first)
    const other = await publisher()
    await other.publish('forbidden/1', 'x')
    await other.publish('allowed/1', 'x')
    await world.changeRights(device, { publishFilters: [], subscribeFilters: ['allowed/#'] })
    await waitFor(async () => {
      const second = await connect(device)
      const message = await second.message()
      return message.topic === 'allowed/1'
    })
  })

  test('has room for so many messages; the newest are not for it, and nobody else is hurt', async () => {
    const device = await world.device(everything)
    const first = await connect(device)
    await first.subscribe('many/#')
    await leave(first)
    const other = await publisher()
    const listener = await publisher()
    await listener.subscribe('many/last', { qos: 0 })
    for (let n = 0; n < 1_010; n++)
      other.send({
        cmd: 'publish',
        topic: `many/${n}`,
        payload: '',
        qos: 1,
        dup: false,
        retain: false,
        messageId: n + 1,
      })
    for (let n = 0; n < 1_010; n++) expect(await other.next()).toMatchObject({ cmd: 'puback', reasonCode: 0 })
    await other.publish('many/last', '')
    expect(await listener.message()).toMatchObject({ topic: 'many/last' })
    const second = await connect(device)
    for (let n = 0; n < 1_000; n++) {
      const message = await second.message()
      expect(message.topic).toBe(`many/${n}`)
      acknowledge(second, message.messageId)
    }
    await second.nothing()
  }, 30_000)

  test('belongs to the name that the server gave', async () => {
    const device = await world.device(everything)
    const nameless = { ...kept, clean: true, clientId: '' }
    const first = await connect(device, 5, nameless)
    const properties = first.connack?.cmd === 'connack' ? first.connack.properties : undefined
    const clientId = properties?.assignedClientIdentifier ?? ''
    expect(clientId).not.toBe('')
    await first.subscribe('named/#')
    await leave(first)
    expect((await connect(device, 5, { ...kept, clientId })).connack).toMatchObject({ sessionPresent: true })
  })

  test('[MQTT-3.3.2-5] messages that went out of date meanwhile do not come, others with what is left', async () => {
    const device = await world.device(everything)
    const first = await connect(device)
    await first.subscribe('dated/#')
    await leave(first)
    const other = await publisher()
    await other.publish('dated/short', 'x', { properties: { messageExpiryInterval: 1 } })
    await other.publish('dated/long', 'x', { properties: { messageExpiryInterval: 1_000 } })
    const [session = ''] = (await keys()).filter((key) => key.includes(device.id) && key.endsWith(':queue'))
    expect(await world.services.redis.xlen(session)).toBe(2)
    const published = Date.now()
    await waitFor(() => Date.now() - published > 1_100)
    const second = await connect(device)
    const { topic, properties } = await second.message()
    expect(topic).toBe('dated/long')
    expect(properties?.messageExpiryInterval).toBeLessThan(1_000)
    expect(properties?.messageExpiryInterval).toBeGreaterThan(900)
    await second.nothing()
  })

  test('waits for a client with a small receive maximum', async () => {
    const device = await world.device(everything)
    const small = { ...kept, properties: { sessionExpiryInterval: 3_600, receiveMaximum: 2 } }
    const first = await connect(device, 5, small)
    await first.subscribe('small/#')
    const other = await publisher()
    for (let n = 0; n < 5; n++) await other.publish(`small/${n}`, '')
    const [one, two] = [await first.message(), await first.message()]
    await first.nothing()
    acknowledge(first, two.messageId)
    expect(await first.message()).toMatchObject({ topic: 'small/2' })
    acknowledge(first, one.messageId)
    expect(await first.message()).toMatchObject({ topic: 'small/3' })
  })
})

describe('the end of a session', () => {
  test('a clean start, and nothing of it is left', async () => {
    const before = await keys()
    const device = await world.device(everything)
    const first = await connect(device)
    await first.subscribe('clean/#')
    await leave(first)
    const other = await publisher()
    await other.publish('clean/1', 'x')
    const second = await connect(device, 5, { clean: true, clientId: 'kept' })
    expect(second.connack).toMatchObject({ sessionPresent: false })
    await second.nothing()
    await other.publish('clean/1', 'x')
    await second.nothing()
    expect((await keys()).filter((key) => !before.includes(key))).toEqual([])
  })

  test('its time, as CONNECT or DISCONNECT say', async () => {
    const device = await world.device(everything)
    const first = await connect(device, 5, { ...kept, properties: { sessionExpiryInterval: 1 } })
    await first.subscribe('short/#')
    await leave(first)
    await waitFor(async () => {
      const next = await connect(device, 5, { ...kept, properties: { sessionExpiryInterval: 1 } })
      const isPresent = next.connack?.cmd === 'connack' && next.connack.sessionPresent
      if (isPresent) await leave(next, { properties: { sessionExpiryInterval: 0 } })
      return !isPresent
    })
    const last = await connect(device)
    await leave(last, { reasonCode: 0, properties: { sessionExpiryInterval: 0 } })
    expect((await connect(device)).connack).toMatchObject({ sessionPresent: false })
  })

  test('time that is over is over without anybody coming', async () => {
    const before = (await keys()).length
    const device = await world.device(everything)
    const first = await connect(device, 5, { ...kept, properties: { sessionExpiryInterval: 1 } })
    await first.subscribe('swept/#')
    await leave(first)
    await waitFor(async () => (await keys()).length <= before)
  })

  test('the longest time is told', async () => {
    const device = await world.device(everything)
    const peer = await connect(device, 5, { ...kept, properties: { sessionExpiryInterval: 0xffff_ffff } })
    expect(peer.connack).toMatchObject({ properties: { sessionExpiryInterval: 7 * 24 * 3_600 } })
  })

  test('the device is deleted', async () => {
    const device = await world.device(everything)
    const first = await connect(device)
    await first.subscribe('deleted/#')
    await leave(first)
    const { scope, tenantId } = world.tenant
    await world.services.db.devices.delete(scope, device.id)
    await world.services.redis.publish('tw:invalidate', JSON.stringify({ kind: 'device', tenantId, id: device.id }))
    await waitFor(async () => (await keys()).every((key) => !key.includes(device.id)))
  })

  test('a device has only so many', async () => {
    const device = await world.device(everything)
    for (let n = 0; n < 16; n++) await leave(await connect(device, 5, { ...kept, clientId: `kept-${n}` }))
    const full = await connect(device, 5, { ...kept, clientId: 'one-too-many' })
    expect(full.connack).toMatchObject({ sessionPresent: false, properties: { sessionExpiryInterval: 0 } })
    expect(await full.subscribe('full/#')).toEqual([2])
  })
})

test('a kept session, its queue and its place in it outlive the engine', async () => {
  const device = await world.device(everything)
  const old = await startTestEngine(world.services)
  const first = await connect(device, 5, kept, old)
  await first.subscribe('restart/#')
  await first.subscribe('v1/devices/me/attributes', { qos: 1 })
  const other = await publisher(old)
  await other.publish('restart/1', 'a')
  await other.publish('restart/1', 'b', { retain: true })
  const unacknowledged = await first.message()
  await old.stop(Date.now() + 3_000)
  await using restarted = await startTestEngine(world.services)
  const second = await connect(device, 5, kept, restarted)
  expect(second.connack).toMatchObject({ sessionPresent: true })
  expect(await second.message()).toMatchObject({
    payload: Buffer.from('a'),
    messageId: unacknowledged.messageId,
    dup: true,
  })
  expect(await second.message()).toMatchObject({ payload: Buffer.from('b') })
  const again = await publisher(restarted)
  await again.publish('restart/2', 'c')
  expect(await second.message()).toMatchObject({ payload: Buffer.from('c'), dup: false })
})
