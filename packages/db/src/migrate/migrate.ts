import pg from 'pg'
import { type MigrationFile, readDatamodel, readMigrations, toMigrationList } from './migration-files.ts'
import { openSchemaEngine } from './schema-engine.ts'

export type MigrateOptions = {
  /** Called before each migration that is about to be applied. */
  onStep?: (step: { name: string; index: number; total: number }) => void
  /** Default: those of this version of the program. */
  migrations?: readonly MigrationFile[]
}

/** A database this program cannot bring up to date by itself. The message says what to do. */
export class MigrationError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'MigrationError'
  }
}

/** Any two processes that migrate the same database meet on this number. */
const lockKey = 7_284_619_350

/**
 * Brings the database to the schema of this program. Each migration and the note that it is done are one transaction,
 * so a process that is killed on the way leaves nothing half done and the next call goes on. Two callers at once wait
 * for each other.
 * @returns the names of the migrations that this call applied, oldest first.
 */
export const migrate = async (databaseUrl: string, options: MigrateOptions = {}): Promise<{ applied: string[] }> => {
  const files = options.migrations ?? (await readMigrations())
  const client = new pg.Client({ connectionString: databaseUrl })
  // Without a listener a server that goes away would end the process; the running query reports it.
  client.on('error', () => {})
  await client.connect().catch((cause: unknown) => {
    throw new MigrationError(`The database cannot be reached: ${words(cause)}. Check DATABASE_URL.`, { cause })
  })
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey])
    const done = await readHistory(client)
    refuseForeignHistory(done, files)
    const pending = files.filter((file) => !done.some((row) => row.name === file.name && row.finished))
    if (pending.length === 0) return { applied: [] }
    await apply(databaseUrl, { files, pending, interrupted: done.filter((row) => !row.finished), options })
    return { applied: pending.map((file) => file.name) }
  } finally {
    // Ending the session gives the lock back.
    await client.end().catch(() => {})
  }
}

type HistoryRow = { name: string; finished: boolean }

const readHistory = async (client: pg.Client): Promise<HistoryRow[]> => {
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  )
  if (tables.length === 0) return []
  if (!tables.some((table) => table.name === '_prisma_migrations'))
    throw new MigrationError(
      `The database already holds something else (the table ${tables[0]?.name}). Name an empty one in DATABASE_URL.`,
    )
  const { rows } = await client.query<HistoryRow>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  )
  return rows
}

const refuseForeignHistory = (done: readonly HistoryRow[], files: readonly MigrationFile[]) => {
  const unknown = done.find((row) => row.finished && !files.some((file) => file.name === row.name))
  if (unknown)
    throw new MigrationError(
      `The database was made by a newer version (it has the migration ${unknown.name}). Start that version, or restore a backup made before the update.`,
    )
}

const apply = async (
  url: string,
  o: {
    files: readonly MigrationFile[]
    pending: readonly MigrationFile[]
    interrupted: readonly HistoryRow[]
    options: MigrateOptions
  },
) => {
  let failure: unknown
  const runScript = async (pool: pg.Pool, script: string) => {
    const index = o.pending.findIndex((file) => file.sql.trim() === script.trim())
    const file = o.pending[index]
    if (!file) return void (await pool.query(script))
    o.options.onStep?.({ name: file.name, index, total: o.pending.length })
    await pool.query(`${script}\n;\n${markFinished(file.name)}`).catch((error: unknown) => {
      // The engine reports that there was an error, not which.
      failure = error
      throw error
    })
  }
  await using session = await openSchemaEngine({ url, datamodel: await readDatamodel(), runScript })
  try {
    // Script and mark are one transaction, so a started migration without the mark left nothing behind.
    for (const row of o.interrupted) await session.engine.markMigrationRolledBack({ migrationName: row.name })
    await session.engine.applyMigrations({
      migrationsList: toMigrationList(o.files),
      filters: { externalTables: [], externalEnums: [] },
    })
  } catch (cause) {
    throw new MigrationError(
      `The database could not be brought up to date: ${words(failure ?? cause)}. Nothing of the failed step was kept; put right what it names and start again.`,
      { cause: failure ?? cause },
    )
  }
}

const markFinished = (name: string) =>
  `UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1
   WHERE migration_name = ${pg.escapeLiteral(name)} AND finished_at IS NULL AND rolled_back_at IS NULL;`

const words = (error: unknown): string => {
  const text = error instanceof Error ? error.message || String((error as { code?: unknown }).code) : String(error)
  return text.trim().replace(/\s+/g, ' ').replace(/\.$/, '')
}
