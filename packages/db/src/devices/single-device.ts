import type { Device } from '@thingwire/contracts'
import { batchedRead } from '../connection/batched-read.ts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { type DeviceRow, toDevice } from './device-rows.ts'

type Asked = { scope: Scope; deviceId: string }
type Row = Omit<DeviceRow, 'createdTime' | 'deviceProfile'> & {
  /** Which of the asked it answers, from 1. */
  n: number
  createdTime: number
  profileName: string
}

/** One device by its id. The read that clients repeat most: a prepared statement, shared by requests that come together. */
export const singleDevices = (sql: Sql): ((asked: Asked) => Promise<Device | null>) =>
  batchedRead(async (asked) => {
    const { rows } = await sql.query<Row>({
      name: 'devices-by-id',
      text: `SELECT asked.n, d.id, d.created_time AS "createdTime", d.additional_info AS "additionalInfo",
               d.tenant_id AS "tenantId", d.customer_id AS "customerId", d.device_profile_id AS "deviceProfileId", d.name,
               d.label, d.device_data AS "deviceData", d.firmware_id AS "firmwareId", d.software_id AS "softwareId",
               d.external_id AS "externalId", d.version, p.name AS "profileName"
             FROM unnest($1::uuid[], $2::uuid[], $3::uuid[])
               WITH ORDINALITY AS asked (id, tenant_id, customer_id, n)
             JOIN devices d ON d.id = asked.id
             JOIN device_profiles p ON p.id = d.device_profile_id
             WHERE (asked.tenant_id IS NULL OR d.tenant_id = asked.tenant_id)
               AND (asked.customer_id IS NULL OR d.customer_id = asked.customer_id)`,
      values: [
        asked.map(({ deviceId }) => deviceId),
        asked.map(({ scope }) => (scope.kind === 'system' ? null : scope.tenantId)),
        asked.map(({ scope }) => (scope.kind === 'customer' ? scope.customerId : null)),
      ],
    })
    const found = new Map(rows.map((row) => [row.n, row]))
    return asked.map((_, i) => {
      const row = found.get(i + 1)
      if (!row) return null
      return toDevice({ ...row, createdTime: BigInt(row.createdTime), deviceProfile: { name: row.profileName } })
    })
  })
