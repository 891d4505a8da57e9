import type { BenchResult, Figure } from '../harness/bench.ts'
import type { summary } from '../harness/histogram.ts'
import { grouped } from '../harness/table.ts'
import type { Baseline } from './baseline.ts'
import type { IngestOptions, IngestRun } from './run.ts'

type Latency = ReturnType<typeof summary>

/** The smart-tracker load: what one small machine should carry. */
const goals = { messagesPerSecond: 16_667, pointsPerSecond: 83_335, p99Ms: 250, ratio: 0.6 }

/** A run at a fixed rate can reach no more than that rate, less what is on its way when the time is over. */
const nearEnough = 0.99

/** A rate below the smart-tracker load is its own goal. */
const throughputGoal = ({ rate, points }: IngestOptions) =>
  rate === null || rate >= goals.messagesPerSecond
    ? { ...goals, name: 'P1' }
    : { messagesPerSecond: rate, pointsPerSecond: rate * points, name: 'as asked' }

export const figuresOf = (
  options: IngestOptions,
  run: IngestRun,
  { latency, latencyFromDue }: { latency: Latency; latencyFromDue: Latency },
): Omit<BenchResult, 'data'> => {
  const { audit, ledger, baseline, baselineDistinct } = run
  const acknowledgedPerSecond = run.reports.reduce(
    (sum, report) => sum + report.measured.acknowledged / report.measured.seconds,
    0,
  )
  const storedPerSecond = audit.storedPoints / run.wholeSeconds
  const goal = throughputGoal(options)
  const figures: Figure[] = [
    {
      what: 'messages/s acknowledged',
      value: grouped(acknowledgedPerSecond),
      goal: `${grouped(goal.messagesPerSecond)} (${goal.name})`,
      met: acknowledgedPerSecond >= goal.messagesPerSecond * nearEnough,
    },
    {
      what: 'points/s acknowledged',
      value: grouped(acknowledgedPerSecond * options.points),
      goal: `${grouped(goal.pointsPerSecond)} (${goal.name})`,
      met: acknowledgedPerSecond * options.points >= goal.pointsPerSecond * nearEnough,
    },
    {
      what: 'PUBACK latency p50 / p95 / p99',
      value: `${latency.p50Ms} / ${latency.p95Ms} / ${latency.p99Ms} ms`,
      goal: `p99 < ${goals.p99Ms} ms (P1)`,
      met: latency.p99Ms < goals.p99Ms,
    },
    {
      what: 'the same from the moment due',
      value: `${latencyFromDue.p50Ms} / ${latencyFromDue.p95Ms} / ${latencyFromDue.p99Ms} ms`,
    },
    { what: 'points/s stored, drain included', value: grouped(storedPerSecond) },
    ratioFigure('bare writer, every point its own series', storedPerSecond, baselineDistinct),
    ratioFigure(`bare writer, the same ${options.connections} devices`, storedPerSecond, baseline),
    { what: 'drain after the last message', value: `${run.drainSeconds.toFixed(2)} s` },
    ...auditFigures(run),
  ]
  return { figures, correct: audit.isRight && ledger.difference === 0 && ledger.deadLettered === 0 }
}

/** What the platform stored a second, as a share of what the bare writer can. */
const ratioFigure = (what: string, storedPerSecond: number, { pointsPerSecond }: Baseline): Figure => ({
  what,
  value: `${grouped(pointsPerSecond)} points/s`,
  goal: `ratio ≥ ${goals.ratio} (P2)`,
  ratio: storedPerSecond / pointsPerSecond,
  met: storedPerSecond / pointsPerSecond >= goals.ratio,
})

const auditFigures = ({ audit, ledger, reports }: IngestRun): Figure[] => {
  const none = (what: string, count: number): Figure => ({ what, value: grouped(count), goal: '0', met: count === 0 })
  return [
    { what: 'messages sent / acknowledged', value: `${grouped(audit.sent)} / ${grouped(audit.acknowledged)}` },
    {
      what: 'messages / points in the store',
      value: `${grouped(audit.storedMessages)} / ${grouped(audit.storedPoints)}`,
    },
    none('acknowledged but missing', audit.missing),
    none('stored twice', audit.duplicate),
    none('stored but never sent, or under a wrong time', audit.extra + audit.mixedUp),
    none('series or latest values that disagree', audit.unevenSeries + audit.staleLatest),
    { what: 'stored without acknowledgement (allowed)', value: grouped(audit.storedUnacknowledged) },
    none('ledger difference', ledger.difference),
    none('dead letters', ledger.deadLettered),
    none(
      'connections lost',
      reports.reduce((sum, report) => sum + report.connectionsLost, 0),
    ),
  ]
}
