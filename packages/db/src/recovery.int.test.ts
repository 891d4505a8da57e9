import { ownPostgres, waitFor } from '@thingwire/testing'
import { expect, test } from 'vitest'
import { migrate } from './migrate/index.ts'
import { openDatabase } from './open-database.ts'
import { uuidV7 } from './uuid.ts'

// Starts a server twice, once with recovery.
const timeoutMs = 90_000

test(
  'when PostgreSQL is killed calls fail as unavailable, and work again by themselves once it is back',
  async () => {
    await using postgres = await ownPostgres()
    await migrate(postgres.url)
    const db = openDatabase({ url: postgres.url, poolSize: 3 })
    try {
      const tenantId = uuidV7()
      const entityId = { entityType: 'DEVICE' as const, id: uuidV7() }
      const write = (ts: number) =>
        db.telemetry.write([
          { entityId, tenantId, key: 'k', ts, type: 'LONG', value: ts, saveTimeseries: true, saveLatest: true },
        ])
      const now = Date.now()
      const calls: (() => Promise<unknown>)[] = [
        () => write(now),
        () => db.ping(),
        () => db.users.findAccountByEmail('nobody@example.org'),
        () =>
          db.ruleChains.setRoot({ kind: 'tenant', tenantId }, uuidV7()).catch((error: { code: string }) => {
            if (error.code !== 'ENTITY_NOT_FOUND') throw error
          }),
        () => db.credentials.resolve('token'),
      ]
      for (const call of calls) await call()
      process.kill(postgres.server.pid, 'SIGKILL')
      await postgres.server.exited
      // Twice: first the broken connections of the pool, then the refused new ones.
      for (const call of [...calls, ...calls])
        await expect(call()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
      await postgres.restart()
      await waitFor(() => db.ping().then(() => true), { deadlineMs: 10_000, what: 'the database to answer' })
      for (const call of calls) await call()
      expect(await db.telemetry.latest({ kind: 'tenant', tenantId }, entityId)).toMatchObject([{ value: now }])
    } finally {
      await db.close()
    }
  },
  timeoutMs,
)

test('a server that is not there is named as unavailable; closing twice is harmless', async () => {
  const db = openDatabase({ url: 'postgresql://nobody:x@127.0.0.1:1/none', poolSize: 2 })
  await expect(db.ping()).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  await expect(db.devices.find({ kind: 'system' }, uuidV7())).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' })
  await Promise.all([db.close(), db.close()])
})
