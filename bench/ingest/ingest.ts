import { type Bench, type BenchContext, type BenchResult, UsageError, wholeNumber } from '../harness/bench.ts'
import { merge, summary } from '../harness/histogram.ts'
import { startStack } from '../harness/stack.ts'
import { formatTable } from '../harness/table.ts'
import { figuresOf } from './figures.ts'
import { type IngestOptions, type IngestRun, measure } from './run.ts'
import { levels, pointChoices } from './wire.ts'

const readOptions = (raw: BenchContext['options']): IngestOptions => {
  const points = pointChoices.find((choice) => String(choice) === raw.points)
  if (points === undefined) throw new UsageError(`--points must be ${pointChoices.join(' or ')}.`)
  const level = levels.find((choice) => String(choice) === raw.level)
  if (level === undefined) throw new UsageError(`--level must be ${levels.join(' or ')}.`)
  return {
    level,
    rate: raw.rate === 'max' ? null : wholeNumber(raw, 'rate', [1, 1_000_000]),
    points,
    connections: wholeNumber(raw, 'connections', [1, 15_000]),
    seconds: wholeNumber(raw, 'seconds', [1, 7200]),
    warmUp: wholeNumber(raw, 'warm-up', [0, 600]),
    window: wholeNumber(raw, 'window', [1, 10_000]),
    burst: wholeNumber(raw, 'burst', [1, 1000]),
    generators: wholeNumber(raw, 'generators', [1, 8]),
    baselineSeconds: wholeNumber(raw, 'baseline-seconds', [1, 600]),
  }
}

export const ingest: Bench = {
  name: 'ingest',
  about: 'MQTT QoS 1 through the whole path into the store; every numbered message is audited',
  options: {
    rate: { default: '15000', about: 'messages a second, or max' },
    points: { default: '3', about: 'values in a message, 3 or 5' },
    level: { default: '4', about: 'protocol level of MQTT: 4 is version 3.1.1, 5 is version 5' },
    connections: { default: '200', about: 'devices, one connection each' },
    seconds: { default: '30', about: 'measured time' },
    'warm-up': { default: '5', about: 'seconds before that, audited but not measured' },
    window: { default: '50', about: 'unacknowledged messages of one connection' },
    burst: { default: '1', about: 'messages that a device sends at once' },
    generators: { default: '1', about: 'load generator processes' },
    'baseline-seconds': { default: '10', about: 'measured time of the bare writer' },
  },
  run: async ({ options: raw, say, signal }) => {
    const options = readOptions(raw)
    const stack = await startStack({ say, signal })
    try {
      return resultOf(options, await measure(options, stack, { say, signal }))
    } finally {
      await stack.stop()
    }
  },
}

const resultOf = (options: IngestOptions, run: IngestRun): BenchResult => {
  const { reports, processes } = run
  const latency = summary(merge(reports.map((report) => report.latency)))
  const latencyFromDue = summary(merge(reports.map((report) => report.latencyFromDue)))
  const generatorShare = reports.reduce((sum, report) => sum + report.cpuSeconds / report.seconds, 0)
  const use = [
    ...processes,
    {
      name: 'load generator',
      cpuSeconds: Number(reports.reduce((sum, report) => sum + report.cpuSeconds, 0).toFixed(2)),
      cpuShare: Number(generatorShare.toFixed(3)),
      peakResidentMb: Number.NaN,
    },
  ]
  console.log(
    `\n${formatTable([
      ['process', 'CPU s', 'share of a core', 'peak resident MB'],
      ...use.map((one) => [
        one.name,
        one.cpuSeconds.toFixed(1),
        `${(one.cpuShare * 100).toFixed(0)} %`,
        Number.isNaN(one.peakResidentMb) ? '' : String(one.peakResidentMb),
      ]),
    ])}`,
  )
  const others = run.machineBusyCores - use.reduce((sum, one) => sum + one.cpuShare, 0)
  console.log(`other programs and the kernel kept ${others.toFixed(2)} cores busy meanwhile`)
  const perSecond = reports
    .reduce<number[]>((sum, report) => {
      report.perSecond.forEach((count, i) => {
        sum[i] = (sum[i] ?? 0) + count
      })
      return sum
    }, [])
    .map((count) => count ?? 0)
  return {
    ...figuresOf(options, run, { latency, latencyFromDue }),
    data: {
      options,
      latency,
      latencyFromDue,
      perSecond,
      audit: run.audit,
      ledger: run.ledger,
      baseline: run.baseline,
      baselineDistinct: run.baselineDistinct,
      processes: use,
      otherBusyCores: Number(others.toFixed(2)),
      wholeSeconds: run.wholeSeconds,
      drainSeconds: run.drainSeconds,
      connectionsLost: reports.reduce((sum, report) => sum + report.connectionsLost, 0),
    },
  }
}
