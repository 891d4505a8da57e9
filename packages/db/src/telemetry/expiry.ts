import { int4Array, int8Array } from '../connection/binary-arrays.ts'
import type { Query, Sql } from '../connection/sql.ts'

export type ExpiringPoint = { entity: number; key: number; ts: number; expiresAt: number }

/** Notes when points are to go; in the transaction that stores them. */
export const expiryQuery = (points: readonly ExpiringPoint[]): Query => ({
  name: 'telemetry-expiry',
  text: `INSERT INTO ts_kv_expiring (expires_at, entity, key, ts)
         SELECT * FROM unnest($1::int8[], $2::int4[], $3::int4[], $4::int8[])`,
  values: [
    int8Array(points.map(({ expiresAt }) => expiresAt)),
    int4Array(points.map(({ entity }) => entity)),
    int4Array(points.map(({ key }) => key)),
    int8Array(points.map(({ ts }) => ts)),
  ],
})

const chunk = 20_000

/** Deletes the points whose time is over; of several times that one point was saved with the first counts. */
export const removeExpiredPoints = async (sql: Sql, nowMs: number): Promise<void> => {
  for (;;) {
    const { rowCount } = await sql.query({
      text: `WITH due AS (
               DELETE FROM ts_kv_expiring WHERE ctid = ANY (ARRAY(
                 SELECT ctid FROM ts_kv_expiring WHERE expires_at <= $1 ORDER BY expires_at LIMIT ${chunk}))
               RETURNING entity, key, ts
             ), gone AS (
               DELETE FROM ts_kv t USING due d WHERE t.entity = d.entity AND t.key = d.key AND t.ts = d.ts
             )
             SELECT FROM due`,
      values: [nowMs],
    })
    if ((rowCount ?? 0) < chunk) return
  }
}
