import type pg from 'pg'
import { z } from 'zod'
import { type ProvisionedDevice, provisionDevices } from '../../scripts/simulate/platform.ts'
import type { BenchContext, Figure } from '../harness/bench.ts'
import { createHistogram, record, summary } from '../harness/histogram.ts'
import { grouped } from '../harness/table.ts'

const goalMs = 100
const everyMs = 10_000
const dayMs = 24 * 3_600_000
const asked = 10
const buckets = 500
const intervalMs = dayMs / buckets
/** Time that is stored at once: all devices of it, moment by moment, as they would have come. */
const chunkMs = 3_600_000

type Access = { url: string; user: string; password: string }
type Options = Pick<BenchContext, 'say' | 'signal'> & {
  store: pg.ClientBase
  access: Access
  devices: number
  points: number
  rounds: number
}

const nameOf = (_: unknown, index: number) => `Fleet ${index + 1}`

/** Ten devices of a large fleet over the last day, of a store with very many points. */
export const fullStore = async (options: Options): Promise<{ figures: Figure[]; correct: boolean; data: object }> => {
  const { store, access, devices, points, rounds, say, signal } = options
  say(`making ${grouped(devices)} devices`)
  const fleet = await provisionDevices(access, Array.from({ length: devices }, nameOf), 'default')
  const endTs = Math.floor(Date.now() / everyMs) * everyMs
  const startTs = endTs - Math.ceil(points / devices) * everyMs
  await makePartitions(access.url, fleet, { startTs, endTs })
  const began = performance.now()
  const stored = await fill(store, { startTs, endTs, say, signal })
  say(`stored in ${Math.round((performance.now() - began) / 1_000)} s; VACUUM`)
  await store.query('VACUUM (ANALYZE) ts_kv')
  const { rows } = await store.query<{ bytes: string }>(
    `SELECT sum(pg_total_relation_size(relid)) AS bytes FROM pg_partition_tree('ts_kv')`,
  )
  const ids = await idsOf(store, devices)
  const ask = await question(access, { startTs: endTs - dayMs, endTs })
  // The first answers also measure what nobody has looked at for long.
  const [first, later] = [createHistogram(), createHistogram()]
  let correct = true
  say(`asking ${rounds} times`)
  for (let round = 0; round < rounds; round++) {
    signal.throwIfAborted()
    const some = Array.from({ length: asked }, (_, n) => ids[(round * 37 + n * 101) % ids.length] ?? '')
    for (const histogram of [first, later]) {
      const at = performance.now()
      const series = await ask(some)
      record(histogram, (performance.now() - at) * 1_000)
      correct &&= some.every((id) => series[id]?.temperature?.length === buckets)
    }
  }
  const [one, two] = [summary(first), summary(later)]
  const inWords = ({ p50Ms, p95Ms, maxMs }: typeof one) => `${p50Ms} / ${p95Ms} / ${maxMs} ms`
  const bytes = Number(rows[0]?.bytes ?? 0) / stored
  return {
    correct,
    figures: [
      {
        what: `ten of ${grouped(devices)} devices, 24 h, ${grouped(stored)} points stored, p50 / p95 / max`,
        value: inWords(one),
        goal: `p95 < ${goalMs} ms (P7)`,
        met: one.p95Ms < goalMs,
      },
      { what: 'the same ten asked again', value: inWords(two) },
      { what: 'space of a point with its index', value: `${bytes.toFixed(1)} bytes` },
    ],
    data: { first: one, again: two, stored, devices, bytesPerPoint: bytes },
  }
}

/** The engine makes them, when a device sends something of that time. */
const makePartitions = async (
  url: string,
  fleet: readonly ProvisionedDevice[],
  { startTs, endTs }: { startTs: number; endTs: number },
): Promise<void> => {
  const [device] = fleet
  for (let ts = startTs; ts < endTs + dayMs; ts += dayMs) {
    const answer = await fetch(new URL(`/api/v1/${device?.token}/telemetry`, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ts: Math.min(ts, endTs - 1), values: { made: 1 } }),
    })
    if (!answer.ok) throw new Error(`The device was answered ${answer.status}`)
  }
}

const fill = async (
  store: pg.ClientBase,
  { startTs, endTs, say, signal }: Pick<Options, 'say' | 'signal'> & { startTs: number; endTs: number },
): Promise<number> => {
  await store.query(`INSERT INTO telemetry_keys (key) VALUES ('temperature') ON CONFLICT DO NOTHING`)
  await store.query(
    `INSERT INTO telemetry_entities (entity_id, entity_type, tenant_id)
     SELECT id, 'DEVICE', tenant_id FROM devices WHERE name LIKE 'Fleet %' ON CONFLICT DO NOTHING`,
  )
  let stored = 0
  for (let from = startTs, chunk = 0; from < endTs; from += chunkMs, chunk++) {
    signal.throwIfAborted()
    const { rowCount } = await store.query(
      `INSERT INTO ts_kv (entity, key, ts, dbl_v)
       SELECT e.ref, k.id, t.ts, 20 + 4 * sin(t.ts / 86400000.0 * 2 * pi()) + (t.ts / 10000 % 17) / 20.0
         FROM generate_series($1::bigint, $2::bigint - 1, $3::bigint) AS t(ts)
         CROSS JOIN (SELECT e.ref FROM devices d JOIN telemetry_entities e ON e.entity_id = d.id
                      WHERE d.name LIKE 'Fleet %' ORDER BY e.ref) e
         JOIN telemetry_keys k ON k.key = 'temperature'
        ORDER BY t.ts, e.ref
       ON CONFLICT DO NOTHING`,
      [from, Math.min(endTs, from + chunkMs), everyMs],
    )
    stored += rowCount ?? 0
    if (chunk % 24 === 23) say(`${grouped(stored)} points stored`)
  }
  return stored
}

const idsOf = async (store: pg.ClientBase, devices: number): Promise<string[]> => {
  const { rows } = await store.query<{ id: string }>(`SELECT id FROM devices WHERE name LIKE 'Fleet %' ORDER BY name`)
  if (rows.length !== devices) throw new Error('The devices of the fleet were not stored.')
  return rows.map(({ id }) => id)
}

const seriesSchema = z.tuple([
  z.object({ ok: z.literal(true), series: z.record(z.string(), z.record(z.string(), z.array(z.unknown()))) }),
])

/** As a chart of a dashboard asks for ten devices: in one request. */
const question = async (access: Access, { startTs, endTs }: { startTs: number; endTs: number }) => {
  const login = await fetch(new URL('/api/auth/login', access.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: access.user, password: access.password }),
  })
  const { token } = z.object({ token: z.string() }).parse(await login.json())
  return async (ids: readonly string[]) => {
    const read = {
      entityIds: ids.map((id) => ({ entityType: 'DEVICE', id })),
      keys: ['temperature'],
      ...{ startTs, endTs, agg: 'AVG', interval: intervalMs },
    }
    const answer = await fetch(new URL('/api/telemetry/series', access.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-authorization': `Bearer ${token}` },
      body: JSON.stringify({ reads: [read] }),
    })
    if (!answer.ok) throw new Error(`The query was answered ${answer.status}: ${await answer.text()}`)
    const [{ series }] = seriesSchema.parse(await answer.json())
    return series
  }
}
