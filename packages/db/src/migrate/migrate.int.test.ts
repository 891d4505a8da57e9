import { fork } from 'node:child_process'
import { once } from 'node:events'
import { emptyDatabase, waitFor } from '@thingwire/testing'
import pg from 'pg'
import { expect, test } from 'vitest'
import { diffSchema } from './diff.ts'
import { migrate } from './migrate.ts'
import { readMigrations } from './migration-files.ts'

const connect = async (url: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return {
    client,
    rows: async (sql: string) => (await client.query(sql)).rows,
    [Symbol.asyncDispose]: () => client.end(),
  }
}

test('migrating an empty database applies every migration, and a second time none', async () => {
  await using database = await emptyDatabase()
  const names = (await readMigrations()).map((file) => file.name)
  const steps: string[] = []
  expect(await migrate(database.url, { onStep: (step) => steps.push(step.name) })).toEqual({ applied: names })
  expect(steps).toEqual(names)
  expect(await migrate(database.url)).toEqual({ applied: [] })
})

test('two starters at once do not collide: one migrates, the other finds it done', async () => {
  await using database = await emptyDatabase()
  const results = await Promise.all([migrate(database.url), migrate(database.url)])
  const applied = results.flatMap((result) => result.applied)
  expect(applied).toEqual((await readMigrations()).map((file) => file.name))
})

test('a migration that was cut off before its commit is run again by the next start', async () => {
  await using database = await emptyDatabase()
  await using blocker = await connect(database.url)
  // The last table of the migration is taken by somebody else's open transaction, so the script waits in its middle.
  await blocker.rows('BEGIN')
  await blocker.rows('CREATE TABLE settled_batches (id int)')
  const child = fork(new URL('./migrate-child.ts', import.meta.url), [database.url], { stdio: 'ignore' })
  await using watcher = await connect(database.url)
  await waitFor(
    async () =>
      (await watcher.rows(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%settled_batches%'`))
        .length > 0,
    { deadlineMs: 20_000, what: 'the migration to wait for the lock' },
  )
  child.kill('SIGKILL')
  await once(child, 'exit')
  await blocker.rows('ROLLBACK')
  expect(await migrate(database.url)).toEqual({ applied: (await readMigrations()).map((file) => file.name) })
  expect(await watcher.rows('SELECT finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL')).toHaveLength(
    (await readMigrations()).length,
  )
})

test('a failing migration says what is wrong, keeps nothing, and succeeds once that is put right', async () => {
  await using database = await emptyDatabase()
  await using own = await connect(database.url)
  await own.rows('CREATE TABLE settled_batches (id int)')
  await expect(migrate(database.url)).rejects.toThrow(/settled_batches.*start again/s)
  expect(await own.rows(`SELECT 1 FROM pg_tables WHERE tablename = 'tenants'`)).toEqual([])
  await own.rows('DROP TABLE settled_batches')
  expect((await migrate(database.url)).applied).not.toEqual([])
})

test('a database of a newer version is refused with what to do', async () => {
  await using database = await emptyDatabase()
  await migrate(database.url)
  await using own = await connect(database.url)
  await own.rows(`UPDATE _prisma_migrations SET migration_name = '29991231000000_future'`)
  await expect(migrate(database.url)).rejects.toThrow(/newer version.*29991231000000_future/)
})

test('an unreachable server is one clear error', async () => {
  await expect(migrate('postgresql://nobody:x@127.0.0.1:1/none')).rejects.toThrow(/cannot be reached.*DATABASE_URL/)
})

test('the migrations lead to exactly what prisma/schema.prisma says', async () => {
  await using database = await emptyDatabase()
  expect(await diffSchema(database.url)).toBeNull()
})
