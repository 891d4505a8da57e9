import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { entityId } from '@thingwire/contracts'
import { freePort, startRedis } from '@thingwire/local-services'
import { testDatabase, waitFor } from '@thingwire/testing'
import { expect, test } from 'vitest'
import { runEngineToExit, startEngineProcess } from './testing/engine-process.ts'
import { startNumberedClients } from './testing/numbered-clients.ts'
import { startTestServices } from './testing/test-engine.ts'

test('wrong settings are told in one line, with exit code 1', async () => {
  const { code, output } = await runEngineToExit({ ENGINE_ROLES: 'gateway,cooking', MQTT_PORT: 'x' })
  expect(code).toBe(1)
  expect(output.trim().split('\n')).toHaveLength(1)
  for (const name of ['ENGINE_ROLES', 'MQTT_PORT', 'DATABASE_URL', 'REDIS_URL']) expect(output).toContain(name)
})

test('a port in use is told in one line, with exit code 1', async () => {
  await using services = await startTestServices()
  const at = { databaseUrl: services.databaseUrl, redisUrl: services.redisUrl }
  const first = await startEngineProcess({ roles: 'gateway', ...at })
  try {
    const { code, output } = await runEngineToExit({
      ENGINE_ROLES: 'gateway',
      DATABASE_URL: at.databaseUrl,
      REDIS_URL: at.redisUrl,
      MQTT_HOST: '127.0.0.1',
      MQTT_PORT: String(first.ports.mqtt),
      COAP_PORT: '0',
      HTTP_PORT: '0',
      MANAGEMENT_PORT: '0',
    })
    expect(code).toBe(1)
    expect(output).toContain(`port ${first.ports.mqtt} is in use`)
  } finally {
    await first.stop()
  }
})

test('waits for a Redis that comes later instead of ending', async () => {
  await using database = await testDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'thingwire-late-'))
  const first = await startRedis({ dataDir })
  await first.stop()
  const port = await freePort()
  const url = first.url.replace(/:\d+$/, `:${port}`)
  let isWaiting = false
  const starting = startEngineProcess({
    roles: 'rules',
    databaseUrl: database.url,
    redisUrl: url,
    onLine: (line) => {
      isWaiting ||= line.includes('waiting for Redis')
    },
  })
  await waitFor(() => isWaiting, { deadlineMs: 20_000, what: 'the engine to say that it waits' })
  const redis = await startRedis({ dataDir, port })
  const engine = await starting
  expect(await engine.stop()).toBe(0)
  await redis.stop()
  await rm(dataDir, { recursive: true, force: true })
})

test('a stop under load drains: what was acknowledged is stored, nothing is left half done', async () => {
  await using services = await startTestServices()
  const at = { databaseUrl: services.databaseUrl, redisUrl: services.redisUrl }
  const engine = await startEngineProcess({ roles: 'gateway,rules', ...at })
  const clients = await startNumberedClients({
    port: engine.ports.mqtt ?? 0,
    tokens: [services.tenant.token, services.tenant.customerToken],
    messagesPerSecond: 500,
    baseTs: 1_700_000_000_000,
  })
  await waitFor(() => (clients.acknowledged[0]?.size ?? 0) > 200, { deadlineMs: 10_000 })
  expect(await engine.stop()).toBe(0)
  const acknowledged = [...(clients.acknowledged[0] ?? [])]
  await clients.close()
  // The same engine again: what waited in the queue is worked off.
  const next = await startEngineProcess({ roles: 'rules', ...at })
  const { scope, device } = services.tenant
  await waitFor(async () => {
    const history = await services.db.telemetry.history(scope, {
      entityId: entityId('DEVICE', device.id.id),
      keys: ['n'],
      startTs: 0,
      endTs: Number.MAX_SAFE_INTEGER,
      aggregation: 'NONE',
      intervalMs: 0,
      order: 'ASC',
      limit: 100_000,
    })
    const present = new Set(history.n?.map(({ value }) => Number(value)))
    return acknowledged.every((number) => present.has(number))
  })
  expect(await next.stop()).toBe(0)
})

test('liveness, readiness and metrics are told on the management port', async () => {
  await using services = await startTestServices()
  const engine = await startEngineProcess({
    roles: 'rules',
    databaseUrl: services.databaseUrl,
    redisUrl: services.redisUrl,
  })
  const get = (path: string) => fetch(`http://127.0.0.1:${engine.ports.management}${path}`)
  expect((await get('/health/live')).status).toBe(200)
  expect((await get('/health/ready')).status).toBe(200)
  const metrics = await (await get('/metrics')).text()
  expect(metrics).toContain('process_cpu_seconds_total')
  expect(metrics).toContain('thingwire_rule_messages_processed_total')
  expect((await get('/nothing')).status).toBe(404)
  expect(await engine.stop()).toBe(0)
})
