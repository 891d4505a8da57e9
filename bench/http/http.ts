import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import pg from 'pg'
import { startLoader } from '../api/load.ts'
import { type Bench, wholeNumber } from '../harness/bench.ts'
import { seedDevicesWithTokens } from '../harness/devices.ts'
import { summary } from '../harness/histogram.ts'
import { watchProcesses } from '../harness/processes.ts'
import { endChild, startStack } from '../harness/stack.ts'
import { grouped } from '../harness/table.ts'
import { readLedger, untilBalanced } from '../ingest/ledger.ts'

const goals = { requestsPerSecond: 4_000 }
const body = '{"temperature":21.5,"humidity":45,"battery":87}'

export const http: Bench = {
  name: 'http',
  about: 'telemetry over the HTTP device API on kept connections, and a bare Node server beside it',
  options: {
    devices: { default: '200', about: 'devices, which take turns' },
    connections: { default: '200', about: 'connections, one request at a time each' },
    seconds: { default: '30', about: 'measured time' },
  },
  run: async ({ options, say, signal }) => {
    const devices = wholeNumber(options, 'devices', [1, 10_000])
    const connections = wholeNumber(options, 'connections', [1, 5_000])
    const measureMs = wholeNumber(options, 'seconds', [1, 3_600]) * 1_000
    const stack = await startStack({ say, signal })
    const store = new pg.Client({ connectionString: stack.databaseUrl })
    try {
      await store.connect()
      const seeded = await seedDevicesWithTokens(stack.databaseUrl, devices)
      const requests = seeded.map(({ token }) => requestOf(stack.httpUrl, token))
      const before = await readLedger(store)
      const watch = watchProcesses(stack.pids)
      say(`posting for ${measureMs / 1_000} s`)
      const posted = await measured(stack.httpUrl, signal, { connections, requests, warmUpMs: 2_000, measureMs })
      const processes = watch.stop()
      say('waiting until the ledger has its closed minutes')
      const ledger = await untilBalanced(store, signal)
      const acknowledged = posted.statuses['200'] ?? 0
      const accepted = ledger.accepted - before.accepted
      await stack.stopEngine()
      say('measuring a server that only answers')
      const bare = await measuredBare(signal, { connections, requests, warmUpMs: 1_000, measureMs: 5_000 })
      // Devices that were silent before tell the rule engine that they are active: messages beyond the posted ones.
      const isKept = ledger.difference === 0 && accepted >= acknowledged
      const isRight = isKept && Object.keys(posted.statuses).length === 1
      const rate = posted.latency.total / posted.seconds
      const bareRate = bare.latency.total / bare.seconds
      const { p50Ms, p99Ms } = summary(posted.latency)
      return {
        correct: isRight,
        figures: [
          {
            what: 'posts answered by 200 after they were on disk, a second',
            value: grouped(rate),
            goal: `≥ ${grouped(goals.requestsPerSecond)}`,
            ratio: rate / bareRate,
            met: rate >= goals.requestsPerSecond,
          },
          { what: 'bare Node server with the same load, a second', value: grouped(bareRate) },
          { what: 'answer, p50 / p99', value: `${p50Ms} / ${p99Ms} ms` },
          {
            what: 'acknowledged and accounted for',
            value: isKept ? 'all' : `${grouped(accepted)} of ${grouped(acknowledged)}`,
            goal: 'all',
            met: isKept,
          },
          ...processes.map(({ name, cpuShare, peakResidentMb }) => ({
            what: `${name}: share of a core, peak resident`,
            value: `${(cpuShare * 100).toFixed(0)} %, ${peakResidentMb} MB`,
          })),
        ],
        data: { devices, connections, measureMs, posted, bare, ledger, processes },
      }
    } finally {
      await store.end()
      await stack.stop()
    }
  },
}

const requestOf = (url: string, token: string): string =>
  [
    `POST /api/v1/${token}/telemetry HTTP/1.1`,
    `host: ${new URL(url).host}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
    '',
    body,
  ].join('\r\n')

type Load = Parameters<ReturnType<typeof startLoader>['run']>[0]

const measured = async (url: string, signal: AbortSignal, load: Load) => {
  const loader = startLoader(url, signal)
  try {
    return await loader.run(load)
  } finally {
    await loader.stop()
  }
}

/** The baseline: what this machine and this load generator leave to any server. */
const measuredBare = async (signal: AbortSignal, load: Load) => {
  const child = fork(join(import.meta.dirname, 'bare-server.ts'), { detached: true })
  try {
    const [port] = await once(child, 'message', { signal })
    return await measured(`http://127.0.0.1:${Number(port)}`, signal, load)
  } finally {
    await endChild(child, 1_000)
  }
}
