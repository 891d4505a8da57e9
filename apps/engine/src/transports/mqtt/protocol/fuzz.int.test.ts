import { fuzzBudget, mutated, randomFrom, waitFor, watchProcess } from '@thingwire/testing'
import { generate, type Packet } from 'mqtt-packet'
import { expect, test } from 'vitest'
import { connectPacket, mqttEngineUnderTest, rawMqtt } from '../../../testing/raw-mqtt.ts'

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

const budget = fuzzBudget()
/** The first that is malformed ends the connection: few, so that most are read. */
const packetsOfConnection = 4
const connectionsAtOnce = 60
const mostGrownBytes = 150_000_000

/** Often the length is put right, so that the checks behind it are reached. */
const withRightLength = (bytes: Buffer): Buffer => {
  if (bytes.length >= 2) bytes[1] = Math.min(127, bytes.length - 2)
  return bytes
}

test.each([
  ['3.1 and 3.1.1', [3, 4]],
  ['5', [5]],
] as const)(
  'mutated packets of version %s hurt neither the engine nor a neighbour',
  { timeout: budget.timeoutMs },
  async (_name, versions) => {
    await using watch = watchProcess()
    await using engine = await mqttEngineUnderTest()
    const neighbour = await rawMqtt(engine.port, 5)
    neighbour.send(connectPacket(5))
    expect(await neighbour.next()).toMatchObject({ cmd: 'connack', reasonCode: 0 })
    const random = randomFrom(budget.seed)
    const seedsOfVersion = new Map(versions.map((version) => [version, seedsOf(version)]))
    let sent = 0
    const names = new Set<string>()
    const kinds = new Set<string>()
    let slowestMs = 0

    const hostile = async (version: 3 | 4 | 5) => {
      const { socket } = await rawMqtt(engine.port, version)
      const seeds = seedsOfVersion.get(version) ?? []
      const over = new Promise((resolve) => socket.once('close', resolve))
      // One in ten mutates its CONNECT too.
      const first = seeds[0] ?? Buffer.alloc(0)
      socket.write(random(10) === 0 ? mutated([first], random) : first)
      for (let n = 0; n < packetsOfConnection; n++) {
        const packet = mutated(seeds, random)
        socket.write(
          random(4) === 0 ? (seeds[random(seeds.length)] ?? first) : random(3) === 0 ? withRightLength(packet) : packet,
        )
        sent++
      }
      socket.end()
      await over
    }

    while (sent < budget.packets) {
      const crowd = Array.from({ length: connectionsAtOnce }, (_, n) => hostile(versions[n % versions.length] ?? 4))
      const since = performance.now()
      neighbour.send({ cmd: 'pingreq' })
      expect(await neighbour.next()).toMatchObject({ cmd: 'pingresp' })
      slowestMs = Math.max(slowestMs, performance.now() - since)
      await Promise.all(crowd)
      // What was observed of them would grow with the run; the neighbour is the first.
      for (const { name, message } of engine.faults.splice(0)) {
        names.add(name)
        kinds.add(message)
      }
      const others = engine.clients.splice(1)
      await waitFor(() => others.every(({ closed }) => closed.length === 1))
    }
    // All kinds of faults were met, and each was one that the engine knows.
    expect(kinds.size).toBeGreaterThan(20)
    expect([...names].filter((name) => name === 'TypeError' || name === 'RangeError')).toEqual([])
    expect(watch.unexpected).toEqual([])
    expect(watch.grownBytes()).toBeLessThan(mostGrownBytes)
    expect(slowestMs).toBeLessThan(2_000)
  },
)
