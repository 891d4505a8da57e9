import { seedTenant, waitFor } from '@thingwire/testing'
import { expect, test } from 'vitest'
import { redisKeys } from '../redis-keys.ts'
import { startEngineProcess } from '../testing/engine-process.ts'
import { startNumberedClients } from '../testing/numbered-clients.ts'
import { auditNumberedRun, saveNumberedDevices } from '../testing/numbered-run.ts'
import { startTestServices } from '../testing/test-engine.ts'

test('no message is lost or stored twice when the rules process is killed while batches stand aside for a script', {
  timeout: 120_000,
}, async ({ onTestFailed }) => {
  await using services = await startTestServices()
  await using cleanup = new AsyncDisposableStack()
  const { db, redis, tenant } = services
  const bad = await seedTenant(db)
  const loop = { scriptLang: 'JS', jsScript: 'if (msg.n > 0) for (;;) {} return true;', tbelScript: '' }
  await db.ruleChains.saveMetadata(bad.scope, {
    ruleChainId: bad.rootChain.id,
    version: bad.rootChain.version,
    firstNodeIndex: 0,
    nodes: [
      {
        type: 'org.thingsboard.rule.engine.filter.TbJsFilterNode',
        name: 'loops',
        singletonMode: false,
        configurationVersion: 0,
        configuration: loop,
      },
    ],
    connections: [],
  })
  const at = { databaseUrl: services.databaseUrl, redisUrl: services.redisUrl, env: { QUEUE_PARTITIONS: '2' } }
  const gateway = await startEngineProcess({ roles: 'gateway', ...at })
  let rules = await startEngineProcess({ roles: 'rules', ...at })
  cleanup.defer(async () => void (await Promise.all([gateway.stop(), rules.stop()])))
  onTestFailed(() => console.log([...gateway.log(), ...rules.log()].join('\n')))
  const saved = await saveNumberedDevices(db, tenant.scope, 10)
  const clients = await startNumberedClients({
    port: gateway.ports.mqtt ?? 0,
    tokens: saved.map(({ token }) => token),
    messagesPerSecond: 500,
    baseTs: Date.now(),
  })
  cleanup.defer(() => clients.close())
  const acknowledged = () => clients.acknowledged.reduce((sum, numbers) => sum + numbers.size, 0)
  const untilMore = (count: number) => {
    const from = acknowledged()
    return waitFor(() => acknowledged() >= from + count, { deadlineMs: 30_000, what: 'more acknowledgements' })
  }
  await untilMore(500)

  let hostile = 0
  const jobsAside = async (): Promise<number> => {
    const counts = [0, 1].map((partition) => redis.hlen(redisKeys.jobsAside(redisKeys.queue('Main', partition))))
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  }
  for (let round = 0; round < 2; round++) {
    const url = `http://127.0.0.1:${gateway.ports.http}/api/v1/${bad.token}/telemetry`
    const { status } = await fetch(url, { method: 'POST', body: `{"n":${++hostile}}` })
    expect(status).toBe(200)
    await waitFor(async () => (await jobsAside()) > 0, { what: 'a batch stands aside' })
    await rules.killHard()
    expect(await jobsAside()).toBeGreaterThan(0)
    rules = await startEngineProcess({ roles: 'rules', ...at })
    await untilMore(500)
  }
  clients.stopSending()
  await waitFor(() => clients.unacknowledged() === 0, { deadlineMs: 30_000, what: 'the last acknowledgements' })

  const run = { database: db, redisUrl: services.redisUrl, scope: tenant.scope, saved, clients }
  const { lost, doubled, stored, totals } = await auditNumberedRun(run)
  expect([lost, doubled]).toEqual([[], []])
  expect(stored).toBeGreaterThan(1_400)
  expect(totals).toMatchObject({ difference: 0, deadLettered: 0, queued: 0 })
  const { data } = await db.deadLetters.list(bad.scope, { page: 0, pageSize: 100, sortOrder: 'DESC' })
  expect(data.filter(({ messageType }) => messageType === 'POST_TELEMETRY_REQUEST')).toHaveLength(hostile)
})
