import { randomUUID } from 'node:crypto'
import { type Database, openDatabase } from '@thingwire/db'
import { cloneDatabase, dropDatabase, ensureDatabase } from '@thingwire/db/migrate'
import { inject } from 'vitest'
import { templateDatabase } from './provided.ts'

export type TestDatabase = AsyncDisposable & {
  db: Database
  url: string
  /** The same database through another pool, as another process would open it. Closed with the fixture. */
  open(): Database
}

const newName = () => `test_${randomUUID().replaceAll('-', '')}`

/** A fresh, migrated database of its own; dropped at the end of the scope (`await using`). */
export const testDatabase = async (): Promise<TestDatabase> => {
  const serverUrl = inject('postgresUrl')
  const name = newName()
  const url = await cloneDatabase(serverUrl, templateDatabase, name)
  const opened: Database[] = []
  const open = () => {
    const db = openDatabase({ url, poolSize: 5 })
    opened.push(db)
    return db
  }
  return {
    db: open(),
    url,
    open,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(opened.map((db) => db.close()))
      await dropDatabase(serverUrl, name)
    },
  }
}

/** A database without any table, for tests of migrations. */
export const emptyDatabase = async (): Promise<AsyncDisposable & { url: string }> => {
  const serverUrl = inject('postgresUrl')
  const name = newName()
  const url = await ensureDatabase(serverUrl, name)
  return { url, [Symbol.asyncDispose]: () => dropDatabase(serverUrl, name) }
}
