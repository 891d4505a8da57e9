import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectPacket } from '../../../testing/raw-mqtt.ts'
import { type BrokerUnderTest, brokerUnderTest } from './broker-under-test.ts'
import { publishPacket, subscribe } from './exchanges.ts'
import { hexText } from './hex.ts'

let broker: BrokerUnderTest
beforeAll(async () => {
  broker = await brokerUnderTest()
})
afterAll(() => broker[Symbol.asyncDispose]())

/** What the two versions say alike; the packets in which they differ are in the files of the versions. */
describe.each([4, 5] as const)('packets of version %i', (version) => {
  test('[MQTT-3.1.4-5 v3] [MQTT-3.1.4-6 v5] what follows a refused CONNECT is not carried out', async () => {
    const place = `refused/${randomUUID()}`
    const watcher = await broker.client(version)
    await subscribe(watcher, place, 0)
    const peer = await broker.socket(version)
    peer.send(connectPacket(version, { username: 'nobody' }), publishPacket(place, 'x', 1))
    await peer.expect({ cmd: 'connack', sessionPresent: false })
    await peer.expectEnd()
    await watcher.expectSilence()
    await watcher.leave()
  })

  test.each(['a', 'abcdefghijklmnopqrstuvw', '0123456789ABCDEFGHIJXYZ'])(
    '[MQTT-3.1.3-5 v3] [MQTT-3.1.3-5 v5] takes the client id %s',
    async (clientId) => {
      const peer = await broker.client(version, { clientId })
      expect(peer.connack).not.toHaveProperty('properties.assignedClientIdentifier')
      await peer.leave()
    },
  )

  test('[MQTT-3.12.4-1 v3] [MQTT-3.12.4-1 v5] PINGREQ is answered with PINGRESP', async () => {
    const peer = await broker.client(version)
    peer.send({ cmd: 'pingreq' }, { cmd: 'pingreq' })
    await peer.expect({ cmd: 'pingresp' })
    await peer.expect({ cmd: 'pingresp' })
    await peer.leave()
  })

  test('[MQTT-7.1.1-1 v3] [MQTT-4.2-1 v5] packets may be cut and joined at any byte', async () => {
    const peer = await broker.client(version)
    for (const byte of Buffer.from('c000c000c000', 'hex')) peer.socket.write(Buffer.from([byte]))
    for (let n = 0; n < 3; n++) await peer.expect({ cmd: 'pingresp' })
    await peer.leave()
  })

  test('a filter of 65,000 bytes is taken, and answers', async () => {
    const peer = await broker.client(version)
    peer.sendHex(`82 0001 ${version === 5 ? '00' : ''} ${hexText('x'.repeat(65_000))} 00`)
    const suback = await peer.expect({ cmd: 'suback' })
    expect(suback).toHaveProperty('granted.length', 1)
    await peer.leave()
  })
})
