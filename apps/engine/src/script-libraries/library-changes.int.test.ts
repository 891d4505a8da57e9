import { entityId } from '@thingwire/contracts'
import { seedTenant, type SeededTenant, waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { redisChannels } from '../redis-keys.ts'
import { readNodeStates } from '../rule-runner/node-states.ts'
import { startTestEngine, startTestServices, type TestEngine, type TestServices } from '../testing/test-engine.ts'

let services: TestServices
let engine: TestEngine
beforeAll(async () => {
  services = await startTestServices()
  engine = await startTestEngine(services)
  // A process for scripts takes its time to start; that of a change is what counts here.
  const tenant = await tenantWith('JS')
  await saveMarks(tenant, 'JS', 'function mark(n) { return n; }')
  await send(tenant, 1)
  await waitFor(async () => (await marks(tenant)).length === 1)
})
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
  await services[Symbol.asyncDispose]()
})

const body = '// @use marks\nreturn {msg: {n: msg.n, mark: mark(msg.n)}, metadata: metadata, msgType: msgType};'

/** A tenant whose messages get a mark from a library and are stored. */
const tenantWith = async (scriptLang: 'JS' | 'TBEL'): Promise<SeededTenant> => {
  const tenant = await seedTenant(services.db)
  const { scope, rootChain } = tenant
  const node = { singletonMode: false, configurationVersion: 0 }
  await services.db.ruleChains.saveMetadata(scope, {
    ...{ ruleChainId: rootChain.id, version: rootChain.version, firstNodeIndex: 0 },
    nodes: [
      {
        ...{ ...node, type: 'org.thingsboard.rule.engine.transform.TbTransformMsgNode', name: 'Mark' },
        configuration: { scriptLang, jsScript: body, tbelScript: body },
      },
      {
        ...{ ...node, type: 'org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode', name: 'Save' },
        configuration: { defaultTTL: 0 },
      },
    ],
    connections: [{ fromIndex: 0, toIndex: 1, type: 'Success' }],
  })
  return tenant
}

const announce = (tenantId: string, id: string) =>
  services.redis.publish(redisChannels.invalidation, JSON.stringify({ kind: 'script-library', tenantId, id }))
const saveMarks = async ({ scope, tenantId }: SeededTenant, language: 'JS' | 'TBEL', text: string) => {
  const [known] = await services.db.scriptLibraries.byNames(tenantId, ['marks'])
  const id = known ? { id: known.id } : {}
  const library = await services.db.scriptLibraries.save(scope, { ...id, name: 'marks', language, body: text })
  await announce(tenantId, library.id.id)
}
const deleteMarks = async ({ scope, tenantId }: SeededTenant) => {
  const [known] = await services.db.scriptLibraries.byNames(tenantId, ['marks'])
  if (!known) throw new Error('There are no marks')
  await services.db.scriptLibraries.delete(scope, known.id.id)
  await announce(tenantId, known.id.id)
}
const send = async (tenant: SeededTenant, n: number): Promise<void> => {
  const url = `http://127.0.0.1:${engine.ports.http}/api/v1/${tenant.token}/telemetry`
  const { status } = await fetch(url, { method: 'POST', body: JSON.stringify({ ts: n, values: { n } }) })
  expect(status).toBe(200)
}
/** The marks in the order of the messages' numbers. */
const marks = async ({ scope, device }: SeededTenant) => {
  const history = await services.db.telemetry.history(scope, {
    ...{ entityId: entityId('DEVICE', device.id.id), keys: ['mark'], startTs: 0, endTs: 1_000_000 },
    ...{ aggregation: 'NONE' as const, intervalMs: 0, limit: 10_000, order: 'ASC' as const },
  })
  return (history.mark ?? []).map(({ value }) => value)
}
const errors = async ({ scope }: SeededTenant) => {
  const { data } = await services.db.deadLetters.list(scope, { page: 0, pageSize: 100, sortOrder: 'ASC' })
  // That a device has become active is nothing that these chains store.
  return data.map(({ error }) => error).filter((error) => !error.includes('ACTIVITY_EVENT'))
}
const states = ({ rootChain }: SeededTenant) => readNodeStates(services.redis, rootChain.id.id, Date.now())

test.each([
  ['JS', (mark: number) => `function mark(n) { return ${mark}; }`],
  ['TBEL', (mark: number) => `def mark(n) { ${mark} }`],
] as const)(
  'messages get the functions of a library in %s that changes while they pass, and none is lost',
  async (language, text) => {
    const tenant = await tenantWith(language)
    await saveMarks(tenant, language, text(1))
    let n = 0
    let tookMs = 0
    for (const mark of [1, 2, 3]) {
      if (mark > 1) await saveMarks(tenant, language, text(mark))
      const savedMs = performance.now()
      await waitFor(async () => {
        await send(tenant, ++n)
        return (await marks(tenant)).at(-1) === mark
      })
      if (mark > 1) tookMs = Math.max(tookMs, performance.now() - savedMs)
      for (let more = 0; more < 20; more++) await send(tenant, ++n)
    }
    await waitFor(async () => (await marks(tenant)).length === n)
    const all = await marks(tenant)
    expect(all).toEqual([...all].sort())
    expect(new Set(all)).toEqual(new Set([1, 2, 3]))
    expect(tookMs).toBeLessThan(3_000)
    expect(await errors(tenant)).toEqual([])
  },
)

test('a running node whose library goes away fails its messages with the reason, and goes on when it is back', async () => {
  const tenant = await tenantWith('JS')
  await saveMarks(tenant, 'JS', 'function mark(n) { return n; }')
  await send(tenant, 1)
  await waitFor(async () => (await marks(tenant)).length === 1)
  await deleteMarks(tenant)
  const reason = 'There is no script library "marks"'
  let n = 1
  await waitFor(async () => {
    await send(tenant, ++n)
    return (await errors(tenant)).length > 0
  })
  expect(await errors(tenant)).toContain(reason)
  await waitFor(async () => (await states(tenant)).length === 1)
  expect(await states(tenant)).toMatchObject([{ state: 'suspended', reason }])
  await saveMarks(tenant, 'JS', 'function mark(n) { return -n; }')
  await waitFor(async () => {
    await send(tenant, ++n)
    return Number((await marks(tenant)).at(-1)) < 0
  })
  await waitFor(async () => (await states(tenant)).length === 0)
})

test('a node whose library is missing has failed with the reason, and runs within a second when it is made', async () => {
  const tenant = await tenantWith('JS')
  await send(tenant, 1)
  await waitFor(async () => (await errors(tenant)).length === 1)
  const reason = 'There is no script library "marks"'
  expect(await errors(tenant)).toEqual([`Rule Node is not active! Failed to initialize: ${reason}`])
  await waitFor(async () => (await states(tenant)).length === 1)
  expect(await states(tenant)).toMatchObject([{ state: 'failed', reason, nextAttempt: null }])
  await saveMarks(tenant, 'JS', 'function mark(n) { return n * 2; }')
  await waitFor(async () => (await states(tenant)).length === 0, { deadlineMs: 4_000 })
  await send(tenant, 2)
  await waitFor(async () => (await marks(tenant)).length === 1)
  expect(await marks(tenant)).toEqual([4])
})
