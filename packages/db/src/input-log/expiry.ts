import type { Sql } from '../connection/sql.ts'
import { partitionedTables } from '../partitions/calendar.ts'
import type { Partitions } from '../partitions/partitions.ts'

const dayMs = 86_400_000
/** Rows removed per statement. */
const chunk = 10_000
/** The longest time that a profile can ask for; see the contract of device profiles. */
const mostDays = 30

/** Removes messages that are older than their profile wants, or more; those of profiles that want none any more go, too. */
export const expireInputLog = async (sql: Sql, partitions: Partitions, nowMs: number): Promise<void> => {
  await partitions.dropBefore(partitionedTables.input_messages, nowMs - mostDays * dayMs)
  const remove = async (condition: string, values: unknown[]): Promise<void> => {
    for (;;) {
      const { rowCount } = await sql.query({
        text: `DELETE FROM input_messages WHERE (id, ts) IN (
                 SELECT id, ts FROM input_messages WHERE ${condition} LIMIT ${chunk})`,
        values,
      })
      if ((rowCount ?? 0) < chunk) return
    }
  }
  const { rows } = await sql.query<{ tenant_id: string; id: string; days: number | null; most: number | null }>({
    text: `SELECT m.tenant_id, m.device_profile_id AS id,
                  (p.profile_data -> 'inputLog' ->> 'days')::int AS days,
                  (p.profile_data -> 'inputLog' ->> 'maxMessages')::int AS most
           FROM (SELECT DISTINCT tenant_id, device_profile_id FROM input_messages) m
           LEFT JOIN device_profiles p
             ON p.id = m.device_profile_id AND p.profile_data -> 'inputLog' ->> 'enabled' = 'true'`,
    values: [],
  })
  for (const { tenant_id, id, days, most } of rows) {
    const own = 'tenant_id = $1 AND device_profile_id = $2'
    await remove(`${own} AND ts < $3`, [tenant_id, id, days === null ? nowMs : nowMs - days * dayMs])
    if (most === null) continue
    const { rows: limits } = await sql.query<{ ts: number; id: string }>({
      text: `SELECT ts, id FROM input_messages WHERE ${own} ORDER BY ts DESC, id DESC OFFSET $3 LIMIT 1`,
      values: [tenant_id, id, most],
    })
    const [limit] = limits
    // The newest of those that are too many: it and what is older goes.
    if (limit) await remove(`${own} AND (ts, id) <= ($3, $4::uuid)`, [tenant_id, id, limit.ts, limit.id])
  }
}
