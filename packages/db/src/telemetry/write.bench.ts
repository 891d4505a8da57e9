import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
// biome-ignore lint/style/noRestrictedImports: a benchmark is a program; it starts its own server
import { startPostgres } from '@thingwire/local-services'
import type { SeriesWrite } from '../database.ts'
import { ensureDatabase, migrate } from '../migrate/index.ts'
import { enginesOf, openDatabase } from '../open-database.ts'
import { uuidV7 } from '../uuid.ts'

/**
 * `node packages/db/src/telemetry/write.bench.ts`: how many points a second the store takes, history and latest value,
 * every call committed to disk. Settings by environment: WRITERS, ROWS (a call), DEVICES, SECONDS.
 */
const settings = {
  writers: Number(process.env.WRITERS ?? 2),
  rows: Number(process.env.ROWS ?? 5_000),
  devices: Number(process.env.DEVICES ?? 5_000),
  seconds: Number(process.env.SECONDS ?? 15),
}
const keys = ['temperature', 'humidity', 'battery']

const main = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'thingwire-bench-'))
  const server = await startPostgres({ dataDir })
  const url = await ensureDatabase(server.url, 'bench')
  await migrate(url)
  const db = openDatabase({ url, poolSize: settings.writers })
  try {
    const tenantId = uuidV7()
    const devices = Array.from({ length: settings.devices }, () => uuidV7())
    await db.telemetry.write(rowsOf(tenantId, devices, { first: 0, count: devices.length * keys.length, ts: 1 }))
    const { sql } = enginesOf(db)
    const before = await sizes(sql)
    const cpu = process.cpuUsage()
    const started = performance.now()
    const latencies: number[] = []
    const points = await Promise.all(
      Array.from({ length: settings.writers }, (_, writer) => write({ db, tenantId, devices, writer, latencies })),
    )
    const seconds = (performance.now() - started) / 1_000
    const total = points.reduce((sum, count) => sum + count, 0)
    const used = process.cpuUsage(cpu)
    const after = await sizes(sql)
    latencies.sort((a, b) => a - b)
    console.table({
      'points/s': Math.round(total / seconds),
      'call p50 ms': Math.round(latencies[Math.floor(latencies.length * 0.5)] ?? 0),
      'call p99 ms': Math.round(latencies[Math.floor(latencies.length * 0.99)] ?? 0),
      'CPU of this process, cores': Number(((used.user + used.system) / 1e6 / seconds).toFixed(2)),
      'bytes/point in history, with index': Math.round((after.bytes - before.bytes) / total),
      'stored = written': after.rows - before.rows === total,
      synchronous_commit: after.synchronous,
      ...settings,
    })
  } finally {
    await db.close()
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Calls of one writer until the time is over; each writer has its own half of the devices, as partitions do. */
const write = async (o: {
  db: ReturnType<typeof openDatabase>
  tenantId: string
  devices: string[]
  writer: number
  latencies: number[]
}): Promise<number> => {
  const share = o.devices.filter((_, n) => n % settings.writers === o.writer)
  const end = performance.now() + settings.seconds * 1_000
  let written = 0
  while (performance.now() < end) {
    const rows = rowsOf(o.tenantId, share, { first: written, count: settings.rows, ts: Date.now() })
    const from = performance.now()
    await o.db.telemetry.write(rows)
    o.latencies.push(performance.now() - from)
    written += rows.length
  }
  return written
}

const rowsOf = (tenantId: string, devices: string[], o: { first: number; count: number; ts: number }): SeriesWrite[] =>
  Array.from({ length: o.count }, (_, i) => {
    const n = o.first + i
    const message = Math.floor(n / keys.length)
    return {
      tenantId,
      entityId: { entityType: 'DEVICE', id: devices[message % devices.length] ?? '' },
      key: keys[n % keys.length] ?? '',
      // A device's next round has its own time, so that every row is new.
      ts: o.ts + Math.floor(message / devices.length),
      type: 'DOUBLE',
      value: 20 + (n % 100) / 10,
      saveTimeseries: true,
      saveLatest: true,
    }
  })

const sizes = async (sql: ReturnType<typeof enginesOf>['sql']) => {
  const { rows } = await sql.query<{ bytes: number; rows: number; synchronous: string }>(
    `SELECT (SELECT sum(pg_total_relation_size(relid))::int8 FROM pg_partition_tree('ts_kv')) AS bytes,
            (SELECT count(*) FROM ts_kv) AS rows, current_setting('synchronous_commit') AS synchronous`,
  )
  return rows[0] ?? { bytes: 0, rows: 0, synchronous: '' }
}

await main()
