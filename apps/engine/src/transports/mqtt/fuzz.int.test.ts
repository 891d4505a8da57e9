import { createHash } from 'node:crypto'
import { fuzzBudget, watchProcess } from '@thingwire/testing'
import type { ServerRules } from '@thingwire/testing/mqtt-oracle'
import { expect, test } from 'vitest'
import { emptyCount, hostileClient } from '../../testing/mqtt-fuzz.ts'
import { connectPacket, rawMqtt } from '../../testing/raw-mqtt.ts'
import { startTestEngine, startTestServices } from '../../testing/test-engine.ts'

const budget = fuzzBudget()
/** What the packets of the test in `protocol/` reach without the devices behind them is tested there. */
const packets = Math.ceil(budget.packets / 10)
const connectionsAtOnce = 40
const mostGrownBytes = 200_000_000
// Far from each other, so that no mutation makes one the other: two connections of one device would end each other.
const tokens = Array.from({ length: connectionsAtOnce }, (_, n) => createHash('sha1').update(`${n}`).digest('hex'))

/** What the API of devices says to one without a topic space. Before version 5 an unreadable payload ends the connection. */
const rules: ServerRules = {
  maxRemainingLength: 65_536,
  topicAliasMaximum: 16,
  hasIdentifiers: false,
  connect: ({ level, clientId, isClean, userName }) => {
    if (level < 5 && clientId === '' && !isClean) return [2]
    if (userName !== null && tokens.includes(userName)) return [0]
    // Refused by what was offered; a mutation rarely leaves a name that is somebody's.
    return level === 5 ? [0x85, 0x86, 0x87] : [2, 5]
  },
  publish: ({ topic, payload, level }) => {
    if (topic !== 'v1/devices/me/telemetry' && topic !== 'v1/devices/me/attributes') return { codes: [0x90] }
    const text = Buffer.from(payload).toString('utf8')
    if (text === '{"a":1}') return { codes: [0] }
    const refused = level === 5 ? { codes: [0x99] } : { codes: [], closes: [0x99] }
    const isHopeless = text === '' || text === '[' || text.startsWith('xx')
    return isHopeless ? refused : { ...refused, codes: [0, ...refused.codes] }
  },
  subscribe: (filter, qos, level) => {
    if (filter === 'v1/devices/me/attributes') return [Math.min(qos, 1)]
    return level < 5 ? [0x80] : [filter.startsWith('$share/') ? 0x9e : 0x8f]
  },
  unsubscribe: (filter) => (filter === 'v1/devices/me/attributes' ? [0, 0x11] : [0x8f]),
}

test('the whole transport with its devices answers each mutated packet as standard and contract say', {
  timeout: budget.timeoutMs,
}, async () => {
  await using services = await startTestServices()
  const { db, tenant } = services
  for (const [n, accessToken] of tokens.entries())
    await db.devices.save(tenant.scope, { name: `Hostile ${n}` }, { accessToken })
  await using engine = await startTestEngine(services, {
    ENGINE_ROLES: 'gateway',
    DEVICE_BAN_FAILURES: '0',
    // Nobody takes messages out of the queue here, and a million packets leave more than a site lets wait.
    QUEUE_MAX_PENDING: '10000000',
  })
  const port = engine.ports.mqtt ?? 0
  const neighbour = await rawMqtt(port, 5)
  neighbour.send(connectPacket(5, { username: tenant.token }))
  expect(await neighbour.next()).toMatchObject({ cmd: 'connack', reasonCode: 0 })
  await using watch = watchProcess()
  const count = emptyCount()
  const fuzz = {
    port,
    rules,
    levels: [3, 4, 5, 5],
    userName: (n: number) => tokens[n % tokens.length] ?? '',
    // A client that comes back would find the session it left, and one with another's id that of the other.
    hasOwnIds: true,
  } as const
  let slowestMs = 0
  for (let seed = budget.seed; count.mutated < packets; seed += connectionsAtOnce) {
    // Who says it follows from the seed, so that a seed alone brings a failure back.
    const crowd = Array.from({ length: connectionsAtOnce }, (_, n) => hostileClient(fuzz, count, seed + n, seed + n))
    const since = performance.now()
    neighbour.send({
      cmd: 'publish',
      topic: 'v1/devices/me/telemetry',
      payload: '{"alive":true}',
      qos: 1,
      messageId: 1,
      dup: false,
      retain: false,
    })
    expect(await neighbour.next()).toMatchObject({ cmd: 'puback', messageId: 1 })
    slowestMs = Math.max(slowestMs, performance.now() - since)
    await Promise.all(crowd)
  }
  expect(watch.unexpected).toEqual([])
  expect(watch.grownBytes()).toBeLessThan(mostGrownBytes)
  expect(slowestMs).toBeLessThan(3_000)
  if (budget.packets >= 10_000) expect(count.refused.size).toBeGreaterThan(40)
})
