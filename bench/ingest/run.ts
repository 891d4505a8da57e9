import pg from 'pg'
import { provisionDevices } from '../../scripts/simulate/platform.ts'
import type { BenchContext } from '../harness/bench.ts'
import { machineBusySeconds, watchProcesses } from '../harness/processes.ts'
import type { BenchStack } from '../harness/stack.ts'
import { poll } from '../harness/poll.ts'
import { grouped } from '../harness/table.ts'
import { auditStore, type StoreAudit } from './audit.ts'
import { type Baseline, devicesForDistinctRows, runBaseline } from './baseline.ts'
import { type LedgerTotals, readLedger, untilBalanced } from './ledger.ts'
import { type RunningLoad, startLoad } from './load.ts'
import type { GeneratorReport, LoadPlan } from './protocol.ts'
import { keysOf, type Level, type Points } from './wire.ts'

export type IngestOptions = {
  rate: number | null
  points: Points
  level: Level
  connections: number
  seconds: number
  warmUp: number
  window: number
  burst: number
  generators: number
  baselineSeconds: number
}

/** Everything one run has found out. */
export type IngestRun = {
  reports: GeneratorReport[]
  audit: StoreAudit
  ledger: LedgerTotals
  /** The bare writer with as many devices as the load, whose latest values it can join in one statement. */
  baseline: Baseline
  /** The bare writer with so many devices that every point is also a latest value to write. */
  baselineDistinct: Baseline
  /** From the first message to the moment when everything was stored. */
  wholeSeconds: number
  /** From the last message sent to that moment. */
  drainSeconds: number
  /** Cores that the whole machine was busy with, on average, while the load ran. */
  machineBusyCores: number
  processes: ReturnType<ReturnType<typeof watchProcesses>['stop']>
}

type Talk = Pick<BenchContext, 'say' | 'signal'>

/** One run on a fresh stack: load, drain, audit, then the bare writer on the same PostgreSQL. */
export const measure = async (options: IngestOptions, stack: BenchStack, { say, signal }: Talk): Promise<IngestRun> => {
  const names = Array.from({ length: options.connections }, (_, i) => `Bench ${String(i + 1).padStart(5, '0')}`)
  say(`creating ${names.length} devices`)
  const access = { url: stack.httpUrl, user: 'tenant@thingwire.local', password: 'tenant' }
  const devices = await provisionDevices(access, names, 'default')
  const baseTs = Date.now()
  const plans = plansOf(options, stack, { tokens: devices.map(({ token }) => token), baseTs })
  const store = new pg.Client({ connectionString: stack.databaseUrl })
  await store.connect()
  let load: RunningLoad | undefined
  try {
    load = await startLoad(plans, signal)
    say(`${names.length} devices are connected; sending for ${options.warmUp + options.seconds} s`)
    const ledgerBefore = await readLedger(store)
    const watch = watchProcesses(stack.pids)
    const [beganMs, busyBefore] = [performance.now(), machineBusySeconds()]
    await load.run(progressTo(say))
    const sentMs = performance.now()
    const reports = await load.reports
    say('all sent; waiting until the queue is empty')
    await untilStored(store, { before: ledgerBefore, wanted: acknowledgedOf(reports), signal })
    const storedMs = performance.now()
    const processes = watch.stop()
    const wholeSeconds = (storedMs - beganMs) / 1000
    const machineBusyCores = (machineBusySeconds() - busyBefore) / wholeSeconds
    say('auditing the store')
    const ids = await idsOf(store, names)
    const audited = reports
      .flatMap((report) => report.devices)
      .map((report, i) => ({ id: ids.get(names[i] ?? '') ?? '', report }))
    const audit = await auditStore(store, audited, { keys: keysOf(options.points), baseTs })
    say('waiting until the ledger has its closed minutes')
    const ledger = await untilBalanced(store, signal)
    await stack.stopEngine()
    say(`measuring the bare writer, twice ${options.baselineSeconds} s`)
    const { databaseUrl } = stack
    const bare = { databaseUrl, points: options.points, seconds: options.baselineSeconds, signal }
    const baseline = await runBaseline({ ...bare, devices: options.connections })
    const baselineDistinct = await runBaseline({ ...bare, devices: devicesForDistinctRows(options.points) })
    return {
      machineBusyCores,
      reports,
      audit,
      ledger,
      baseline,
      baselineDistinct,
      processes,
      wholeSeconds,
      drainSeconds: (storedMs - sentMs) / 1000,
    }
  } finally {
    load?.stop()
    await store.end()
  }
}

/** The devices in equal parts for each generator, in order. */
const plansOf = (
  options: IngestOptions,
  stack: BenchStack,
  { tokens, baseTs }: { tokens: string[]; baseTs: number },
): LoadPlan[] => {
  const share = Math.ceil(tokens.length / options.generators)
  return Array.from({ length: Math.ceil(tokens.length / share) }, (_, i) => {
    const own = tokens.slice(i * share, (i + 1) * share)
    return {
      host: '127.0.0.1',
      port: stack.mqttPort,
      tokens: own,
      points: options.points,
      level: options.level,
      baseTs,
      rate: options.rate === null ? null : (options.rate * own.length) / tokens.length,
      window: options.window,
      burst: options.burst,
      warmUpMs: options.warmUp * 1000,
      measureMs: options.seconds * 1000,
    }
  })
}

const progressTo = (say: (text: string) => void) => {
  let before = { atMs: performance.now(), acknowledged: 0 }
  return (acknowledged: number, waiting: number) => {
    const atMs = performance.now()
    if (atMs - before.atMs < 5000) return
    const rate = ((acknowledged - before.acknowledged) / (atMs - before.atMs)) * 1000
    before = { atMs, acknowledged }
    say(`${grouped(rate)} messages/s acknowledged, ${grouped(waiting)} in flight`)
  }
}

const acknowledgedOf = (reports: readonly GeneratorReport[]): number =>
  reports
    .flatMap((report) => report.devices)
    .reduce((sum, { acknowledged }) => sum + acknowledged.reduce((bits, byte) => bits + bitCount(byte), 0), 0)

const bitCount = (byte: number): number => {
  let count = 0
  for (let rest = byte; rest > 0; rest &= rest - 1) count += 1
  return count
}

/** The ledger says how many messages are stored, for the price of one row; the audit looks at the rows themselves. */
const untilStored = async (
  store: pg.ClientBase,
  options: { before: LedgerTotals; wanted: number; signal: AbortSignal },
) => {
  await poll({
    what: 'The queue did not drain',
    signal: options.signal,
    deadlineMs: 300_000,
    everyMs: 50,
    probe: async () => {
      const now = await readLedger(store)
      const settled = now.stored + now.deadLettered - options.before.stored - options.before.deadLettered
      return settled >= options.wanted ? true : undefined
    },
  })
}

const idsOf = async (store: pg.ClientBase, names: readonly string[]) => {
  const { rows } = await store.query<{ id: string; name: string }>(
    `SELECT id, name FROM devices WHERE name = ANY($1::text[])`,
    [names],
  )
  return new Map(rows.map(({ id, name }) => [name, id]))
}
