import type { Sql } from '../connection/sql.ts'
import { isRecord } from '../rows.ts'

/**
 * Second factors of accounts. The document is the caller's; the two steps that must happen once only, whatever arrives
 * at the same time, are done here in one statement each.
 */
export type TwoFactorRepository = {
  /** The stored document, or null. */
  find(userId: string): Promise<Record<string, unknown> | null>
  /** Writes when what stands is still what was read (`previous`, null: nothing); false: somebody else was faster. */
  replace(
    userId: string,
    previous: Record<string, unknown> | null,
    next: Record<string, unknown> | null,
  ): Promise<boolean>
  /** Notes the time step of an accepted TOTP code; false: this step or a later one was used before. */
  takeTotpStep(userId: string, step: number): Promise<boolean>
  /** Removes one of the hashes under `backupCodes.hashes`; false: it is not there (any more). */
  takeBackupCode(userId: string, codeHash: string): Promise<boolean>
  /** For the filter that names tenant profiles. */
  tenantProfileOf(tenantId: string): Promise<string | null>
}

export const createTwoFactorRepository = (sql: Sql): TwoFactorRepository => {
  const changed = async (text: string, values: unknown[]): Promise<boolean> =>
    (await sql.query({ text, values })).rowCount === 1

  return {
    find: async (userId) => {
      const { rows } = await sql.query<{ two_fa_settings: unknown }>({
        name: 'two-factor-find',
        text: 'SELECT two_fa_settings FROM user_auth_settings WHERE user_id = $1',
        values: [userId],
      })
      const stored = rows[0]?.two_fa_settings
      return isRecord(stored) ? stored : null
    },

    replace: (userId, previous, next) => {
      if (previous === null)
        return changed(
          `INSERT INTO user_auth_settings (user_id, created_time, two_fa_settings) VALUES ($1, $2, $3)
           ON CONFLICT (user_id) DO NOTHING`,
          [userId, Date.now(), JSON.stringify(next ?? {})],
        )
      if (next === null)
        return changed('DELETE FROM user_auth_settings WHERE user_id = $1 AND two_fa_settings = $2::jsonb', [
          userId,
          JSON.stringify(previous),
        ])
      return changed(
        'UPDATE user_auth_settings SET two_fa_settings = $3::jsonb WHERE user_id = $1 AND two_fa_settings = $2::jsonb',
        [userId, JSON.stringify(previous), JSON.stringify(next)],
      )
    },

    takeTotpStep: (userId, step) =>
      changed(
        `UPDATE user_auth_settings SET two_fa_settings = jsonb_set(two_fa_settings, '{totpStep}', to_jsonb($2::bigint))
         WHERE user_id = $1 AND COALESCE((two_fa_settings ->> 'totpStep')::bigint, -1) < $2::bigint`,
        [userId, step],
      ),

    takeBackupCode: (userId, codeHash) =>
      changed(
        `UPDATE user_auth_settings
         SET two_fa_settings = jsonb_set(two_fa_settings, '{backupCodes,hashes}',
           (two_fa_settings #> '{backupCodes,hashes}') - $2::text)
         WHERE user_id = $1 AND jsonb_exists(two_fa_settings #> '{backupCodes,hashes}', $2::text)`,
        [userId, codeHash],
      ),

    tenantProfileOf: async (tenantId) => {
      const { rows } = await sql.query<{ tenant_profile_id: string }>({
        text: 'SELECT tenant_profile_id FROM tenants WHERE id = $1',
        values: [tenantId],
      })
      return rows[0]?.tenant_profile_id ?? null
    },
  }
}
