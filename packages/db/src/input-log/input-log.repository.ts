import { type Message, messageSchema } from '@thingwire/contracts'
import { int8Array, textArray, uuidArray } from '../connection/binary-arrays.ts'
import type { Sql } from '../connection/sql.ts'
import { partitionedTables } from '../partitions/calendar.ts'
import type { Partitions } from '../partitions/partitions.ts'

/** Whose messages, and from when: inclusive, epoch ms. */
export type InputQuery = {
  tenantId: string
  /** A device, or all devices of a profile at the time of their messages. */
  of: { deviceId: string } | { deviceProfileId: string }
  startTs: number
  endTs: number
  limit: number
}

export type InputLogRepository = {
  /** Tenants with a device profile whose messages are kept. */
  tenants(): Promise<string[]>
  /** Keeps those of devices whose profile asks for it; a message that is kept already stays as it is. */
  append(messages: readonly Message[]): Promise<void>
  /** The newest ones of the range, oldest first. */
  list(query: InputQuery): Promise<Message[]>
}

export const createInputLogRepository = (sql: Sql, partitions: Partitions): InputLogRepository => ({
  tenants: async () => {
    const { rows } = await sql.query<{ tenant_id: string }>({
      text: `SELECT DISTINCT tenant_id FROM device_profiles WHERE profile_data -> 'inputLog' ->> 'enabled' = 'true'`,
      values: [],
    })
    return rows.map((row) => row.tenant_id)
  },

  append: async (messages) => {
    if (messages.length === 0) return
    await partitions.ensure(
      partitionedTables.input_messages,
      messages.map(({ ts }) => ts),
      Date.now(),
    )
    await sql.query({
      name: 'input-log-append',
      text: `INSERT INTO input_messages (id, ts, tenant_id, device_profile_id, device_id, message)
             SELECT m.id, m.ts, m.tenant_id, p.id, d.id, m.message::json
             FROM unnest($1::uuid[], $2::int8[], $3::uuid[], $4::uuid[], $5::text[])
               AS m (id, ts, tenant_id, device_id, message)
             JOIN devices d ON d.id = m.device_id AND d.tenant_id = m.tenant_id
             JOIN device_profiles p ON p.id = d.device_profile_id
             WHERE p.profile_data -> 'inputLog' ->> 'enabled' = 'true'
             ON CONFLICT DO NOTHING`,
      values: [
        uuidArray(messages.map(({ id }) => id)),
        int8Array(messages.map(({ ts }) => ts)),
        uuidArray(messages.map(({ tenantId }) => tenantId)),
        uuidArray(messages.map(({ originator }) => originator.id)),
        textArray(messages.map((message) => JSON.stringify(message))),
      ],
    })
  },

  list: async ({ tenantId, of, startTs, endTs, limit }) => {
    const [column, id] = 'deviceId' in of ? ['device_id', of.deviceId] : ['device_profile_id', of.deviceProfileId]
    const { rows } = await sql.query<{ message: unknown }>({
      text: `SELECT message FROM input_messages WHERE tenant_id = $1 AND ${column} = $2 AND ts >= $3 AND ts <= $4
             ORDER BY ts DESC, id DESC LIMIT $5`,
      values: [tenantId, id, startTs, endTs, limit],
    })
    return rows.toReversed().flatMap((row) => {
      const parsed = messageSchema.safeParse(row.message)
      return parsed.success ? [parsed.data] : []
    })
  },
})
