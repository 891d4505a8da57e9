import type { Sql } from '../connection/sql.ts'

/** A link somebody got to choose a password with; times are epoch ms. */
export type UserLink = { userId: string; token: string; expiresAtMs: number }

/**
 * Tokens of activation and reset links; system-wide, because whoever follows a link is nobody yet. Activation tokens are
 * kept as they are, since administrators may read the link again; of reset tokens, which go to the user's mail alone,
 * only the hash is.
 */
export type UserLinksRepository = {
  /** Null for an account that has a password, or has none but got no link. */
  activationOf(userId: string): Promise<UserLink | null>
  findActivation(token: string): Promise<UserLink | null>
  /** False when the account has a password already. */
  setActivation(link: UserLink): Promise<boolean>
  findReset(tokenHash: string): Promise<UserLink | null>
  /** An earlier reset link stops working. */
  setReset(link: UserLink): Promise<void>
  /** Takes the token out of use; true for exactly one of several callers. */
  consume(kind: 'activation' | 'reset', token: string, nowMs: number): Promise<boolean>
}

type LinkRow = { user_id: string; token: string; expiry: number | null }

const columns = {
  activation: { token: 'activate_token', expiry: 'activate_token_expiry' },
  reset: { token: 'reset_token', expiry: 'reset_token_expiry' },
} as const

export const createUserLinksRepository = (sql: Sql): UserLinksRepository => {
  const find = async (kind: keyof typeof columns, condition: string, value: string): Promise<UserLink | null> => {
    const { token, expiry } = columns[kind]
    const { rows } = await sql.query<LinkRow>({
      text: `SELECT user_id, ${token} AS token, ${expiry} AS expiry FROM user_credentials
             WHERE ${condition} AND ${token} IS NOT NULL`,
      values: [value],
    })
    const row = rows[0]
    return row ? { userId: row.user_id, token: row.token, expiresAtMs: row.expiry ?? 0 } : null
  }

  return {
    activationOf: (userId) => find('activation', 'user_id = $1 AND password_hash IS NULL', userId),
    findActivation: (token) => find('activation', 'activate_token = $1 AND password_hash IS NULL', token),
    setActivation: async ({ userId, token, expiresAtMs }) => {
      const { rowCount } = await sql.query({
        text: `UPDATE user_credentials SET activate_token = $2, activate_token_expiry = $3
               WHERE user_id = $1 AND password_hash IS NULL`,
        values: [userId, token, expiresAtMs],
      })
      return rowCount === 1
    },
    findReset: (tokenHash) => find('reset', 'reset_token = $1', tokenHash),
    setReset: async ({ userId, token, expiresAtMs }) => {
      await sql.query({
        text: 'UPDATE user_credentials SET reset_token = $2, reset_token_expiry = $3 WHERE user_id = $1',
        values: [userId, token, expiresAtMs],
      })
    },
    consume: async (kind, token, nowMs) => {
      const column = columns[kind]
      const { rowCount } = await sql.query({
        text: `UPDATE user_credentials SET ${column.token} = NULL, ${column.expiry} = NULL
               WHERE ${column.token} = $1 AND ${column.expiry} > $2`,
        values: [token, nowMs],
      })
      return rowCount === 1
    },
  }
}
