import { join } from 'node:path'
import { type Bench, wholeNumber } from '../harness/bench.ts'
import { seedDevicesWithTokens } from '../harness/devices.ts'
import { summary } from '../harness/histogram.ts'
import { loadProcess } from '../harness/load-process.ts'
import { machineBusySeconds, watchProcesses } from '../harness/processes.ts'
import { signIn } from '../harness/sign-in.ts'
import { startStack } from '../harness/stack.ts'
import { grouped } from '../harness/table.ts'
import type { RpcPlan, RpcReport } from './protocol.ts'

const goals = { p99Ms: 50 }

export const rpc: Bench = {
  name: 'rpc',
  about: 'two-way commands through REST, the rule chain, MQTT and back, at a given rate',
  options: {
    rate: { default: '200', about: 'commands a second' },
    devices: { default: '50', about: 'devices that answer' },
    seconds: { default: '20', about: 'measured time' },
  },
  run: async ({ options, say, signal }) => {
    const rate = wholeNumber(options, 'rate', [1, 10_000])
    const devices = wholeNumber(options, 'devices', [1, 5_000])
    const seconds = wholeNumber(options, 'seconds', [1, 3_600])
    const stack = await startStack({ say, signal })
    try {
      const plan: RpcPlan = {
        mqttPort: stack.mqttPort,
        httpUrl: stack.httpUrl,
        token: await signIn(stack.httpUrl),
        devices: await seedDevicesWithTokens(stack.databaseUrl, devices),
        rate,
        warmUpMs: 5_000,
        measureMs: seconds * 1_000,
      }
      say(`sending ${rate} commands a second, then as many reads`)
      const watch = watchProcesses(stack.pids)
      const [beganMs, busyBefore] = [performance.now(), machineBusySeconds()]
      const report = await loadProcess<RpcPlan, RpcReport>(join(import.meta.dirname, 'generator.ts'), plan, signal)
      const busyCores = (machineBusySeconds() - busyBefore) / ((performance.now() - beganMs) / 1_000)
      const processes = watch.stop()
      const [round, read] = [summary(report.latency), summary(report.baseline)]
      const isRight = report.answered === report.commands
      return {
        correct: isRight,
        figures: [
          {
            what: `round trip of a command at ${rate}/s, p50 / p95 / p99`,
            value: `${round.p50Ms} / ${round.p95Ms} / ${round.p99Ms} ms`,
            goal: `p99 < ${goals.p99Ms} ms`,
            ratio: round.p99Ms / read.p99Ms,
            met: round.p99Ms < goals.p99Ms,
          },
          {
            what: `REST read of a device at ${rate}/s, p50 / p95 / p99`,
            value: `${read.p50Ms} / ${read.p95Ms} / ${read.p99Ms} ms`,
          },
          {
            what: 'answered with what the device said',
            value: isRight ? 'all' : `${grouped(report.answered)} of ${grouped(report.commands)}`,
            goal: 'all',
            met: isRight,
          },
          { what: 'cores of the machine that were busy', value: busyCores.toFixed(2) },
        ],
        data: { rate, devices, seconds, round, read, report, processes, busyCores },
      }
    } finally {
      await stack.stop()
    }
  },
}
