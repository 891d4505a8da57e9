import { mkdtemp, rm, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@thingwire/db'
import { ensureDatabase, migrate } from '@thingwire/db/migrate'
import { startPostgres, startRedis } from '@thingwire/local-services'
import { seedTenant, waitFor } from '@thingwire/testing'
import { expect, test } from 'vitest'
import { startEngineProcess } from './testing/engine-process.ts'
import { startNumberedClients } from './testing/numbered-clients.ts'
import { auditNumberedRun, saveNumberedDevices } from './testing/numbered-run.ts'

const devices = 20
const messagesPerSecond = 2_000

test('no acknowledged message is lost or stored twice when processes, Redis and PostgreSQL die under load', {
  timeout: 240_000,
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
  const { scope } = await seedTenant(database)
  const saved = await saveNumberedDevices(database, scope, devices)

  const at = { databaseUrl, redisUrl: redis.url }
  let gateway = await startEngineProcess({ roles: 'gateway,api', ...at })
  let rules = await startEngineProcess({ roles: 'rules', ...at })
  cleanup.defer(async () => void (await Promise.all([gateway.stop(), rules.stop()])))
  onTestFailed(() => console.log([...gateway.log(), ...rules.log()].join('\n')))
  const { mqtt: mqttPort, http: httpPort } = gateway.ports
  const clients = await startNumberedClients({
    port: mqttPort ?? 0,
    tokens: saved.map(({ token }) => token),
    messagesPerSecond,
    baseTs: Date.now(),
  })
  cleanup.defer(() => clients.close())

  const acknowledgedCount = () => clients.acknowledged.reduce((sum, numbers) => sum + numbers.size, 0)
  /**
   * Load goes on and every device is acknowledged: the fault before is overcome as far as devices can tell. One that was
   * still away when the database dies could not come back before it does.
   */
  const untilAcknowledged = (more: number, deadlineMs = 20_000) => {
    const from = clients.acknowledged.map(({ size }) => size)
    const total = acknowledgedCount() + more
    return waitFor(
      () =>
        acknowledgedCount() >= total && clients.acknowledged.every(({ size }, device) => size > (from[device] ?? 0)),
      { deadlineMs, what: `${more} more acknowledgements, some of each device` },
    )
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
  // Twenty seconds of load without a database: all of it is acknowledged, since the queue keeps it.
  await untilAcknowledged(20 * messagesPerSecond, 45_000)
  postgres = await startPostgres({ dataDir: postgresDir, port: postgresPort })
  await untilAcknowledged(3_000)

  clients.stopSending()
  await waitFor(() => clients.unacknowledged() === 0, { deadlineMs: 20_000, what: 'the last acknowledgements' })
  const { lost, doubled, stored, totals } = await auditNumberedRun({
    database,
    redisUrl: redis.url,
    scope,
    saved,
    clients,
  })
  expect(lost).toEqual([])
  expect(doubled).toEqual([])
  expect(acknowledgedCount()).toBeGreaterThan(50_000)
  expect(totals).toMatchObject({ difference: 0, deadLettered: 0, queued: 0 })
  // A batch whose acknowledgement was lost is sent again by its devices: accepted twice, stored once.
  expect(totals?.stored).toBeGreaterThanOrEqual(stored)
})
