import { AppError } from '@thingwire/contracts'
import { boolArray, float8Array, int4Array, int8Array, textArray } from '../connection/binary-arrays.ts'
import type { Query, Sql } from '../connection/sql.ts'
import type { SeriesWrite } from '../database.ts'
import { partitionedTables } from '../partitions/calendar.ts'
import type { Partitions } from '../partitions/partitions.ts'
import type { Dictionary } from './dictionary.ts'
import { type ExpiringPoint, expiryQuery } from './expiry.ts'
import { normalised } from './typed-values.ts'

/** Rows of one statement. Beyond that the parameters get large for no gain; more statements share one transaction. */
const maxRowsPerStatement = 20_000

type PreparedRow = {
  entity: number
  key: number
  ts: number
  source: SeriesWrite
  history: boolean
  latest: boolean
}

/**
 * History and latest values in one statement, so in one commit and one round trip. A row that is stored already is
 * not written again: a batch that runs a second time costs reads only.
 */
const statement = `
WITH d AS MATERIALIZED (
  SELECT * FROM unnest($1::int4[], $2::int4[], $3::int8[], $4::bool[], $5::bool[],
                       $6::int8[], $7::float8[], $8::bool[], $9::text[], $10::text[])
    AS d (entity, key, ts, history, latest, long_v, dbl_v, bool_v, str_v, json_v)
), h AS (
  INSERT INTO ts_kv AS t (entity, key, ts, long_v, dbl_v, bool_v, str_v, json_v)
  SELECT entity, key, ts, long_v, dbl_v, bool_v, str_v, json_v FROM d WHERE history
  ON CONFLICT (entity, key, ts) DO UPDATE
    SET long_v = excluded.long_v, dbl_v = excluded.dbl_v, bool_v = excluded.bool_v,
        str_v = excluded.str_v, json_v = excluded.json_v
    WHERE (t.long_v, t.dbl_v, t.bool_v, t.str_v, t.json_v)
      IS DISTINCT FROM (excluded.long_v, excluded.dbl_v, excluded.bool_v, excluded.str_v, excluded.json_v)
)
INSERT INTO ts_kv_latest AS t (entity, key, ts, long_v, dbl_v, bool_v, str_v, json_v)
SELECT entity, key, ts, long_v, dbl_v, bool_v, str_v, json_v FROM d WHERE latest
ON CONFLICT (entity, key) DO UPDATE
  SET ts = excluded.ts, long_v = excluded.long_v, dbl_v = excluded.dbl_v, bool_v = excluded.bool_v,
      str_v = excluded.str_v, json_v = excluded.json_v
  WHERE excluded.ts > t.ts OR (excluded.ts = t.ts AND (t.long_v, t.dbl_v, t.bool_v, t.str_v, t.json_v)
    IS DISTINCT FROM (excluded.long_v, excluded.dbl_v, excluded.bool_v, excluded.str_v, excluded.json_v))`

export const createTelemetryWriter =
  (o: { sql: Sql; dictionary: Dictionary; partitions: Partitions }) =>
  async (rows: readonly SeriesWrite[]): Promise<void> => {
    const wanted = rows.filter((row) => row.saveTimeseries || row.saveLatest)
    if (wanted.length === 0) return
    const prepared = deduplicated(await withRefs(o.dictionary, wanted))
    await o.partitions.ensure(partitionedTables.ts_kv, moments(prepared), Date.now())
    const expiring = expiringOf(prepared)
    if (prepared.length <= maxRowsPerStatement && expiring.length === 0) {
      await o.sql.retrying(toQuery(prepared))
      return
    }
    await o.sql.transaction(async (tx) => {
      if (expiring.length > 0) await tx.query(expiryQuery(expiring))
      for (let start = 0; start < prepared.length; start += maxRowsPerStatement)
        await tx.query(toQuery(prepared.slice(start, start + maxRowsPerStatement)))
    })
  }

const expiringOf = (rows: readonly PreparedRow[]): ExpiringPoint[] => {
  const points: ExpiringPoint[] = []
  for (const { entity, key, ts, history, source } of rows)
    if (history && source.expiresAt !== undefined) points.push({ entity, key, ts, expiresAt: source.expiresAt })
  return points
}

function* moments(rows: readonly PreparedRow[]) {
  for (const row of rows) if (row.history) yield row.ts
}

const withRefs = async (dictionary: Dictionary, rows: readonly SeriesWrite[]): Promise<PreparedRow[]> => {
  const owners: SeriesWrite[] = []
  const keys: string[] = []
  for (const row of rows) {
    if (!dictionary.entity(row.entityId.id)) owners.push(row)
    if (dictionary.key(row.key) === null) keys.push(row.key)
  }
  if (owners.length > 0 || keys.length > 0) await dictionary.register(owners, keys)
  return rows.map((source) => {
    if (!Number.isSafeInteger(source.ts))
      throw new AppError('ARGUMENT_INVALID', `The time ${source.ts} is not a whole number of milliseconds`)
    const found = dictionary.entity(source.entityId.id)
    const key = dictionary.key(source.key)
    if (!found || key === null) throw new Error(`The dictionary does not know ${source.entityId.id} ${source.key}`)
    // A message of one tenant never writes into another tenant's entity, whatever a rule chain made of it.
    if (found.tenantId !== source.tenantId.toLowerCase())
      throw new AppError('PERMISSION_DENIED', `Entity ${source.entityId.id} belongs to another tenant`)
    return { entity: found.ref, key, ts: source.ts, source, history: source.saveTimeseries, latest: source.saveLatest }
  })
}

/**
 * Sorted by (entity, key, ts), since processes that lock rows in the same order cannot deadlock, and neighbours in the
 * index are written together. Of equal (entity, key, ts) the last given wins; only the newest row of an entity's key
 * goes to the latest values.
 */
const deduplicated = (rows: PreparedRow[]): PreparedRow[] => {
  // Array sort is stable: of equal rows the one given last stays last.
  rows.sort((a, b) => a.entity - b.entity || a.key - b.key || a.ts - b.ts)
  let point: PreparedRow | undefined
  let newest: PreparedRow | undefined
  for (const row of rows) {
    if (row.history) {
      if (point && sameSeries(point, row) && point.ts === row.ts) point.history = false
      point = row
    }
    if (row.latest) {
      if (newest && sameSeries(newest, row)) newest.latest = false
      newest = row
    }
  }
  return rows.filter((row) => row.history || row.latest)
}

const sameSeries = (a: PreparedRow, b: PreparedRow) => a.entity === b.entity && a.key === b.key

const toQuery = (rows: readonly PreparedRow[]): Query => {
  const size = rows.length
  const entity = new Array<number>(size)
  const key = new Array<number>(size)
  const ts = new Array<number>(size)
  const history = new Array<boolean>(size)
  const latest = new Array<boolean>(size)
  const long = new Array<number | bigint | null>(size).fill(null)
  const double = new Array<number | null>(size).fill(null)
  const bool = new Array<boolean | null>(size).fill(null)
  const string = new Array<string | null>(size).fill(null)
  const json = new Array<string | null>(size).fill(null)
  for (const [i, row] of rows.entries()) {
    entity[i] = row.entity
    key[i] = row.key
    ts[i] = row.ts
    history[i] = row.history
    latest[i] = row.latest
    const kv = normalised(row.source)
    switch (kv.type) {
      case 'LONG':
        long[i] = kv.value
        break
      case 'DOUBLE':
        double[i] = kv.value
        break
      case 'BOOLEAN':
        bool[i] = kv.value
        break
      case 'STRING':
        string[i] = kv.value
        break
      case 'JSON':
        json[i] = kv.value
        break
    }
  }
  return {
    name: 'telemetry-write',
    text: statement,
    values: [
      int4Array(entity),
      int4Array(key),
      int8Array(ts),
      boolArray(history),
      boolArray(latest),
      int8Array(long),
      float8Array(double),
      boolArray(bool),
      textArray(string),
      textArray(json),
    ],
  }
}
