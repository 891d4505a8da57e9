import { join } from 'node:path'
import pg from 'pg'
import { provisionDevices } from '../../scripts/simulate/platform.ts'
import { type Bench, wholeNumber } from '../harness/bench.ts'
import { summary } from '../harness/histogram.ts'
import { loadProcess } from '../harness/load-process.ts'
import { watchProcesses } from '../harness/processes.ts'
import { startStack } from '../harness/stack.ts'
import { grouped } from '../harness/table.ts'
import { readLedger, untilBalanced } from '../ingest/ledger.ts'
import type { FloodPlan, FloodReport } from './protocol.ts'

const goals = { postsPerSecond: 5_000, residentMb: 400 }

export const coap: Bench = {
  name: 'coap',
  about: 'confirmable CoAP posts from many addresses, and the memory that they take',
  options: {
    devices: { default: '250', about: 'devices, one address each' },
    window: { default: '1', about: 'unanswered posts of one device; RFC 7252 allows one' },
    seconds: { default: '60', about: 'measured time' },
  },
  run: async ({ options, say, signal }) => {
    const names = Array.from({ length: wholeNumber(options, 'devices', [1, 1_000]) }, (_, i) => `CoAP ${i + 1}`)
    const window = wholeNumber(options, 'window', [1, 1_000])
    const seconds = wholeNumber(options, 'seconds', [1, 3_600])
    const stack = await startStack({ say, signal })
    const store = new pg.Client({ connectionString: stack.databaseUrl })
    try {
      await store.connect()
      say(`creating ${names.length} devices`)
      const access = { url: stack.httpUrl, user: 'tenant@thingwire.local', password: 'tenant' }
      const devices = await provisionDevices(access, names, 'default')
      const before = await readLedger(store)
      const watch = watchProcesses(stack.pids)
      say(`posting for ${seconds} s`)
      const tokens = devices.map(({ token }) => token)
      const plan: FloodPlan = { host: '127.0.0.1', port: stack.coapPort, tokens, window, seconds }
      const report = await loadProcess<FloodPlan, FloodReport>(join(import.meta.dirname, 'generator.ts'), plan, signal)
      const processes = watch.stop()
      say('waiting until the ledger has its closed minutes')
      const ledger = await untilBalanced(store, signal)
      const accepted = ledger.accepted - before.accepted
      const isKept = ledger.difference === 0 && accepted >= report.acknowledged
      const gateway = processes.find(({ name }) => name === 'gateway')
      const rate = report.acknowledged / report.seconds
      const residentMb = gateway?.peakResidentMb ?? Number.NaN
      const { p50Ms, p99Ms } = summary(report.latency)
      return {
        correct: isKept && report.unexpected === 0,
        figures: [
          {
            what: 'confirmable posts answered by 2.01, a second',
            value: grouped(rate),
            goal: `≥ ${grouped(goals.postsPerSecond)}`,
            met: rate >= goals.postsPerSecond,
          },
          { what: 'answer, p50 / p99', value: `${p50Ms} / ${p99Ms} ms` },
          {
            what: 'gateway process, peak resident',
            value: `${residentMb} MB`,
            goal: `< ${goals.residentMb} MB`,
            met: residentMb < goals.residentMb,
          },
          {
            what: 'sent again / answered by 5.03',
            value: `${grouped(report.repeated)} / ${grouped(report.overloaded)}`,
          },
          {
            what: 'acknowledged and accounted for',
            value: isKept ? 'all' : `${grouped(accepted)} of ${grouped(report.acknowledged)}`,
            goal: 'all',
            met: isKept,
          },
        ],
        data: { devices: names.length, window, seconds, report, ledger, processes },
      }
    } finally {
      await store.end()
      await stack.stop()
    }
  },
}
