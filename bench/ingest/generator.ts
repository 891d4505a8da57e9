// A load generator process, started by ingest.ts: takes a plan, sends, reports what was acknowledged.
import { createHistogram, record } from '../harness/histogram.ts'
import { createLoadConnection, type LoadConnection } from './connection.ts'
import type { FromGenerator, GeneratorReport, LoadPlan, ToGenerator } from './protocol.ts'
import { createPublisher } from './wire.ts'

const tell = (message: FromGenerator) => process.send?.(message)

/** How long the last acknowledgements are awaited after the load has ended. */
const settleMs = 60_000
const tickMs = 2

const prepare = (plan: LoadPlan) => {
  const publish = createPublisher(plan.points, plan.baseTs, plan.level)
  const latency = createHistogram()
  const latencyFromDue = createHistogram()
  const perSecond: number[] = []
  const state = { startMs: 0, acknowledged: 0, measured: 0, lost: 0 }
  const onAck = ({ sentMs, dueMs, nowMs }: { sentMs: number; dueMs: number; nowMs: number }) => {
    const second = Math.floor((nowMs - state.startMs) / 1000)
    perSecond[second] = (perSecond[second] ?? 0) + 1
    state.acknowledged += 1
    const sinceStart = nowMs - state.startMs
    if (sinceStart >= plan.warmUpMs && sinceStart < plan.warmUpMs + plan.measureMs) state.measured += 1
    if (sentMs - state.startMs < plan.warmUpMs) return
    record(latency, (nowMs - sentMs) * 1000)
    record(latencyFromDue, (nowMs - dueMs) * 1000)
  }
  const connections = plan.tokens.map((token) =>
    createLoadConnection({
      ...plan,
      token,
      publish,
      onAck,
      onLost: () => {
        state.lost += 1
      },
    }),
  )
  return { plan, connections, state, latency, latencyFromDue, perSecond }
}
type Load = ReturnType<typeof prepare>

const openAll = async (connections: readonly LoadConnection[]) => {
  for (let i = 0; i < connections.length; i += 50)
    await Promise.all(connections.slice(i, i + 50).map((connection) => connection.open()))
}

/** Open loop: the schedule goes on whatever the platform does; a message that cannot be sent waits, and that is counted. */
const sendAtRate = (load: Load, rate: number, endMs: number) =>
  new Promise<void>((resolve) => {
    const { connections, plan, state } = load
    const queues = connections.map(() => ({ due: [] as number[], at: 0 }))
    let scheduled = 0
    let turn = 0
    const dueOf = (index: number) => state.startMs + (index / rate) * 1000
    const flush = (i: number) => {
      const queue = queues[i]
      const connection = connections[i]
      if (!queue || !connection) return
      while (queue.at < queue.due.length && connection.send(queue.due[queue.at] ?? 0)) queue.at += 1
      if (queue.at === queue.due.length) {
        queue.due.length = 0
        queue.at = 0
      }
    }
    const timer = setInterval(() => {
      const now = performance.now()
      const until = Math.min(now, endMs)
      // Connections whose window was full get another chance first.
      for (const [i, queue] of queues.entries()) if (queue.at < queue.due.length) flush(i)
      while (dueOf(scheduled) <= until) {
        for (let k = 0; k < plan.burst; k += 1) queues[turn]?.due.push(dueOf(scheduled + k))
        scheduled += plan.burst
        flush(turn)
        turn = (turn + 1) % connections.length
      }
      if (now < endMs) return
      clearInterval(timer)
      resolve()
    }, tickMs)
  })

/** Closed loop: every connection keeps its window full. */
const sendMost = ({ connections }: Load, endMs: number) =>
  new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      for (const connection of connections) connection.fill()
      if (performance.now() < endMs) return
      clearInterval(timer)
      resolve()
    }, tickMs)
  })

const awaitAcknowledgements = (connections: readonly LoadConnection[]) =>
  new Promise<void>((resolve) => {
    const endMs = performance.now() + settleMs
    const timer = setInterval(() => {
      const isSettled = connections.every((connection) => connection.isLost() || connection.inFlight() === 0)
      if (!isSettled && performance.now() < endMs) return
      clearInterval(timer)
      resolve()
    }, 5)
  })

const run = async (load: Load): Promise<GeneratorReport> => {
  const { plan, connections, state } = load
  const cpu = process.cpuUsage()
  state.startMs = performance.now()
  const endMs = state.startMs + plan.warmUpMs + plan.measureMs
  const progress = setInterval(
    () =>
      tell({
        kind: 'progress',
        acknowledged: state.acknowledged,
        waiting: connections.reduce((sum, connection) => sum + connection.inFlight(), 0),
      }),
    1000,
  )
  await (plan.rate === null ? sendMost(load, endMs) : sendAtRate(load, plan.rate, endMs))
  tell({ kind: 'sent', messages: connections.reduce((sum, connection) => sum + connection.sent(), 0) })
  await awaitAcknowledgements(connections)
  clearInterval(progress)
  const used = process.cpuUsage(cpu)
  const connectionsLost = state.lost
  for (const connection of connections) connection.close()
  return {
    devices: connections.map((connection) => ({ sent: connection.sent(), acknowledged: connection.acknowledged() })),
    latency: load.latency,
    latencyFromDue: load.latencyFromDue,
    perSecond: Array.from(load.perSecond, (count) => count ?? 0),
    measured: { acknowledged: state.measured, seconds: plan.measureMs / 1000 },
    connectionsLost,
    cpuSeconds: (used.user + used.system) / 1e6,
    seconds: (performance.now() - state.startMs) / 1000,
  }
}

const planned = new Promise<LoadPlan>((resolve) => {
  process.on('message', (message: ToGenerator) => {
    if (message.kind === 'plan') resolve(message.plan)
  })
})
const started = new Promise<void>((resolve) => {
  process.on('message', (message: ToGenerator) => {
    if (message.kind === 'go') resolve()
  })
})
// The bench ended without a word: nothing is left to report to.
process.on('disconnect', () => process.exit(1))
// Ctrl+C goes to the whole group; the bench decides.
process.on('SIGINT', () => {})

try {
  const load = prepare(await planned)
  await openAll(load.connections)
  tell({ kind: 'connected' })
  await started
  const report = await run(load)
  process.send?.({ kind: 'done', report } satisfies FromGenerator, () => process.disconnect?.())
  process.removeAllListeners('disconnect')
} catch (error) {
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
}
