import { join } from 'node:path'
import pg from 'pg'
import { type Bench, type BenchContext, type Figure, wholeNumber } from '../harness/bench.ts'
import { seedDevicesWithTokens } from '../harness/devices.ts'
import { loadProcess } from '../harness/load-process.ts'
import { type BenchStack, startStack } from '../harness/stack.ts'
import { signIn } from '../harness/sign-in.ts'
import { grouped } from '../harness/table.ts'
import type { RulesPlan, RulesReport, StormPlan, StormReport } from './protocol.ts'

const goals = { evaluations: 30_000, stateBytes: 1_024, stormBacklogSeconds: 10 }

export const alarms: Bench = {
  name: 'alarms',
  about: 'alarm rules of a profile over many devices, and a storm of new alarms through the queue',
  options: {
    devices: { default: '10000', about: 'with five alarm rules each' },
    seconds: { default: '20', about: 'measured time of the rules' },
    rate: { default: '5000', about: 'new alarms a second of the storm' },
    storm: { default: '30', about: 'seconds that it lasts' },
    batch: { default: '500', about: 'messages a batch of the rules' },
    lanes: { default: '4', about: 'batches of the rules under way at once' },
  },
  run: async (context) => {
    const { options, say, signal } = context
    const devices = wholeNumber(options, 'devices', [10, 100_000])
    const stack = await startStack({ say, signal })
    const store = new pg.Client({ connectionString: stack.databaseUrl })
    await store.connect()
    try {
      const seeded = await seedDevicesWithTokens(stack.databaseUrl, devices)
      const deviceIds = seeded.map(({ id }) => id)
      const { rows } = await store.query<{ tenant_id: string; profile: string }>(
        'SELECT tenant_id, device_profile_id AS profile FROM devices WHERE id = $1',
        [deviceIds[0]],
      )
      const [owner] = rows
      if (!owner) throw new Error('The devices were not made.')
      const storm = await measureStorm(context, { stack, store, deviceIds, tenantId: owner.tenant_id })
      await stack.stopEngine()
      const rules = await measureRules(context, { stack, store, deviceIds, owner })
      return {
        figures: [...rules.figures, ...storm.figures],
        correct: rules.correct && storm.correct,
        data: { devices, rules: rules.data, storm: storm.data },
      }
    } finally {
      await store.end()
      await stack.stop()
    }
  },
}

type Given = { stack: BenchStack; store: pg.Client; deviceIds: string[] }
type Part = { figures: Figure[]; correct: boolean; data: Record<string, unknown> }

const simple = { type: 'SIMPLE' }
const rule = (key: string, operation: string, value: number, spec: unknown = simple) => ({
  condition: {
    condition: [
      {
        ...{ key: { type: 'TIME_SERIES', key }, valueType: 'NUMERIC' },
        predicate: { type: 'NUMERIC', operation, value: { defaultValue: value } },
      },
    ],
    spec,
  },
})
const repeating = { type: 'REPEATING', predicate: { defaultValue: 3 } }
const lasting = { type: 'DURATION', unit: 'SECONDS', predicate: { defaultValue: 30 } }

/** Five of them: simple, repeating and lasting ones, with and without a clear rule. */
const alarmRules = [
  {
    id: 'a1',
    alarmType: 'Hot',
    createRules: { MAJOR: rule('temperature', 'GREATER', 90) },
    clearRule: rule('temperature', 'LESS', 40),
  },
  { id: 'a2', alarmType: 'Pressure', createRules: { CRITICAL: rule('pressure', 'GREATER', 8, repeating) } },
  {
    id: 'a3',
    alarmType: 'Damp',
    createRules: { MINOR: rule('humidity', 'GREATER', 90, lasting) },
    clearRule: rule('humidity', 'LESS', 60),
  },
  { id: 'a4', alarmType: 'Battery', createRules: { WARNING: rule('battery', 'LESS', 10) } },
  {
    id: 'a5',
    alarmType: 'Speed',
    createRules: { MAJOR: rule('rpm', 'GREATER', 5_000) },
    clearRule: rule('rpm', 'LESS', 4_000),
  },
]

const measureRules = async (
  { options, say, signal }: BenchContext,
  { stack, store, deviceIds, owner }: Given & { owner: { tenant_id: string; profile: string } },
): Promise<Part> => {
  await store.query(
    `UPDATE device_profiles SET version = version + 1, profile_data = profile_data || jsonb_build_object('alarms', $2::jsonb) WHERE id = $1`,
    [owner.profile, JSON.stringify(alarmRules)],
  )
  say(`alarm rules of ${grouped(deviceIds.length)} devices`)
  const report = await loadProcess<RulesPlan, RulesReport>(
    join(import.meta.dirname, 'rules-process.ts'),
    {
      ...{ databaseUrl: stack.databaseUrl, tenantId: owner.tenant_id, deviceIds },
      batch: wholeNumber(options, 'batch', [1, 10_000]),
      lanes: wholeNumber(options, 'lanes', [1, 64]),
      warmUpMs: 5_000,
      measureMs: wholeNumber(options, 'seconds', [1, 600]) * 1_000,
    },
    signal,
  )
  const { rows } = await store.query<{ devices: number; bytes: number; largest: number; missing: number }>(
    `SELECT count(*)::int AS devices, avg(pg_column_size(c.*))::float AS bytes, max(pg_column_size(c.*))::int AS largest,
            (SELECT count(*)::int FROM alarms a WHERE a.type = 'Battery') AS missing
     FROM alarm_rule_counts c`,
  )
  const [state] = rows
  const rate = Math.round((report.messages / report.elapsedMs) * 1_000)
  const perDevice = Math.round(report.heapBytesPerDevice)
  return {
    figures: [
      {
        what: 'messages through five alarm rules',
        value: `${grouped(rate)}/s, ${((report.cpuSeconds * 1_000_000) / report.messages).toFixed(1)} µs CPU each`,
        goal: `≥ ${grouped(goals.evaluations)}/s`,
        met: rate >= goals.evaluations,
      },
      { what: 'alarms raised or updated · cleared', value: `${grouped(report.raised)} · ${grouped(report.cleared)}` },
      {
        what: 'memory for a device in the process',
        value: `${grouped(perDevice)} bytes`,
        goal: `< ${grouped(goals.stateBytes)} bytes`,
        met: perDevice < goals.stateBytes,
      },
      {
        what: 'kept for a device that counts: mean, largest',
        value: `${Math.round(state?.bytes ?? 0)} bytes, ${state?.largest ?? 0} bytes (${grouped(state?.devices ?? 0)} devices)`,
        goal: `< ${grouped(goals.stateBytes)} bytes`,
        met: (state?.largest ?? 0) < goals.stateBytes,
      },
    ],
    // A rule that no value fulfils raises nothing, and every other kind does.
    correct: report.failed === 0 && state?.missing === 0 && report.raised > 0 && report.cleared > 0,
    data: { ...report, state },
  }
}

const chainNodes = [
  {
    type: 'filter.TbMsgTypeFilterNode',
    name: 'Telemetry',
    configuration: { messageTypes: ['POST_TELEMETRY_REQUEST'] },
  },
  {
    type: 'action.TbCreateAlarmNode',
    name: 'Raise',
    configuration: {
      alarmType: 'Storm $' + '{kind}',
      severity: 'MAJOR',
      useMessageAlarmData: false,
      ...{ scriptLang: 'JS', alarmDetailsBuildJs: 'return { temperature: msg.temperature };' },
    },
  },
]

const measureStorm = async (
  { options, say, signal }: BenchContext,
  { stack, store, deviceIds, tenantId }: Given & { tenantId: string },
): Promise<Part> => {
  const rate = wholeNumber(options, 'rate', [1, 100_000])
  const seconds = wholeNumber(options, 'storm', [1, 600])
  await drawRootChain(stack)
  const used = deviceIds.slice(0, 2_000)
  const count = async () => {
    const { rows } = await store.query<{ n: number }>(`SELECT count(*)::int AS n FROM alarms WHERE type LIKE 'Storm %'`)
    return rows[0]?.n ?? 0
  }
  say(`a storm of ${grouped(rate)} new alarms a second`)
  const began = performance.now()
  let mostBehind = 0
  let isSending = true
  const look = (async () => {
    while (isSending) {
      const stored = await count()
      const sent = Math.min(rate * seconds, ((performance.now() - began) / 1_000) * rate)
      mostBehind = Math.max(mostBehind, (sent - stored) / rate)
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  })()
  const report = await loadProcess<StormPlan, StormReport>(
    join(import.meta.dirname, 'storm-process.ts'),
    { ...{ databaseUrl: stack.databaseUrl, redisUrl: stack.redisUrl, tenantId, deviceIds: used }, rate, seconds },
    signal,
  )
  isSending = false
  await look
  const ended = performance.now()
  let stored = await count()
  for (; stored < report.sent - report.rejected && performance.now() - ended < 120_000; stored = await count())
    await new Promise((resolve) => setTimeout(resolve, 100))
  const drainMs = performance.now() - ended
  const isRight = stored === report.sent && report.rejected === 0
  return {
    figures: [
      {
        what: `storm of ${grouped(rate)} new alarms/s for ${seconds} s: behind at most`,
        value: `${mostBehind.toFixed(1)} s`,
        goal: `< ${goals.stormBacklogSeconds} s`,
        met: mostBehind < goals.stormBacklogSeconds && drainMs < goals.stormBacklogSeconds * 1_000,
      },
      { what: 'until all were stored after the last message', value: `${(drainMs / 1_000).toFixed(1)} s` },
      { what: 'alarms stored · sent', value: `${grouped(stored)} · ${grouped(report.sent)}` },
    ],
    correct: isRight,
    data: { ...report, stored, drainMs, mostBehind },
  }
}

/** By REST, so that the engine hears of it. */
const drawRootChain = async ({ httpUrl }: BenchStack): Promise<void> => {
  const call = async (path: string, token: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${httpUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', ...(token && { 'x-authorization': `Bearer ${token}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return response.json()
  }
  const token = await signIn(httpUrl)
  const chains = Object(await call('/api/ruleChains?pageSize=100&page=0&type=CORE', token))
  const root = chains.data.find((chain: { root: boolean }) => chain.root)
  await call('/api/ruleChain/metadata', token, {
    ruleChainId: root.id,
    firstNodeIndex: 0,
    nodes: chainNodes.map((node) => ({ ...node, type: `org.thingsboard.rule.engine.${node.type}` })),
    connections: [{ fromIndex: 0, toIndex: 1, type: 'True' }],
  })
}
