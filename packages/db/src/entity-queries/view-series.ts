/**
 * An entity view shows time series of the entity it looks at: those of its keys, and within its window the newest point.
 * Where rows may be views, `v` is the view (null for other entities) and `tv` stands for the entity that has the series.
 */
export const viewJoins = (id: string): string =>
  `LEFT JOIN entity_views v ON v.id = ${id} LEFT JOIN telemetry_entities tv ON tv.entity_id = COALESCE(v.entity_id, ${id})`

const columns = (alias: string): string =>
  ['entity', 'key', 'ts', 'long_v', 'dbl_v', 'bool_v', 'str_v', 'json_v'].map((name) => `${alias}.${name}`).join(', ')

const isListed = (key: string): string =>
  `EXISTS (SELECT 1 FROM telemetry_keys k WHERE k.id = ${key} AND v.keys->'timeseries' ? k.key)`

/**
 * The newest values behind `v` and `tv` as a table expression with the columns of `ts_kv_latest`; it needs a LATERAL place.
 * @param keys Key ids as an SQL array
 */
export const viewSeries = (keys: string): string => `(
  SELECT ${columns('l')} FROM ts_kv_latest l
  WHERE l.entity = tv.ref AND l.key = ANY(${keys})
    AND (v.id IS NULL OR (v.start_ts = 0 AND v.end_ts = 0 AND ${isListed('l.key')}))
  UNION ALL
  SELECT ${columns('h')} FROM unnest(${keys}) w (key) CROSS JOIN LATERAL (
    SELECT ${columns('p')} FROM ts_kv p
    WHERE p.entity = tv.ref AND p.key = w.key AND p.ts >= v.start_ts AND (v.end_ts = 0 OR p.ts < v.end_ts)
    ORDER BY p.ts DESC LIMIT 1) h
  WHERE (v.start_ts <> 0 OR v.end_ts <> 0) AND ${isListed('w.key')})`
