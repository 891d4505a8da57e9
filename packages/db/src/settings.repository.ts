import type { Sql } from './connection/sql.ts'
import type { Database } from './database.ts'
import { uuidV7 } from './uuid.ts'

export const createSettingsRepository = (sql: Sql): Database['settings'] => {
  const get = async (key: string): Promise<unknown> => {
    const { rows } = await sql.query<{ json_value: unknown }>({
      text: 'SELECT json_value FROM admin_settings WHERE tenant_id IS NULL AND key = $1',
      values: [key],
    })
    return rows[0]?.json_value
  }
  return {
    get,
    find: async (key) => {
      const { rows } = await sql.query<{ id: string; created_time: number; json_value: unknown }>({
        text: 'SELECT id, created_time, json_value FROM admin_settings WHERE tenant_id IS NULL AND key = $1',
        values: [key],
      })
      const row = rows[0]
      return row ? { id: row.id, createdTime: row.created_time, key, value: row.json_value } : null
    },
    getOrCreate: async (key, value) => {
      await sql.query({
        text: `INSERT INTO admin_settings (id, created_time, tenant_id, key, json_value) VALUES ($1, $2, NULL, $3, $4)
               ON CONFLICT (key) WHERE tenant_id IS NULL DO NOTHING`,
        values: [uuidV7(), Date.now(), key, JSON.stringify(value)],
      })
      // What another process wrote first stands.
      return get(key)
    },
    save: async (key, value) => {
      await sql.query({
        text: `INSERT INTO admin_settings (id, created_time, tenant_id, key, json_value) VALUES ($1, $2, NULL, $3, $4)
               ON CONFLICT (key) WHERE tenant_id IS NULL DO UPDATE SET json_value = excluded.json_value`,
        values: [uuidV7(), Date.now(), key, JSON.stringify(value)],
      })
    },
  }
}
