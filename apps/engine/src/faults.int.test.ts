import { mkdtemp, rm, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { entityId } from '@thingwire/contracts'
import { openDatabase } from '@thingwire/db'
import { ensureDatabase, migrate } from '@thingwire/db/migrate'
import { startPostgres, startRedis } from '@thingwire/local-services'
import { seedTenant, waitFor } from '@thingwire/testing'
import { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { auditLedger } from './ledger/audit.ts'
import { startEngineProcess } from './testing/engine-process.ts'
import { startNumberedClients } from './testing/numbered-clients.ts'

const devices = 20
const messagesPerSecond = 2_000

test('no acknowledged message is lost or stored twice when processes, Redis and PostgreSQL die under load', {
  timeout: 90_000,
}, async ({ onTestFailed }) => {
  const folder = await mkdtemp(join(tmpdir(), 'thingwire-faults-'))
  await chmod(folder, 0o711)
  const redisDir = join(folder, 'redis')
  const postgresDir = join(folder, 'postgres')
  await using cleanup = new AsyncDisposableStack()
  cleanup.defer(() => rm(folder, { recursive: true, force: true }))

  let [redis, postgres] = await Promise.all([
    startRedis({ dataDir: redisDir }),
    startPostgres({ dataDir: postgresDir, settings: { restart_after_crash: 'off' } }),
  ])
  cleanup.defer(() => redis.stop())
  cleanup.defer(() => postgres.stop())
  const redisPort = Number(new URL(redis.url).port)
  const postgresPort = Number(new URL(postgres.url).port)
  const databaseUrl = await ensureDatabase(postgres.url, 'faults')
  await migrate(databaseUrl)
  const database = openDatabase({ url: databaseUrl, poolSize: 4 })
  cleanup.defer(() => database.close())
  const { scope, tenantId } = await seedTenant(database)
  const saved = await Promise.all(
    Array.from({ length: devices }, (_, i) =>
      database.devices.save(scope, { name: `numbered-${i}` }, { accessToken: `numbered-token-${i}` }),
    ),
  )

  const at = { databaseUrl, redisUrl: redis.url }
  let gateway = await startEngineProcess({ roles: 'gateway,api', ...at })
  let rules = await startEngineProcess({ roles: 'rules', ...at })
  cleanup.defer(async () => void (await Promise.all([gateway.stop(), rules.stop()])))
  onTestFailed(() => console.log([...gateway.log(), ...rules.log()].join('\n')))
  const { mqtt: mqttPort, http: httpPort } = gateway.ports
  const clients = await startNumberedClients({
    port: mqttPort ?? 0,
    tokens: saved.map((_, i) => `numbered-token-${i}`),
    messagesPerSecond,
    baseTs: Date.now(),
  })
  cleanup.defer(() => clients.close())

  const acknowledgedCount = () => clients.acknowledged.reduce((sum, numbers) => sum + numbers.size, 0)
  /** Load goes on and is acknowledged: the fault before is overcome as far as devices can tell. */
  const untilAcknowledged = (more: number, deadlineMs = 20_000) => {
    const from = acknowledgedCount()
    return waitFor(() => acknowledgedCount() >= from + more, { deadlineMs, what: `${more} more acknowledgements` })
  }

  await untilAcknowledged(3_000)

  await rules.killHard()
  await untilAcknowledged(1_000)
  rules = await startEngineProcess({ roles: 'rules', ...at })
  await untilAcknowledged(2_000)

  await gateway.killHard()
  gateway = await startEngineProcess({ roles: 'gateway,api', ...at, mqttPort, httpPort })
  await untilAcknowledged(3_000)

  process.kill(redis.pid, 'SIGKILL')
  await redis.exited
  redis = await startRedis({ dataDir: redisDir, port: redisPort })
  await untilAcknowledged(3_000)

  // Immediate shutdown: connections are cut, nothing is written back; the next start recovers from the log.
  process.kill(postgres.pid, 'SIGQUIT')
  await postgres.exited
  await delay(4_000)
  postgres = await startPostgres({ dataDir: postgresDir, port: postgresPort })
  await untilAcknowledged(3_000)

  clients.stopSending()
  await waitFor(() => clients.unacknowledged() === 0, { deadlineMs: 20_000, what: 'the last acknowledgements' })
  const client = new Redis(redis.url)
  cleanup.defer(() => client.disconnect())
  const audit = await waitFor(
    async () => {
      const now = Date.now()
      const seen = await auditLedger(
        { database, redis: client },
        { fromMs: now - 3_600_000, toMs: now + 60_000, attempts: 1 },
      )
      const isSettled = seen.tenants.every(({ queued }) => queued === 0) && seen.isBalanced
      if (!isSettled) throw new Error(JSON.stringify(seen.tenants))
      return seen
    },
    { deadlineMs: 30_000, what: 'an empty queue and a balanced ledger' },
  )

  const lost: string[] = []
  let stored = 0
  for (const [index, device] of saved.entries()) {
    const history = await database.telemetry.history(scope, {
      entityId: entityId('DEVICE', device.id.id),
      keys: ['n'],
      startTs: 0,
      endTs: Number.MAX_SAFE_INTEGER,
      aggregation: 'NONE',
      intervalMs: 0,
      order: 'ASC',
      limit: 1_000_000,
    })
    const numbers = history.n?.map(({ value }) => Number(value)) ?? []
    stored += numbers.length
    expect(new Set(numbers).size, 'no number is stored twice').toBe(numbers.length)
    const present = new Set(numbers)
    for (const number of clients.acknowledged[index] ?? []) if (!present.has(number)) lost.push(`${index}:${number}`)
  }
  expect(lost).toEqual([])
  expect(acknowledgedCount()).toBeGreaterThan(18_000)
  const totals = audit.tenants.find((tenant) => tenant.tenantId === tenantId)
  expect(totals).toMatchObject({ difference: 0, deadLettered: 0, queued: 0 })
  // A batch whose acknowledgement was lost is sent again by its devices: accepted twice, stored once.
  expect(totals?.stored).toBeGreaterThanOrEqual(stored)
})
