import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

/** What the database layer tells about itself; pino fits. */
export type DbLogger = { warn(fields: Record<string, unknown>, message: string): void }

export type Query = { name?: string; text: string; values?: unknown[] }

/** One connection or the pool: something that runs a statement. */
export type Queryable = {
  query<Row extends pg.QueryResultRow>(query: Query | string): Promise<pg.QueryResult<Row>>
}

/** Plain SQL through a pool of connections. Errors are those of the driver; repositories translate them. */
export type Sql = Queryable & {
  pool: pg.Pool
  /** Runs the work in one transaction; again from the start when PostgreSQL broke a deadlock by ending it. */
  transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T>
  /** One statement that is safe to run again, retried after a deadlock or a serialization failure. */
  retrying<Row extends pg.QueryResultRow>(query: Query): Promise<pg.QueryResult<Row>>
}

export type SqlOptions = { url: string; poolSize: number; logger?: DbLogger | undefined }

/** Constructing connects to nothing; the pool opens connections when they are needed and replaces broken ones. */
export const createSql = ({ url, poolSize, logger }: SqlOptions): Sql => {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: 'thingwire',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types: { getTypeParser },
  })
  // An idle connection that the server closed is dropped by the pool; without a listener it would end the process.
  pool.on('error', (error) => logger?.warn({ err: error }, 'A database connection was lost'))
  // The same while a transaction holds it: the statement under way reports the loss, the event has nobody else to tell.
  pool.on('connect', (client) => client.on('error', () => {}))
  const query: Sql['query'] = (q) => pool.query(q)
  const transaction: Sql['transaction'] = (work) =>
    withRetry(async () => {
      const client = await pool.connect()
      let broken: unknown
      try {
        await client.query('BEGIN')
        const result = await work(client)
        await client.query('COMMIT')
        return result
      } catch (error) {
        await client.query('ROLLBACK').catch((cause: unknown) => {
          broken = cause
        })
        throw error
      } finally {
        client.release(broken !== undefined)
      }
    })
  return { pool, query, transaction, retrying: (q) => withRetry(() => pool.query(q)) }
}

const maxAttempts = 5
const deadlockCodes = new Set(['40P01', '40001'])

const withRetry = async <T>(attempt: () => Promise<T>): Promise<T> => {
  for (let n = 1; ; n++) {
    try {
      return await attempt()
    } catch (error) {
      const code = error instanceof pg.DatabaseError ? error.code : undefined
      if (n === maxAttempts || !code || !deadlockCodes.has(code)) throw error
      // The two sides must not meet again at the same moment.
      await delay(Math.random() * 20 * n)
    }
  }
}

const int8 = 20

/** int8 as a number while that is exact, as a bigint beyond. */
export const parseInt8 = (text: string): number | bigint => {
  const n = Number(text)
  return Number.isSafeInteger(n) ? n : BigInt(text)
}

const getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  oid === int8 && format !== 'binary'
    ? parseInt8
    : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser
