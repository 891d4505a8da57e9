import { fuzzBudget, waitFor, watchProcess } from '@thingwire/testing'
import type { ServerRules } from '@thingwire/testing/mqtt-oracle'
import { expect, test } from 'vitest'
import { emptyCount, hostileClient } from '../../../testing/mqtt-fuzz.ts'
import { connectPacket, mqttEngineUnderTest, rawMqtt } from '../../../testing/raw-mqtt.ts'

const budget = fuzzBudget()
/** Half of them for the versions before 5. */
const packets = budget.packets / 2
const connectionsAtOnce = 60
const mostGrownBytes = 150_000_000

/** What the application of `mqttEngineUnderTest` says: it takes everything, and knows filters that begin with `v1/`. */
const rules: ServerRules = {
  maxRemainingLength: 65_536,
  topicAliasMaximum: 16,
  hasIdentifiers: false,
  connect: () => [0],
  publish: () => ({ codes: [0] }),
  subscribe: (filter, qos, level) => {
    if (filter.startsWith('v1/')) return [Math.min(qos, 1)]
    return level < 5 ? [0x80] : [filter.startsWith('$share/') ? 0x9e : 0x8f]
  },
  unsubscribe: (filter) => [filter.startsWith('v1/') ? 0x11 : 0x8f],
}

test.each([
  ['3.1 and 3.1.1', [3, 4], 40],
  ['5', [5], 55],
] as const)(
  'the protocol engine alone answers each mutated packet of version %s as the standard says, and keeps no neighbour waiting',
  { timeout: budget.timeoutMs },
  async (_name, levels, kindsOfFaults) => {
    await using watch = watchProcess()
    await using engine = await mqttEngineUnderTest()
    const neighbour = await rawMqtt(engine.port, 5)
    neighbour.send(connectPacket(5))
    expect(await neighbour.next()).toMatchObject({ cmd: 'connack', reasonCode: 0 })
    const count = emptyCount()
    const fuzz = { port: engine.port, rules, levels, userName: () => 'token' }
    let slowestMs = 0
    for (let seed = budget.seed; count.mutated < packets; seed += connectionsAtOnce) {
      const crowd = Array.from({ length: connectionsAtOnce }, (_, n) => hostileClient(fuzz, count, seed + n, n))
      const since = performance.now()
      neighbour.send({ cmd: 'pingreq' })
      expect(await neighbour.next()).toMatchObject({ cmd: 'pingresp' })
      slowestMs = Math.max(slowestMs, performance.now() - since)
      await Promise.all(crowd)
      // What was observed of them would grow with the run; the neighbour is the first.
      engine.faults.length = 0
      const others = engine.clients.splice(1)
      await waitFor(() => others.every(({ closed }) => closed.length === 1))
    }
    expect(watch.unexpected).toEqual([])
    expect(watch.grownBytes()).toBeLessThan(mostGrownBytes)
    expect(slowestMs).toBeLessThan(2_000)
    // A run that repeats one client meets what that client says.
    if (packets < 10_000) return
    expect(count.refused.size).toBeGreaterThan(kindsOfFaults)
    expect(count.taken.size).toBe(10)
    expect(count.incomplete).toBeGreaterThan(packets / 100)
  },
)
