import { waitFor } from '@thingwire/testing'
import { generate, type Packet } from 'mqtt-packet'
import { expect, test } from 'vitest'
import { connectPacket, mqttEngineUnderTest, rawMqtt } from '../../../testing/raw-mqtt.ts'

/** Numbers that are the same in each run (mulberry32). */
const randomFrom = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
type Random = ReturnType<typeof randomFrom>

const wellFormed: Packet[] = [
  {
    cmd: 'publish',
    topic: 'v1/devices/me/telemetry',
    payload: '{"a":1}',
    qos: 1,
    messageId: 7,
    dup: false,
    retain: false,
  },
  { cmd: 'publish', topic: 't', payload: Buffer.alloc(300), qos: 2, messageId: 8, dup: true, retain: true },
  { cmd: 'publish', topic: 'é', payload: '', qos: 0, dup: false, retain: false },
  {
    cmd: 'subscribe',
    messageId: 2,
    subscriptions: [
      { topic: 'v1/a', qos: 1 },
      { topic: '+/#', qos: 2 },
    ],
  },
  { cmd: 'unsubscribe', messageId: 3, unsubscriptions: ['v1/a', 'b'] },
  { cmd: 'puback', messageId: 1 },
  { cmd: 'pubrec', messageId: 1 },
  { cmd: 'pubrel', messageId: 8 },
  { cmd: 'pubcomp', messageId: 1 },
  { cmd: 'pingreq' },
  { cmd: 'disconnect' },
]

const withProperties: Packet[] = [
  {
    cmd: 'publish',
    topic: 't',
    payload: 'x',
    qos: 1,
    messageId: 9,
    dup: false,
    retain: false,
    properties: {
      topicAlias: 2,
      contentType: 'text',
      responseTopic: 'r',
      userProperties: { a: 'b' },
      messageExpiryInterval: 4,
    },
  },
  { cmd: 'disconnect', reasonCode: 4, properties: { reasonString: 'bye' } },
  { cmd: 'auth', reasonCode: 0x18, properties: { authenticationMethod: 'm', authenticationData: Buffer.from('d') } },
]

const seedsOf = (version: 3 | 4 | 5): Buffer[] => [
  generate(
    connectPacket(version, {
      password: Buffer.from('p'),
      will: { topic: 'w', payload: Buffer.from('x'), qos: 1, retain: false },
    }),
  ),
  ...[...wellFormed, ...(version === 5 ? withProperties : [])].map((packet) =>
    generate(packet, { protocolVersion: version }),
  ),
]

const mutated = (seed: Buffer, random: Random): Buffer => {
  let bytes = Buffer.from(seed)
  for (let changes = 1 + random(3); changes > 0; changes--) {
    const at = random(Math.max(1, bytes.length))
    switch (random(5)) {
      case 0:
        bytes[at] = random(256)
        break
      case 1:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
        break
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([random(256)]), bytes.subarray(at)])
        break
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)])
        break
      default:
        // Often the length stays right, so that the checks behind it are reached.
        bytes[Math.min(at, 1)] = Math.max(0, Math.min(127, bytes.length - 2))
    }
  }
  return bytes
}

const packetsInAll = 50_000
const packetsOfConnection = 25

test('mutated packets hurt neither the engine nor a neighbour', async () => {
  const unexpected: unknown[] = []
  const note = (error: unknown) => unexpected.push(error)
  process.on('uncaughtExceptionMonitor', note)
  process.on('unhandledRejection', note)
  await using engine = await mqttEngineUnderTest()
  const neighbour = await rawMqtt(engine.port, 5)
  neighbour.send(connectPacket(5))
  expect(await neighbour.next()).toMatchObject({ cmd: 'connack', reasonCode: 0 })
  const random = randomFrom(20_261_121)
  let sent = 0
  let pings = 0

  const hostile = async (version: 3 | 4 | 5) => {
    const { socket } = await rawMqtt(engine.port, version)
    const seeds = seedsOf(version)
    const over = new Promise((resolve) => socket.once('close', resolve))
    // One in ten mutates its CONNECT too.
    const first = seeds[0] ?? Buffer.alloc(0)
    socket.write(random(10) === 0 ? mutated(first, random) : first)
    for (let n = 0; n < packetsOfConnection; n++) {
      const seed = seeds[random(seeds.length)] ?? first
      socket.write(random(4) === 0 ? seed : mutated(seed, random))
      sent++
    }
    socket.end()
    await over
  }

  while (sent < packetsInAll) {
    await Promise.all(Array.from({ length: 30 }, (_, n) => hostile(([3, 4, 5] as const)[n % 3] ?? 4)))
    neighbour.send({ cmd: 'pingreq' })
    expect(await neighbour.next()).toMatchObject({ cmd: 'pingresp' })
    pings++
  }
  expect(pings).toBeGreaterThan(50)
  // All kinds of faults were met, and each was one that the engine knows.
  expect(new Set(engine.faults.map(({ message }) => message)).size).toBeGreaterThan(25)
  expect(engine.faults.filter(({ name }) => name === 'TypeError' || name === 'RangeError')).toEqual([])
  const others = engine.clients.slice(1)
  await waitFor(() => others.every(({ closed }) => closed.length === 1))
  expect(unexpected).toEqual([])
  process.off('uncaughtExceptionMonitor', note)
  process.off('unhandledRejection', note)
}, 120_000)
