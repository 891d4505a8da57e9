import pg from 'pg'
import { z } from 'zod'
import { provisionDevices } from '../../scripts/simulate/platform.ts'
import { type Bench, type BenchContext, wholeNumber } from '../harness/bench.ts'
import { createHistogram, type Histogram, record, summary } from '../harness/histogram.ts'
import { startStack } from '../harness/stack.ts'
import { grouped } from '../harness/table.ts'
import { fullStore } from './full-store.ts'

const goalMs = 50
const everyMs = 10_000
const weekMs = 7 * 24 * 3_600_000
const weekPoints = weekMs / everyMs
const dayPoints = weekPoints / 7
const buckets = 500
const intervalMs = weekMs / buckets
const neighbours = 9

export const queries: Bench = {
  name: 'queries',
  about: 'a chart of one key over a week of 10 s data (60,480 points) in 500 buckets, and of ten devices over a day',
  options: {
    rounds: { default: '100', about: 'how often the query is asked' },
    stored: {
      default: '10000000',
      about: 'points in the store when ten devices are asked for; the goal is for 100,000,000',
    },
    devices: { default: '1000', about: 'devices that these points are of' },
  },
  run: async ({ options, say, signal }) => {
    const rounds = wholeNumber(options, 'rounds', [5, 10_000])
    const devices = wholeNumber(options, 'devices', [10, 100_000])
    const points = wholeNumber(options, 'stored', [devices * dayPoints, 10_000_000_000])
    const stack = await startStack({ say, signal })
    const store = new pg.Client({ connectionString: stack.databaseUrl })
    try {
      await store.connect()
      const names = Array.from({ length: neighbours + 1 }, (_, i) => `Chart ${i + 1}`)
      const access = { url: stack.httpUrl, user: 'tenant@thingwire.local', password: 'tenant' }
      await provisionDevices(access, names, 'default')
      const endTs = Math.floor(Date.now() / everyMs) * everyMs
      const startTs = endTs - weekMs
      say(`storing ${grouped(weekPoints * names.length)} points`)
      const deviceId = await fill(store, names, { startTs, endTs, signal })
      const rest = await restQuery(stack.httpUrl, access, { deviceId, startTs, endTs })
      const bare = () => bareQuery(store, { deviceId, startTs, endTs })
      say(`asking ${rounds} times, through REST and bare, in turn`)
      const times = { rest: createHistogram(), bare: createHistogram() }
      let correct = true
      for (let i = 0; i < rounds; i += 1) {
        signal.throwIfAborted()
        const answered = await timed(times.rest, rest)
        const expected = await timed(times.bare, bare)
        correct &&= sameBuckets(answered, expected)
      }
      const week = resultOf(times, correct)
      const full = await fullStore({ store, access, devices, points, rounds, say, signal })
      return {
        correct: week.correct && full.correct,
        figures: [...week.figures, ...full.figures],
        data: { week: week.data, full: full.data },
      }
    } finally {
      await store.end()
      await stack.stop()
    }
  },
}

type Range = { startTs: number; endTs: number }
type Bucket = { ts: number; value: number }

/** A week of a daily curve for each device, written straight into the history. */
const fill = async (
  store: pg.ClientBase,
  names: readonly string[],
  { startTs, endTs, signal }: Range & Pick<BenchContext, 'signal'>,
): Promise<string> => {
  await store.query(`INSERT INTO telemetry_keys (key) VALUES ('temperature') ON CONFLICT DO NOTHING`)
  await store.query(
    `INSERT INTO telemetry_entities (entity_id, entity_type, tenant_id)
     SELECT id, 'DEVICE', tenant_id FROM devices WHERE name = ANY($1::text[]) ON CONFLICT DO NOTHING`,
    [names],
  )
  for (const name of names) {
    signal.throwIfAborted()
    await store.query(
      `INSERT INTO ts_kv (entity, key, ts, dbl_v)
       SELECT e.ref, k.id, t.ts, 20 + 4 * sin(t.ts / 86400000.0 * 2 * pi()) + (t.ts / 10000 % 17) / 20.0
         FROM devices d
         JOIN telemetry_entities e ON e.entity_id = d.id
         JOIN telemetry_keys k ON k.key = 'temperature'
         CROSS JOIN generate_series($2::bigint, $3::bigint - 1, $4::bigint) AS t(ts)
        WHERE d.name = $1
       ON CONFLICT DO NOTHING`,
      [name, startTs, endTs, everyMs],
    )
  }
  await store.query('VACUUM (ANALYZE) ts_kv')
  const { rows } = await store.query<{ id: string }>('SELECT id FROM devices WHERE name = $1', [
    names[Math.floor(names.length / 2)],
  ])
  if (!rows[0]) throw new Error('The device of the chart was not stored.')
  return rows[0].id
}

const answerSchema = z.object({ temperature: z.array(z.object({ ts: z.number(), value: z.coerce.number() })) })

const restQuery = async (
  url: string,
  access: { user: string; password: string },
  { deviceId, startTs, endTs }: Range & { deviceId: string },
) => {
  const login = await fetch(new URL('/api/auth/login', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: access.user, password: access.password }),
  })
  const { token } = z.object({ token: z.string() }).parse(await login.json())
  const query = new URLSearchParams({
    keys: 'temperature',
    startTs: String(startTs),
    endTs: String(endTs),
    agg: 'AVG',
    interval: String(intervalMs),
  })
  const address = new URL(`/api/plugins/telemetry/DEVICE/${deviceId}/values/timeseries?${query}`, url)
  return async (): Promise<Bucket[]> => {
    const response = await fetch(address, { headers: { 'x-authorization': `Bearer ${token}` } })
    if (!response.ok) throw new Error(`The query was answered ${response.status}: ${await response.text()}`)
    return answerSchema.parse(await response.json()).temperature
  }
}

/** The same buckets by the plainest SQL, on a connection of its own. */
const bareQuery = async (
  store: pg.ClientBase,
  { deviceId, startTs, endTs }: Range & { deviceId: string },
): Promise<Bucket[]> => {
  const { rows } = await store.query<{ bucket: string; value: number }>({
    name: 'bare',
    text: `SELECT (ts - $2) / $4::bigint AS bucket, avg(dbl_v) AS value FROM ts_kv
            WHERE entity = (SELECT ref FROM telemetry_entities WHERE entity_id = $1)
              AND key = (SELECT id FROM telemetry_keys WHERE key = 'temperature')
              AND ts >= $2 AND ts < $3
            GROUP BY 1 ORDER BY 1`,
    values: [deviceId, startTs, endTs, intervalMs],
  })
  return rows.map(({ bucket, value }) => ({ ts: startTs + Number(bucket) * intervalMs + intervalMs / 2, value }))
}

const timed = async <T>(histogram: Histogram, work: () => Promise<T>): Promise<T> => {
  const began = performance.now()
  const result = await work()
  record(histogram, (performance.now() - began) * 1000)
  return result
}

const sameBuckets = (one: readonly Bucket[], other: readonly Bucket[]): boolean =>
  one.length === buckets &&
  other.length === buckets &&
  one.every(({ ts, value }, i) => ts === other[i]?.ts && Math.abs(value - (other[i]?.value ?? Number.NaN)) < 1e-6)

const resultOf = (times: { rest: Histogram; bare: Histogram }, correct: boolean) => {
  const [rest, bare] = [summary(times.rest), summary(times.bare)]
  return {
    correct,
    figures: [
      {
        what: 'REST answer p50 / p95 / max',
        value: `${rest.p50Ms} / ${rest.p95Ms} / ${rest.maxMs} ms`,
        goal: `p95 < ${goalMs} ms (P7)`,
        ratio: bare.p50Ms / rest.p50Ms,
        met: rest.p95Ms < goalMs,
      },
      { what: 'bare SQL p50 / p95 / max', value: `${bare.p50Ms} / ${bare.p95Ms} / ${bare.maxMs} ms` },
      { what: 'answers equal to the bare SQL', value: correct ? 'all' : 'not all', goal: 'all', met: correct },
    ],
    data: { rest, bare, points: weekPoints, buckets },
  }
}
