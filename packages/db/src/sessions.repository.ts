import type { Sql } from './connection/sql.ts'
import type { Database } from './database.ts'

export const createSessionsRepository = (sql: Sql): Database['sessions'] => ({
  revoke: async (sessionId, expiresAtMs) => {
    await sql.query({
      text: `INSERT INTO signed_out_sessions (session_id, expires_at) VALUES ($1, $2)
             ON CONFLICT (session_id) DO UPDATE SET expires_at = GREATEST(signed_out_sessions.expires_at, excluded.expires_at)`,
      values: [sessionId, expiresAtMs],
    })
  },
  isRevoked: async (sessionId) => {
    const { rowCount } = await sql.query({
      name: 'session-revoked',
      text: 'SELECT 1 FROM signed_out_sessions WHERE session_id = $1',
      values: [sessionId],
    })
    return rowCount === 1
  },
})
