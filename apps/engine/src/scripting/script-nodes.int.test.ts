import { readdirSync, readFileSync } from 'node:fs'
import { entityId } from '@thingwire/contracts'
import { seedTenant, type SeededTenant, waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startNumberedClients } from '../testing/numbered-clients.ts'
import { auditNumberedRun, saveNumberedDevices } from '../testing/numbered-run.ts'
import { readScriptUses } from './script-uses.ts'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../testing/test-engine.ts'

let services: TestServices
let engine: TestEngine
beforeAll(async () => {
  services = await startTestServices()
  engine = await startTestEngine(services)
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
  await services[Symbol.asyncDispose]()
})

const classes = {
  filter: 'org.thingsboard.rule.engine.filter.TbJsFilterNode',
  switch: 'org.thingsboard.rule.engine.filter.TbJsSwitchNode',
  transformation: 'org.thingsboard.rule.engine.transform.TbTransformMsgNode',
  save: 'org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode',
} as const

type Drawn = {
  kind: keyof typeof classes
  script?: { scriptLang: 'JS' | 'TBEL'; body: string }
  to: Record<string, number[]>
}

/** A tenant whose root chain is this drawing; the first node is where messages enter. */
const tenantWith = async (drawing: readonly Drawn[]): Promise<SeededTenant> => {
  const tenant = await seedTenant(services.db)
  const { scope, rootChain } = tenant
  await services.db.ruleChains.saveMetadata(scope, {
    ruleChainId: rootChain.id,
    version: rootChain.version,
    firstNodeIndex: 0,
    nodes: drawing.map(({ kind, script }, index) => ({
      type: classes[kind],
      name: `${index} ${kind}`,
      singletonMode: false,
      configurationVersion: 0,
      configuration: script
        ? { scriptLang: script.scriptLang, jsScript: script.body, tbelScript: script.body }
        : { defaultTTL: 0 },
    })),
    connections: drawing.flatMap(({ to }, fromIndex) =>
      Object.entries(to).flatMap(([type, targets]) => targets.map((toIndex) => ({ fromIndex, toIndex, type }))),
    ),
  })
  return tenant
}

const send = async (tenant: SeededTenant, body: unknown): Promise<void> => {
  const url = `http://127.0.0.1:${engine.ports.http}/api/v1/${tenant.token}/telemetry`
  const { status } = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  expect(status).toBe(200)
}
const latest = async ({ scope, device }: SeededTenant, keys: string[]) =>
  services.db.telemetry.latest(scope, entityId('DEVICE', device.id.id), keys)
/** Not of what tells that a device has become active: no chain here does anything with that. */
const deadLetters = async ({ scope }: SeededTenant) =>
  (await services.db.deadLetters.list(scope, { page: 0, pageSize: 100, sortOrder: 'DESC' })).data.filter(
    ({ messageType }) => messageType === 'POST_TELEMETRY_REQUEST',
  )

const scriptProcesses = (): number[] =>
  readdirSync('/proc').flatMap((name) => {
    try {
      const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1])
      const isOurs = parent === process.pid && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('sandbox/main.ts')
      return isOurs ? [Number(name)] : []
    } catch {
      return []
    }
  })

test('a chain of scripts in both languages does with messages what they say', async () => {
  const tenant = await tenantWith([
    {
      kind: 'switch',
      script: { scriptLang: 'JS', body: "return msg.t > 30 ? ['Hot', 'All'] : 'all';" },
      to: { Hot: [1], All: [2] },
    },
    {
      kind: 'transformation',
      script: { scriptLang: 'TBEL', body: 'return {msg: {hot: msg.t * 2.0}, metadata: metadata, msgType: msgType};' },
      to: { Success: [3] },
    },
    {
      kind: 'filter',
      script: { scriptLang: 'JS', body: 'if (msg.t === 13) throw new Error("unlucky"); return msg.t !== 5;' },
      to: { True: [3] },
    },
    { kind: 'save', to: {} },
  ])
  await send(tenant, [
    { ts: 1_700_000_000_000, values: { t: 40 } },
    { ts: 1_700_000_000_001, values: { t: 13 } },
    { ts: 1_700_000_000_002, values: { t: 5 } },
    { ts: 1_700_000_000_003, values: { t: 7, last: true } },
  ])
  await waitFor(async () => (await latest(tenant, ['last'])).length === 1)
  expect(await latest(tenant, ['hot', 't'])).toMatchObject([
    { key: 'hot', value: 80, ts: 1_700_000_000_000 },
    { key: 't', value: 7 },
  ])
  const letters = await waitFor(async () => {
    const found = await deadLetters(tenant)
    return found.length > 0 && found
  })
  expect(letters).toMatchObject([{ error: 'Error: unlucky' }])
  const ruleChainId = tenant.rootChain.id.id
  const nodes = (await services.db.ruleChains.metadata(tenant.scope, ruleChainId))?.nodes ?? []
  const told = await waitFor(async () => {
    const found = await readScriptUses(services.redis, ruleChainId, Date.now())
    return found.length === 3 ? found : undefined
  })
  const byNode = nodes.map(({ id }) => told.find(({ nodeId }) => nodeId === id?.id))
  expect(byNode).toMatchObject([
    // That the device has become active may be among them by now.
    { messages: expect.toBeOneOf([4, 5]), errors: 0, state: 'active' },
    { messages: 1, errors: 0 },
    { messages: expect.toBeOneOf([4, 5]), errors: 1 },
    undefined,
  ])
})

test('a script that never ends fails its own messages, and those of another tenant are stored meanwhile', async () => {
  const hostile = await tenantWith([{ kind: 'filter', script: { scriptLang: 'JS', body: 'for (;;) {}' }, to: {} }])
  const good = await tenantWith([
    { kind: 'filter', script: { scriptLang: 'JS', body: 'return true;' }, to: { True: [1] } },
    { kind: 'save', to: {} },
  ])
  await send(good, { warm: 1 })
  await waitFor(async () => (await latest(good, ['warm'])).length === 1)
  await send(hostile, { n: 1 })
  await send(good, { n: 1 })
  await waitFor(async () => (await latest(good, ['n'])).length === 1)
  const letters = await waitFor(async () => {
    const found = await deadLetters(hostile)
    return found.length > 0 && found
  })
  expect(letters).toMatchObject([{ error: 'Script execution timed out' }])
})

test('no message is lost or stored twice when script processes are killed under load', { timeout: 60_000 }, async ({
  onTestFailed,
}) => {
  // What would run without a sandbox needs no process.
  const body = `/* ${'x'.repeat(20_000)} */ return {msg: msg, metadata: metadata, msgType: msgType};`
  const tenant = await tenantWith([
    {
      kind: 'filter',
      script: { scriptLang: 'JS', body: 'return typeof globalThis === "object" && msg.n >= 0;' },
      to: { True: [1] },
    },
    { kind: 'transformation', script: { scriptLang: 'TBEL', body }, to: { Success: [2] } },
    { kind: 'save', to: {} },
  ])
  const { scope } = tenant
  const saved = await saveNumberedDevices(services.db, scope, 10)
  const clients = await startNumberedClients({
    port: engine.ports.mqtt ?? 0,
    tokens: saved.map(({ token }) => token),
    messagesPerSecond: 1_500,
    baseTs: Date.now(),
  })
  onTestFailed(() => clients.close())
  const acknowledged = () => clients.acknowledged.reduce((sum, numbers) => sum + numbers.size, 0)
  const untilMore = (count: number) => {
    const from = acknowledged()
    return waitFor(() => acknowledged() >= from + count, { deadlineMs: 20_000, what: 'more acknowledgements' })
  }
  await untilMore(1_000)
  const killed = new Set<number>()
  for (let round = 0; round < 4; round++) {
    const oldest = await waitFor(() => scriptProcesses().find((pid) => !killed.has(pid)))
    killed.add(oldest)
    process.kill(oldest, 'SIGKILL')
    await untilMore(2_000)
  }
  clients.stopSending()
  await waitFor(() => clients.unacknowledged() === 0, { deadlineMs: 20_000, what: 'the last acknowledgements' })
  const run = { database: services.db, redisUrl: services.redisUrl, scope, saved, clients }
  const { lost, doubled, stored, totals } = await auditNumberedRun(run)
  await clients.close()
  expect([killed.size, lost, doubled]).toEqual([4, [], []])
  expect(stored).toBeGreaterThan(8_000)
  const failed = await services.db.deadLetters.list(scope, { page: 0, pageSize: 5, sortOrder: 'DESC' })
  expect(failed.data.map(({ error }) => error)).toEqual([])
  expect(totals).toMatchObject({ difference: 0, deadLettered: 0, queued: 0 })
})
