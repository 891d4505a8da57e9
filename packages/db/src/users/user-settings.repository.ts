import type { UserSettingsDocument, UserSettingsType } from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import { isRecord } from '../rows.ts'

/** Documents of one user; nobody else ever reads them, so the user's id is the scope. */
export type UserSettingsRepository = {
  find(userId: string, type: UserSettingsType): Promise<UserSettingsDocument | null>
  /** Writes what `next` makes of the stored document ({} when there is none); changes of one document wait for each other. */
  change(
    userId: string,
    type: UserSettingsType,
    next: (stored: UserSettingsDocument) => UserSettingsDocument,
  ): Promise<UserSettingsDocument>
}

export const createUserSettingsRepository = (sql: Sql): UserSettingsRepository => ({
  find: async (userId, type) => {
    const { rows } = await sql.query<{ settings: unknown }>({
      text: 'SELECT settings FROM user_settings WHERE user_id = $1 AND type = $2',
      values: [userId, type],
    })
    return isRecord(rows[0]?.settings) ? rows[0].settings : null
  },

  change: (userId, type, next) =>
    sql.transaction(async (tx) => {
      await tx.query({
        text: "INSERT INTO user_settings (user_id, type, settings) VALUES ($1, $2, '{}') ON CONFLICT DO NOTHING",
        values: [userId, type],
      })
      const { rows } = await tx.query<{ settings: unknown }>({
        text: 'SELECT settings FROM user_settings WHERE user_id = $1 AND type = $2 FOR UPDATE',
        values: [userId, type],
      })
      const stored = rows[0]?.settings
      const settings = next(isRecord(stored) ? stored : {})
      await tx.query({
        text: 'UPDATE user_settings SET settings = $3 WHERE user_id = $1 AND type = $2',
        values: [userId, type, JSON.stringify(settings)],
      })
      return settings
    }),
})
