import type pg from 'pg'
import { hasBit } from './connection.ts'
import type { GeneratorReport } from './protocol.ts'
import { firstNumber } from './wire.ts'

export type StoreAudit = {
  devices: number
  sent: number
  acknowledged: number
  /** Rows of key `n` in the history. */
  storedMessages: number
  /** Rows of all keys in the history. */
  storedPoints: number
  /** Acknowledged but not in the history. */
  missing: number
  /** In the history more than once. */
  duplicate: number
  /** In the history but never sent. */
  extra: number
  /** Sent, never acknowledged, stored all the same: allowed, since an acknowledgement may be lost. */
  storedUnacknowledged: number
  /** Number and time of a row do not belong together. */
  mixedUp: number
  /** Series (device and key) whose count differs from that of the device's numbers. */
  unevenSeries: number
  /** Devices whose latest `n` is not the newest in the history. */
  staleLatest: number
  isRight: boolean
}

export type AuditedDevice = { id: string; report: GeneratorReport['devices'][number] }

type Numbers = { n: string[] | null; mixed_up: string }

const numbersOf = async (client: pg.ClientBase, deviceId: string, baseTs: number): Promise<Numbers> => {
  const { rows } = await client.query<Numbers>(
    `SELECT array_agg(t.long_v ORDER BY t.ts)::text[] AS n,
            count(*) FILTER (WHERE t.long_v - $2 <> t.ts - $3) AS mixed_up
       FROM ts_kv t
       JOIN telemetry_entities e ON e.ref = t.entity
       JOIN telemetry_keys k ON k.id = t.key
      WHERE e.entity_id = $1 AND k.key = 'n'`,
    [deviceId, firstNumber, baseTs],
  )
  return rows[0] ?? { n: null, mixed_up: '0' }
}

/** Compares every number that was sent with every row in the history; nothing is sampled. */
export const auditStore = async (
  client: pg.ClientBase,
  devices: readonly AuditedDevice[],
  { keys, baseTs }: { keys: readonly string[]; baseTs: number },
): Promise<StoreAudit> => {
  const audit: StoreAudit = {
    devices: devices.length,
    sent: 0,
    acknowledged: 0,
    storedMessages: 0,
    storedPoints: 0,
    missing: 0,
    duplicate: 0,
    extra: 0,
    storedUnacknowledged: 0,
    mixedUp: 0,
    unevenSeries: 0,
    staleLatest: 0,
    isRight: false,
  }
  for (const device of devices) {
    const { n, mixed_up } = await numbersOf(client, device.id, baseTs)
    audit.mixedUp += Number(mixed_up)
    compareNumbers(audit, device.report, (n ?? []).map(Number))
  }
  const series = await seriesOf(
    client,
    devices.map((device) => device.id),
  )
  for (const device of devices) compareSeries(audit, series.get(device.id) ?? new Map(), keys)
  audit.isRight =
    audit.missing + audit.duplicate + audit.extra + audit.mixedUp + audit.unevenSeries + audit.staleLatest === 0
  return audit
}

/** Adds what one device sent and what the store has of it. */
export const compareNumbers = (
  audit: StoreAudit,
  { sent, acknowledged }: AuditedDevice['report'],
  stored: readonly number[],
) => {
  const seen = new Uint8Array(sent)
  for (const number of stored) {
    const index = number - firstNumber
    if (!Number.isInteger(index) || index < 0 || index >= sent) {
      audit.extra += 1
      continue
    }
    if (seen[index]) audit.duplicate += 1
    seen[index] = 1
  }
  for (let index = 0; index < sent; index += 1) {
    const isAcknowledged = hasBit(acknowledged, index)
    if (isAcknowledged) audit.acknowledged += 1
    if (isAcknowledged && !seen[index]) audit.missing += 1
    if (!isAcknowledged && seen[index]) audit.storedUnacknowledged += 1
  }
  audit.sent += sent
  audit.storedMessages += stored.length
}

type Series = { rows: number; newestTs: number; latestTs: number | null }

const seriesOf = async (client: pg.ClientBase, deviceIds: readonly string[]) => {
  const { rows } = await client.query<{
    entity_id: string
    key: string
    rows: string
    newest: string
    latest: string | null
  }>(
    `SELECT e.entity_id, k.key, count(*) AS rows, max(t.ts) AS newest, max(l.ts) AS latest
       FROM ts_kv t
       JOIN telemetry_entities e ON e.ref = t.entity
       JOIN telemetry_keys k ON k.id = t.key
       LEFT JOIN ts_kv_latest l ON l.entity = t.entity AND l.key = t.key
      WHERE e.entity_id = ANY($1::uuid[])
      GROUP BY e.entity_id, k.key`,
    [deviceIds],
  )
  const byDevice = new Map<string, Map<string, Series>>()
  for (const row of rows) {
    const ofDevice = byDevice.get(row.entity_id) ?? new Map<string, Series>()
    ofDevice.set(row.key, {
      rows: Number(row.rows),
      newestTs: Number(row.newest),
      latestTs: row.latest === null ? null : Number(row.latest),
    })
    byDevice.set(row.entity_id, ofDevice)
  }
  return byDevice
}

const compareSeries = (audit: StoreAudit, series: Map<string, Series>, keys: readonly string[]) => {
  const wanted = series.get('n')?.rows ?? 0
  for (const key of keys) {
    const found = series.get(key)
    audit.storedPoints += found?.rows ?? 0
    if ((found?.rows ?? 0) !== wanted) audit.unevenSeries += 1
    if (found && found.latestTs !== found.newestTs) audit.staleLatest += 1
  }
}
