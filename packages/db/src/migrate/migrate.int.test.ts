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

const two = [
  { name: '1_first', sql: 'CREATE TABLE first (id int);' },
  { name: '2_second', sql: 'CREATE TABLE second (id int); ALTER TABLE first ADD COLUMN note text;' },
]

test('a migration that is killed between its statements leaves nothing and is run again by the next start', async () => {
  await using database = await emptyDatabase()
  await migrate(database.url, { migrations: two.slice(0, 1) })
  await using blocker = await connect(database.url)
  await blocker.rows('BEGIN')
  await blocker.rows('LOCK TABLE first')
  const child = fork(new URL('./migrate-child.ts', import.meta.url), [database.url, JSON.stringify(two)], {
    stdio: 'ignore',
  })
  await using watcher = await connect(database.url)
  // Its first statement is done, its second one waits.
  await waitFor(
    async () =>
      (await watcher.rows(`SELECT 1 FROM pg_locks WHERE relation = 'first'::regclass AND NOT granted`)).length,
    { deadlineMs: 20_000, what: 'the migration to wait for the lock' },
  )
  child.kill('SIGKILL')
  await once(child, 'exit')
  await watcher.rows(
    `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE relation = 'first'::regclass AND NOT granted`,
  )
  await blocker.rows('ROLLBACK')
  await waitFor(async () => (await watcher.rows(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory'`)).length === 0)
  expect(await watcher.rows(`SELECT to_regclass('second') AS found`)).toEqual([{ found: null }])
  expect(await migrate(database.url, { migrations: two })).toEqual({ applied: ['2_second'] })
  expect(await watcher.rows('SELECT note FROM first')).toEqual([])
})

test('a failing migration says what is wrong, keeps nothing, and succeeds once that is put right', async () => {
  await using database = await emptyDatabase()
  await migrate(database.url, { migrations: two.slice(0, 1) })
  await using own = await connect(database.url)
  await own.rows('ALTER TABLE first ADD COLUMN note int')
  await expect(migrate(database.url, { migrations: two })).rejects.toThrow(
    /"note" of relation "first" already exists.*start again/s,
  )
  expect(await own.rows(`SELECT to_regclass('second') AS found`)).toEqual([{ found: null }])
  await own.rows('ALTER TABLE first DROP COLUMN note')
  expect(await migrate(database.url, { migrations: two })).toEqual({ applied: ['2_second'] })
})

test('a database with the tables of something else is left alone', async () => {
  await using database = await emptyDatabase()
  await using own = await connect(database.url)
  await own.rows('CREATE TABLE shop_orders (id int)')
  await expect(migrate(database.url)).rejects.toThrow(/shop_orders.*empty one/)
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
