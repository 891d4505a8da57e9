import { join } from 'node:path'
import type { ProvisionedDevice } from '../../scripts/simulate/platform.ts'
import type { BenchContext, Figure } from '../harness/bench.ts'
import { createHistogram, type Histogram, record, summary } from '../harness/histogram.ts'
import { loadProcess } from '../harness/load-process.ts'
import { cpuSeconds } from '../harness/processes.ts'
import type { BenchStack } from '../harness/stack.ts'
import { grouped } from '../harness/table.ts'
import { openCrowd } from './crowd.ts'
import type { SendPlan, SendReport } from './sender.ts'
import { untilQuiet } from './until-quiet.ts'

/** Who sends how much, and who looks at it: every socket looks at so many devices, one after the other of all. */
type Scene = { devices: number; rate: number; sockets: number; subscriptions: number }

/** As P6 has it: 1,000 messages a second of devices of which each has one that looks at it. */
const screens: Scene = { devices: 200, rate: 1_000, sockets: 20, subscriptions: 10 }
/** 120 messages a second, each of which goes to 500 sockets: more than the goal, since what is offered cannot be exceeded. */
const fanOut: Scene = { devices: 10, rate: 120, sockets: 500, subscriptions: 10 }
const goals = { p99Ms: 150, deliveries: 50_000 }

type Input = {
  stack: BenchStack
  devices: readonly ProvisionedDevice[]
  ids: readonly string[]
  token: string
  seconds: number
  context: BenchContext
}

type Told = {
  sent: number
  behindMs: number
  deliveries: number
  missing: number
  deliveriesPerSecond: number
  latency: ReturnType<typeof summary>
  cpuShare: number
}

const play = async (scene: Scene, { stack, devices, ids, token, seconds, context }: Input): Promise<Told> => {
  const { signal } = context
  const pid = stack.pids.gateway ?? -1
  const some = devices.slice(0, scene.devices)
  const crowd = openCrowd()
  try {
    await crowd.open(scene.sockets, { url: stack.httpUrl, token, signal }, (socket) =>
      Array.from({ length: scene.subscriptions }, (_, n) => ({
        type: 'TIMESERIES',
        cmdId: n + 1,
        entityType: 'DEVICE',
        entityId: ids[(socket * scene.subscriptions + n) % scene.devices],
        keys: 'load',
      })),
    )
    const latency: Histogram = createHistogram()
    let deliveries = 0
    crowd.onUpdate((_, sentMs) => {
      deliveries++
      record(latency, Math.max(0, Date.now() - sentMs) * 1_000)
    })
    const quiet = () => untilQuiet(() => deliveries, signal)
    const plan = { mqttPort: stack.mqttPort, tokens: some.map((device) => device.token), rate: scene.rate }
    const file = join(import.meta.dirname, 'sender.ts')
    // What is compiled in the first second is no part of the figure.
    await loadProcess<SendPlan, SendReport>(file, { ...plan, ms: 2_000 }, signal)
    await quiet()
    Object.assign(latency, createHistogram())
    deliveries = 0
    const [began, cpu] = [performance.now(), cpuSeconds(pid)]
    const { sent, behindMs } = await loadProcess<SendPlan, SendReport>(file, { ...plan, ms: seconds * 1_000 }, signal)
    const took = (performance.now() - began) / 1_000
    const cpuShare = Number(((cpuSeconds(pid) - cpu) / took).toFixed(2))
    const expected = (sent * scene.sockets * scene.subscriptions) / scene.devices
    await quiet()
    return {
      sent,
      behindMs,
      deliveries,
      // A socket that is behind is told only the newest.
      missing: expected - deliveries,
      deliveriesPerSecond: Math.round(deliveries / seconds),
      latency: summary(latency),
      cpuShare,
    }
  } finally {
    crowd.close()
  }
}

const inWords = ({ latency, missing, cpuShare, behindMs }: Told): string =>
  `p50 ${latency.p50Ms}, p95 ${latency.p95Ms}, p99 ${latency.p99Ms} ms; ${grouped(missing)} not told; gateway ${cpuShare} cores${
    behindMs > 100 ? `; the sender was ${behindMs} ms behind` : ''
  }`

/** From a device's MQTT message, through the rule chain, to the sockets that look at it. */
export const deliveries = async (input: Input): Promise<{ figures: Figure[]; data: object }> => {
  const { say } = input.context
  say(`${grouped(screens.rate)} messages/s over MQTT, ${screens.sockets * screens.subscriptions} subscriptions`)
  const one = await play(screens, input)
  say(`${fanOut.rate} messages/s over MQTT, each for ${fanOut.sockets} sockets`)
  const many = await play(fanOut, input)
  return {
    figures: [
      {
        what: `device to screen, ${grouped(screens.rate)} messages/s, ${screens.sockets * screens.subscriptions} subscriptions`,
        value: inWords(one),
        goal: `p99 < ${goals.p99Ms} ms (P6)`,
        met: one.latency.p99Ms < goals.p99Ms,
      },
      {
        what: `fan-out, ${fanOut.rate} messages/s to ${fanOut.sockets} sockets each`,
        value: `${grouped(many.deliveriesPerSecond)} deliveries/s; ${inWords(many)}`,
        goal: `≥ ${grouped(goals.deliveries)}/s (P6)`,
        met: many.deliveriesPerSecond >= goals.deliveries,
      },
    ],
    data: { one, many },
  }
}
