import pg from 'pg'
import { keysOf, type Points } from './wire.ts'

export type Baseline = { points: number; seconds: number; pointsPerSecond: number; statements: number }

const rowsPerStatement = 5000
const connections = 2

/** Devices with which every row of a statement is a series of its own: nothing can be written once for several points. */
export const devicesForDistinctRows = (points: Points): number =>
  connections * Math.ceil(rowsPerStatement / keysOf(points).length)

const schema = 'bench_baseline'

/** Tables of the same shape as the product's own, made from them, in a schema of their own. */
const createTables = async (client: pg.ClientBase) => {
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
  await client.query(`CREATE SCHEMA ${schema}`)
  await client.query(`CREATE TABLE ${schema}.ts_kv (LIKE public.ts_kv INCLUDING ALL) PARTITION BY RANGE (ts)`)
  await client.query(`CREATE TABLE ${schema}.ts_kv_all PARTITION OF ${schema}.ts_kv DEFAULT`)
  const { rows } = await client.query<{ options: string[] | null }>(
    `SELECT reloptions AS options FROM pg_class WHERE oid = 'public.ts_kv_latest'::regclass`,
  )
  const options = rows[0]?.options ?? []
  await client.query(
    `CREATE TABLE ${schema}.ts_kv_latest (LIKE public.ts_kv_latest INCLUDING ALL)
     ${options.length > 0 ? `WITH (${options.join(', ')})` : ''}`,
  )
}

const columns = `entity, key, ts, long_v, dbl_v`
const source = `unnest($1::int[], $2::int[], $3::bigint[], $4::bigint[], $5::float8[])`
const historySql = `INSERT INTO ${schema}.ts_kv (${columns}) SELECT * FROM ${source}
  ON CONFLICT (entity, key, ts) DO UPDATE SET long_v = excluded.long_v, dbl_v = excluded.dbl_v`
const latestSql = `INSERT INTO ${schema}.ts_kv_latest AS l (${columns}) SELECT * FROM ${source}
  ON CONFLICT (entity, key) DO UPDATE SET ts = excluded.ts, long_v = excluded.long_v, dbl_v = excluded.dbl_v
  WHERE l.ts <= excluded.ts`

type Columns = [entity: number[], key: number[], ts: number[], long: (number | null)[], double: (number | null)[]]
const emptyColumns = (): Columns => [[], [], [], [], []]

const push = (to: Columns, row: readonly [number, number, number, number | null, number | null]) => {
  to[0].push(row[0])
  to[1].push(row[1])
  to[2].push(row[2])
  to[3].push(row[3])
  to[4].push(row[4])
}

/** The same messages as the load: devices in turn, one row per key, the newest of each series also for the latest table. */
const createBatches = (points: Points, [firstDevice, devices]: readonly [number, number], baseTs: number) => {
  const keyCount = keysOf(points).length
  let message = 0
  return () => {
    const history = emptyColumns()
    const newest = new Map<number, readonly [number, number, number, number | null, number | null]>()
    while (history[0].length < rowsPerStatement) {
      const device = firstDevice + (message % devices)
      const index = Math.floor(message / devices)
      for (let key = 0; key < keyCount; key += 1) {
        const row = [
          device,
          key,
          baseTs + index,
          key === 0 ? index : null,
          key === 0 ? null : 20.05 + (index % 100) / 10,
        ] as const
        push(history, row)
        newest.set(device * keyCount + key, row)
      }
      message += 1
    }
    const latest = emptyColumns()
    // In one order everywhere, or two writers could wait for each other's rows.
    for (const [, row] of [...newest].sort(([a], [b]) => a - b)) push(latest, row)
    return { history, latest }
  }
}

/**
 * The bare writer: nothing but multi-row upserts of history and latest values in one commit, on two connections. What
 * the whole path is measured against.
 */
export const runBaseline = async (options: {
  databaseUrl: string
  points: Points
  devices: number
  seconds: number
  signal: AbortSignal
}): Promise<Baseline> => {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ connectionString: options.databaseUrl })
      await client.connect()
      return client
    }),
  )
  try {
    if (clients[0]) await createTables(clients[0])
    // Each connection has its own devices: two writers that share latest rows would only wait for each other.
    const share = Math.ceil(options.devices / connections)
    const baseTs = Date.now()
    const batches = clients.map((_, i) => createBatches(options.points, [i * share, share], baseTs))
    let written = 0
    let statements = 0
    const write = async (client: pg.ClientBase, nextBatch: (typeof batches)[number], endMs: number) => {
      while (performance.now() < endMs) {
        options.signal.throwIfAborted()
        const { history, latest } = nextBatch()
        await client.query('BEGIN')
        await client.query({ name: 'history', text: historySql, values: history })
        await client.query({ name: 'latest', text: latestSql, values: latest })
        await client.query('COMMIT')
        written += history[0].length
        statements += 1
      }
    }
    const measure = async (seconds: number) => {
      const [before, beganMs] = [written, performance.now()]
      const endMs = beganMs + seconds * 1000
      await Promise.all(clients.map((client, i) => batches[i] && write(client, batches[i], endMs)))
      return { points: written - before, seconds: (performance.now() - beganMs) / 1000 }
    }
    await measure(Math.min(2, options.seconds))
    const { points, seconds } = await measure(options.seconds)
    return { points, seconds, pointsPerSecond: points / seconds, statements }
  } finally {
    await clients[0]?.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`).catch(() => {})
    await Promise.all(clients.map((client) => client.end()))
  }
}
