import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@thingwire/db'
import { ensureDatabase, migrate } from '@thingwire/db/migrate'
import { startPostgres, startRedis } from '@thingwire/local-services'
import { seedTenant, waitFor } from '@thingwire/testing'
import { describe, expect, test } from 'vitest'
import { startEngineProcess } from './testing/engine-process.ts'
import { startNumberedClients } from './testing/numbered-clients.ts'
import { auditNumberedRun, saveNumberedDevices } from './testing/numbered-run.ts'

const diskMiB = 24
const ballastMiB = 18

/** A small disk of its own needs the right to mount; without it there is no disk that a test may fill. */
const mountDisk = (folder: string): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMiB}m,mode=711`, 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('the disk of the queue runs full', () => {
  test('nothing is acknowledged meanwhile, nothing is lost, and freeing space is all it takes', {
    timeout: 120_000,
  }, async ({ onTestFailed }) => {
    const folder = await mkdtemp(join(tmpdir(), 'thingwire-disk-'))
    await chmod(folder, 0o711)
    const disk = join(folder, 'disk')
    await mkdir(disk)
    await using cleanup = new AsyncDisposableStack()
    cleanup.defer(() => rm(folder, { recursive: true, force: true }))
    expect(mountDisk(disk), 'root may mount a tmpfs').toBe(true)
    cleanup.defer(() => void execFileSync('umount', ['-l', disk]))
    const ballast = join(disk, 'ballast')
    await writeFile(ballast, Buffer.alloc(ballastMiB * 1024 * 1024))

    const redisDir = join(disk, 'redis')
    let redis = await startRedis({ dataDir: redisDir })
    cleanup.defer(() => redis.stop())
    const redisPort = Number(new URL(redis.url).port)
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres') })
    cleanup.defer(() => postgres.stop())
    const databaseUrl = await ensureDatabase(postgres.url, 'disk')
    await migrate(databaseUrl)
    const database = openDatabase({ url: databaseUrl, poolSize: 4 })
    cleanup.defer(() => database.close())
    const { scope } = await seedTenant(database)
    const saved = await saveNumberedDevices(database, scope, 20)

    const at = { databaseUrl, redisUrl: redis.url }
    const gateway = await startEngineProcess({ roles: 'gateway,api', ...at })
    const rules = await startEngineProcess({ roles: 'rules', ...at })
    cleanup.defer(async () => void (await Promise.all([gateway.stop(), rules.stop()])))
    onTestFailed(() => console.log([...gateway.log(), ...rules.log()].join('\n')))
    const clients = await startNumberedClients({
      port: gateway.ports.mqtt ?? 0,
      tokens: saved.map(({ token }) => token),
      messagesPerSecond: 2_000,
      baseTs: Date.now(),
      maxInFlight: 500,
    })
    cleanup.defer(() => clients.close())
    const acknowledged = () => clients.acknowledged.reduce((sum, numbers) => sum + numbers.size, 0)

    // The append-only file grows until the disk is full; Redis then ends, since it may not promise what it cannot write.
    await redis.exited
    // Answers that Redis gave before it ended may still be on their way.
    await waitFor(() => clients.unacknowledged() > 1_000, { deadlineMs: 20_000, what: 'devices that wait' })
    const whenFull = acknowledged()
    expect(whenFull).toBeGreaterThan(1_000)
    await waitFor(() => clients.unacknowledged() > 4_000, { deadlineMs: 20_000, what: 'more devices that wait' })
    expect(acknowledged()).toBe(whenFull)

    await rm(ballast)
    redis = await startRedis({ dataDir: redisDir, port: redisPort })
    await waitFor(() => acknowledged() > whenFull + 4_000, { deadlineMs: 30_000, what: 'acknowledgements again' })
    clients.stopSending()
    await waitFor(() => clients.unacknowledged() === 0, { deadlineMs: 20_000, what: 'the last acknowledgements' })

    const { lost, doubled, totals } = await auditNumberedRun({ database, redisUrl: redis.url, scope, saved, clients })
    expect(lost).toEqual([])
    expect(doubled).toEqual([])
    expect(totals).toMatchObject({ difference: 0, deadLettered: 0, queued: 0 })
  })
})
