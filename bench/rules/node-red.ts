// The measured process of rules.ts: Node-RED with the equivalent flow, fed and counted inside its own process.
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { z } from 'zod'
import { cpuSeconds, memoryOf } from '../harness/processes.ts'
import { metadataOf, payloadOf, type RulesPlan, type RulesReport } from './protocol.ts'

type RedMessage = { topic: string; payload: Record<string, unknown>; metadata: Record<string, string> }
type RedNode = { receive(message: RedMessage): void }
type Red = {
  init(server: unknown, settings: object): void
  start(): Promise<void>
  stop(): Promise<void>
  nodes: { getNode(id: string): RedNode | null }
  events: { once(event: 'flows:started', run: () => void): void }
}
const redSchema = z.custom<Red>((value) => typeof value === 'object' && value !== null && 'init' in value)

/** Messages on their way at once: as many as the rule engine has in its batches. */
const windowOf = ({ batch, lanes }: RulesPlan) => batch * lanes

const switchNode = (id: string, to: string) => ({
  ...{
    id,
    type: 'switch',
    z: 'flow',
    name: '',
    property: 'topic',
    propertyType: 'msg',
    checkall: 'true',
    repair: false,
  },
  ...{ outputs: 1, rules: [{ t: 'eq', v: 'POST_TELEMETRY_REQUEST', vt: 'str' }], wires: [[to]] },
})
const functionNode = (id: string, func: string, wires: string[][]) => ({
  ...{ id, type: 'function', z: 'flow', name: '', func, outputs: wires.length, timeout: 0, noerr: 0 },
  ...{ initialize: '', finalize: '', libs: [], wires },
})

/** Ten nodes in a row, and one that counts. */
const flowOf = (withScripts: boolean) => {
  const ids = Array.from({ length: 10 }, (_, n) => `n${n}`)
  const next = (n: number) => ids[n + 1] ?? 'end'
  return [
    { id: 'flow', type: 'tab', label: 'Ten nodes', disabled: false },
    ...ids.map((id, n) => {
      if (withScripts && n === 1) return functionNode(id, 'if (msg.payload.temperature > 20) return msg;', [[next(n)]])
      if (withScripts && n === 2)
        return functionNode(
          id,
          `msg.payload.celsius = (msg.payload.temperature - 32) * 5 / 9;
msg.metadata.level = msg.payload.celsius > 20 ? 'high' : 'low';
return msg;`,
          [[next(n)]],
        )
      return switchNode(id, next(n))
    }),
    functionNode('end', `global.get('ended')(msg);`, []),
  ]
}

const run = async (plan: RulesPlan): Promise<RulesReport> => {
  const require = createRequire(join(plan.nodeRedFolder, 'package.json'))
  const red = redSchema.parse(require('node-red'))
  writeFileSync(join(plan.userFolder, 'flows.json'), JSON.stringify(flowOf(plan.withScripts)))
  let ended: (message: RedMessage) => void = () => {}
  red.init(createServer(), {
    ...{ httpAdminRoot: false, httpNodeRoot: false, userDir: plan.userFolder, flowFile: 'flows.json' },
    ...{ credentialSecret: false, logging: { console: { level: 'off', metrics: false, audit: false } } },
    functionGlobalContext: { ended: (message: RedMessage) => ended(message) },
  })
  const started = new Promise<void>((resolve) => red.events.once('flows:started', resolve))
  await red.start()
  await started
  const first = red.nodes.getNode('n0')
  if (!first) throw new Error('Node-RED has not made the flow')

  let sent = 0
  let count = 0
  let last: RedMessage | null = null
  const send = () => {
    const n = sent++ % plan.batch
    first.receive({ topic: 'POST_TELEMETRY_REQUEST', payload: payloadOf(n), metadata: metadataOf(n) })
  }
  /** Keeps the window full until the time is over, and waits for what is left. */
  const passFor = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const end = performance.now() + ms
      let open = windowOf(plan)
      ended = (message) => {
        count++
        last = message
        if (performance.now() < end) send()
        else if (--open === 0) resolve()
      }
      for (let n = 0; n < windowOf(plan); n++) send()
    })
  await passFor(plan.warmUpMs)
  const before = count
  const began = { ms: performance.now(), cpu: cpuSeconds(process.pid) }
  await passFor(plan.measureMs)
  const elapsedMs = performance.now() - began.ms
  const cpu = cpuSeconds(process.pid) - began.cpu
  const ending: RedMessage | null = last
  const report: RulesReport = {
    messages: count - before,
    elapsedMs,
    cpuSeconds: cpu,
    peakResidentMb: memoryOf(process.pid).residentMb,
    last: ending ? { data: Object(ending).payload, metadata: Object(ending).metadata } : { data: {}, metadata: {} },
    lost: sent - count,
  }
  await red.stop()
  return report
}

process.once('message', (plan: RulesPlan) => {
  void run(plan).then((report) => process.send?.(report, () => process.exit(0)))
})
