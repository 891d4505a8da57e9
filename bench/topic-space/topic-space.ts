import { join } from 'node:path'
import pg from 'pg'
import { type Bench, type Figure, wholeNumber } from '../harness/bench.ts'
import { seedDevicesWithTokens } from '../harness/devices.ts'
import { summary } from '../harness/histogram.ts'
import { loadProcess } from '../harness/load-process.ts'
import { watchProcesses } from '../harness/processes.ts'
import { startStack } from '../harness/stack.ts'
import { grouped } from '../harness/table.ts'
import type { SpacePlan, SpaceReport } from './protocol.ts'

type Phase = Pick<SpacePlan, 'publishers' | 'subscribersEach' | 'qos' | 'isKept' | 'window'> & { name: string }

const phases: readonly Phase[] = [
  { name: '1 → 1, QoS 0', publishers: 50, subscribersEach: 1, qos: 0, isKept: false, window: 20 },
  { name: '1 → 1, QoS 1', publishers: 50, subscribersEach: 1, qos: 1, isKept: false, window: 20 },
  { name: '1 → 1, QoS 1, kept sessions', publishers: 50, subscribersEach: 1, qos: 1, isKept: true, window: 20 },
  { name: '1 → 100, QoS 0', publishers: 1, subscribersEach: 100, qos: 0, isKept: false, window: 20 },
  { name: '1 → 100, QoS 1', publishers: 1, subscribersEach: 100, qos: 1, isKept: false, window: 20 },
  { name: '1 → 100, QoS 1, kept sessions', publishers: 1, subscribersEach: 100, qos: 1, isKept: true, window: 20 },
]

export const topicSpace: Bench = {
  name: 'topic-space',
  about: 'messages from device to device in the topics of a tenant, one to one and one to a hundred',
  options: {
    seconds: { default: '10', about: 'measured time of each of the six phases' },
    bytes: { default: '100', about: 'payload of a message' },
  },
  run: async ({ options, say, signal }) => {
    const seconds = wholeNumber(options, 'seconds', [1, 600])
    const payloadBytes = wholeNumber(options, 'bytes', [16, 60_000])
    const stack = await startStack({ say, signal })
    try {
      await openTopics(stack.databaseUrl)
      const devices = await seedDevicesWithTokens(stack.databaseUrl, 700)
      const measured: { phase: Phase; report: SpaceReport; gatewayShare: number; redisShare: number }[] = []
      let from = 0
      for (const phase of phases) {
        const count = phase.publishers * (1 + phase.subscribersEach)
        const tokens = devices.slice(from, from + count).map(({ token }) => token)
        from += count
        say(phase.name)
        const plan: SpacePlan = {
          ...phase,
          mqttPort: stack.mqttPort,
          tokens,
          payloadBytes,
          warmUpMs: 2_000,
          measureMs: seconds * 1_000,
        }
        const watch = watchProcesses(stack.pids)
        const report = await loadProcess<SpacePlan, SpaceReport>(
          join(import.meta.dirname, 'generator.ts'),
          plan,
          signal,
        )
        const share = (name: string) => uses.find((use) => use.name === name)?.cpuShare ?? 0
        const uses = watch.stop()
        measured.push({ phase, report, gatewayShare: share('gateway'), redisShare: share('redis') })
      }
      return {
        correct: measured.every(({ phase, report }) => phase.qos === 0 || report.missing === 0),
        figures: measured.map(({ phase, report, gatewayShare, redisShare }): Figure => {
          const { p50Ms, p99Ms } = summary(report.latency)
          const [published, delivered] = [report.published, report.delivered].map((all) =>
            grouped(Math.round(all / report.seconds)),
          )
          const cores = `gateway ${(gatewayShare * 100).toFixed(0)} %, Redis ${(redisShare * 100).toFixed(0)} % of a core`
          return {
            what: phase.name,
            value: `${published}/s in, ${delivered}/s out, p50 ${p50Ms} / p99 ${p99Ms} ms, ${cores}`,
          }
        }),
        data: { measured, payloadBytes },
      }
    } finally {
      await stack.stop()
    }
  },
}

/** All topics for the devices of the default profile. */
const openTopics = async (databaseUrl: string): Promise<void> => {
  const store = new pg.Client({ connectionString: databaseUrl })
  await store.connect()
  try {
    await store.query(
      `UPDATE device_profiles SET profile_data = jsonb_set(profile_data, '{topicSpace}', $1) WHERE is_default`,
      [{ enabled: true, publishFilters: ['#'], subscribeFilters: ['#'] }],
    )
  } finally {
    await store.end()
  }
}
