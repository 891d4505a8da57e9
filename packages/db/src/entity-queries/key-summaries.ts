import {
  type AttributeScope,
  type EntityId,
  type KeySummaries,
  type SeriesSummary,
  toPlainValue,
  type ValueKind,
} from '@thingwire/contracts'
import { uuidArray } from '../connection/binary-arrays.ts'
import type { Sql } from '../connection/sql.ts'
import { fromColumns, type ValueColumns } from '../telemetry/typed-values.ts'
import { viewSeries } from './view-series.ts'

/** Of a key, the points of so many entities are looked at, those with the newest values, and of each so many points. */
const sampledEntities = 5
const sampledPoints = 500
/** More different values than this are no states. */
const maxDistinct = 20
const maxKeys = 500

const numberText = `'^-?\\d{1,30}(\\.\\d{1,30})?([eE][+-]?\\d{1,2})?$'`
const numberOf = (a: string) =>
  `COALESCE(${a}.dbl_v, ${a}.long_v::float8, CASE WHEN ${a}.str_v ~ ${numberText} THEN ${a}.str_v::float8 END)`
const kindOf = (a: string) => `CASE
  WHEN ${a}.bool_v IS NOT NULL OR ${a}.str_v IN ('true', 'false') THEN 'boolean'
  WHEN ${a}.long_v IS NOT NULL OR ${a}.dbl_v IS NOT NULL OR ${a}.str_v ~ ${numberText} THEN 'number'
  WHEN ${a}.json_v IS NOT NULL THEN 'json' ELSE 'text' END`
const values = (a: string) => ['long_v', 'dbl_v', 'bool_v', 'str_v', 'json_v'].map((name) => `${a}.${name}`).join(', ')
const ofNewest = (a: string) =>
  ['ts', 'long_v', 'dbl_v', 'bool_v', 'str_v', 'json_v']
    .map((name) => `(array_agg(${a}.${name} ORDER BY ${a}.ts DESC))[1] AS ${name}`)
    .join(', ')

/** Entity views show series of others, of some keys and times; theirs are read as what they look at has them. */
const seriesStatement = `
  WITH held AS (
    SELECT l.entity AS ref, l.key, l.ts, ${values('l')}, $3::int8 AS lo, $4::int8 AS hi
    FROM telemetry_entities te JOIN ts_kv_latest l ON l.entity = te.ref WHERE te.entity_id = ANY($1::uuid[])
    UNION ALL
    SELECT tv.ref, x.key, x.ts, ${values('x')}, greatest($3::int8, v.start_ts),
      CASE WHEN v.end_ts = 0 THEN $4::int8 ELSE least($4::int8, v.end_ts) END
    FROM entity_views v JOIN telemetry_entities tv ON tv.entity_id = v.entity_id
    CROSS JOIN LATERAL (
      SELECT array_agg(k.id) AS ids
      FROM jsonb_array_elements_text(v.keys->'timeseries') listed JOIN telemetry_keys k ON k.key = listed) shown
    CROSS JOIN LATERAL ${viewSeries('shown.ids')} x
    WHERE v.id = ANY($2::uuid[])),
  keys AS (
    SELECT h.key, count(*)::int AS entities, mode() WITHIN GROUP (ORDER BY ${kindOf('h')}) AS kind, ${ofNewest('h')}
    FROM held h GROUP BY h.key),
  listed AS (
    SELECT k.key AS name, keys.* FROM keys JOIN telemetry_keys k ON k.id = keys.key
    ORDER BY k.key COLLATE "C" LIMIT ${maxKeys}),
  sampled AS (
    SELECT ref, key, lo, hi FROM (
      SELECT h.*, row_number() OVER (PARTITION BY h.key ORDER BY h.ts DESC) AS place
      FROM held h WHERE h.key IN (SELECT key FROM listed)) ranked
    WHERE place <= ${sampledEntities}),
  figures AS (
    SELECT s.key, sum(p.points)::int AS points, sum(p.points - 1) FILTER (WHERE p.points > 1) AS steps,
      sum(p.until - p.since) FILTER (WHERE p.points > 1) AS span, min(p.low) AS min, max(p.high) AS max,
      max(p.variety)::int AS variety
    FROM sampled s CROSS JOIN LATERAL (
      SELECT count(*) AS points, min(n.ts) AS since, max(n.ts) AS until, min(${numberOf('n')}) AS low,
        max(${numberOf('n')}) AS high,
        least(count(DISTINCT COALESCE(n.dbl_v::text, n.long_v::text, n.bool_v::text, left(n.str_v, 100), md5(n.json_v))),
          ${maxDistinct}) AS variety
      FROM (SELECT p.ts, ${values('p')} FROM ts_kv p
            -- The whole range once more, so that only its months are planned.
            WHERE p.entity = s.ref AND p.key = s.key AND p.ts >= s.lo AND p.ts < s.hi AND p.ts >= $3 AND p.ts < $4
            ORDER BY p.ts DESC LIMIT ${sampledPoints}) n) p
    GROUP BY s.key)
  SELECT l.*, f.points, f.steps::float8, f.span::float8, f.min, f.max, f.variety
  FROM listed l LEFT JOIN figures f ON f.key = l.key ORDER BY l.name COLLATE "C"`

const attributesStatement = `
  SELECT k.key AS name, a.* FROM (
    SELECT x.key, x.scope, count(*)::int AS entities, mode() WITHIN GROUP (ORDER BY ${kindOf('x')}) AS kind, ${ofNewest('x')}
    FROM (SELECT t.key, t.scope, t.last_update_ts AS ts, ${values('t')}
          FROM telemetry_entities te JOIN attributes t ON t.entity = te.ref WHERE te.entity_id = ANY($1::uuid[])) x
    GROUP BY x.key, x.scope) a
  JOIN telemetry_keys k ON k.id = a.key ORDER BY a.scope, k.key COLLATE "C" LIMIT ${maxKeys}`

type KeyRow = ValueColumns & { name: string; ts: number; entities: number; kind: ValueKind }
type SeriesRow = KeyRow & {
  points: number | null
  steps: number | null
  span: number | null
  min: number | null
  max: number | null
  variety: number | null
}

/**
 * What keys of entities hold. The entities must have been found for the viewer before.
 * @param o.startTs Of the points that are looked at, epoch ms, inclusive; `endTs` exclusive
 */
export const readKeySummaries = async (
  sql: Sql,
  entityIds: readonly EntityId[],
  o: { startTs: number; endTs: number; scopeOf(code: number): AttributeScope | undefined },
): Promise<KeySummaries> => {
  const { views = [], others = [] } = Object.groupBy(entityIds, ({ entityType }) =>
    entityType === 'ENTITY_VIEW' ? 'views' : 'others',
  )
  const idsOf = (list: readonly EntityId[]) => uuidArray(list.map(({ id }) => id))
  const [series, attributes] = await Promise.all([
    sql.query<SeriesRow>({ text: seriesStatement, values: [idsOf(others), idsOf(views), o.startTs, o.endTs] }),
    sql.query<KeyRow & { scope: number }>({ text: attributesStatement, values: [idsOf(entityIds)] }),
  ])
  return {
    entities: entityIds.length,
    timeseries: series.rows.map(
      (row): SeriesSummary => ({
        ...toSummary(row),
        points: row.points ?? 0,
        perMinute: row.steps && row.span ? (row.steps / row.span) * 60_000 : null,
        min: row.min,
        max: row.max,
        distinct: row.variety ?? 0,
      }),
    ),
    attributes: attributes.rows.flatMap((row) => {
      const scope = o.scopeOf(row.scope)
      return scope ? [{ ...toSummary(row), scope }] : []
    }),
  }
}

const toSummary = (row: KeyRow) => {
  const value = fromColumns(row)
  return {
    key: row.name,
    kind: row.kind,
    entities: row.entities,
    last: { ts: row.ts, value: value ? toPlainValue(value) : null },
  }
}
