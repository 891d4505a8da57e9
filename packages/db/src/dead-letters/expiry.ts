import type { Sql } from '../connection/sql.ts'

/** How long and how many dead letters are kept. */
export type DeadLetterKeeping = {
  days: number
  /** Of one tenant, the newest; 0: any number. */
  mostPerTenant: number
}

export const defaultKeeping: DeadLetterKeeping = { days: 365, mostPerTenant: 0 }

const dayMs = 86_400_000
/** Rows removed per statement. */
const chunk = 10_000

/** Removes letters that are too old, and the oldest of tenants that have too many. Those on their way back stay. */
export const expireDeadLetters = async (sql: Sql, keep: DeadLetterKeeping, nowMs: number): Promise<void> => {
  const remove = async (condition: string, values: unknown[]): Promise<void> => {
    for (;;) {
      const { rowCount } = await sql.query({
        text: `DELETE FROM dead_letters WHERE (tenant_id, created_time, id) IN (
                 SELECT tenant_id, created_time, id FROM dead_letters
                 WHERE replay_id IS NULL AND ${condition} LIMIT ${chunk})`,
        values,
      })
      if ((rowCount ?? 0) < chunk) return
    }
  }
  await remove('created_time < $1', [nowMs - keep.days * dayMs])
  if (keep.mostPerTenant === 0) return
  const { rows } = await sql.query<{ tenant_id: string }>({
    text: 'SELECT tenant_id FROM dead_letters GROUP BY 1 HAVING count(*) > $1',
    values: [keep.mostPerTenant],
  })
  for (const { tenant_id } of rows) {
    const values = [tenant_id, keep.mostPerTenant]
    // The newest of those that are too many: it and what is older goes.
    const { rows: limits } = await sql.query<{ created_time: number; id: string }>({
      text: `SELECT created_time, id FROM dead_letters WHERE tenant_id = $1
             ORDER BY created_time DESC, id DESC OFFSET $2 LIMIT 1`,
      values,
    })
    const [limit] = limits
    if (limit)
      await remove('tenant_id = $1 AND (created_time, id) <= ($2, $3::uuid)', [tenant_id, limit.created_time, limit.id])
  }
}
