import { expect, test } from 'vitest'
import { connectPacket, rawMqtt } from '../../testing/raw-mqtt.ts'
import { startTestEngine, startTestServices } from '../../testing/test-engine.ts'

test('clients without credentials are members of the topic space of one tenant, where that is set', async () => {
  await using services = await startTestServices()
  const { tenant } = services
  const nameless = { cmd: 'connect', protocolId: 'MQTT', clean: true, keepalive: 0 } as const
  {
    await using closed = await startTestEngine(services)
    const peer = await rawMqtt(closed.ports.mqtt ?? 0, 4)
    peer.send({ ...nameless, protocolVersion: 4, clientId: 'a' })
    expect(await peer.next()).toMatchObject({ cmd: 'connack', returnCode: 2 })
  }
  await using engine = await startTestEngine(services, { MQTT_ANONYMOUS_TENANT: tenant.tenantId })
  const port = engine.ports.mqtt ?? 0
  const one = await rawMqtt(port, 4)
  one.send(
    { ...nameless, protocolVersion: 4, clientId: 'a' },
    { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'here/#', qos: 0 }] },
  )
  expect(await one.next()).toMatchObject({ cmd: 'connack', returnCode: 0 })
  expect(await one.next()).toMatchObject({ cmd: 'suback', granted: [0] })
  const other = await rawMqtt(port, 5)
  other.send(
    { ...nameless, protocolVersion: 5, clientId: 'b' },
    { cmd: 'publish', topic: 'here/x', payload: 'y', qos: 0, dup: false, retain: false },
  )
  expect(await other.next()).toMatchObject({ cmd: 'connack', reasonCode: 0 })
  expect(await one.next()).toMatchObject({ cmd: 'publish', topic: 'here/x' })
  // They are no devices, and a name is still looked at.
  other.send({
    cmd: 'publish',
    topic: 'v1/devices/me/telemetry',
    payload: '{"a":1}',
    qos: 1,
    messageId: 2,
    dup: false,
    retain: false,
  })
  expect(await other.next()).toMatchObject({ cmd: 'puback', reasonCode: 0x90 })
  const wrong = await rawMqtt(port, 4)
  wrong.send(connectPacket(4, { username: 'nobody' }))
  expect(await wrong.next()).toMatchObject({ cmd: 'connack', returnCode: 5 })
  for (const peer of [one, other, wrong]) peer.socket.destroy()
})
