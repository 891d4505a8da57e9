import { AppError, credentialsTypes, type DeviceCredentials } from '@thingwire/contracts'
import { batchedRead } from '../connection/batched-read.ts'
import type { LazyPrisma } from '../connection/prisma.ts'
import type { Sql } from '../connection/sql.ts'
import type { Database, DeviceSessionInfo } from '../database.ts'
import type * as Generated from '../generated/client.ts'
import { ms } from '../rows.ts'
import { assignedTo, writableTenant } from '../scope.ts'

type CredentialsRow = Generated.Prisma.DeviceCredentialsGetPayload<Record<never, never>>
type SessionRow = Omit<DeviceSessionInfo, 'credentialsType'> & { credentialsType: string }

export const createDeviceCredentialsRepository = (prisma: LazyPrisma, sql: Sql): Database['credentials'] => ({
  findByDevice: async (scope, deviceId) => {
    const { client } = await prisma.get()
    const row = await client.deviceCredentials.findFirst({ where: { deviceId, device: assignedTo(scope) } })
    return row && toCredentials(row)
  },

  findByDevices: async (tenantId, deviceIds) => {
    const { client } = await prisma.get()
    const rows = await client.deviceCredentials.findMany({
      where: { deviceId: { in: [...deviceIds] }, device: { tenantId } },
    })
    return rows.map(toCredentials)
  },

  save: async (scope, credentials) => {
    const tenantId = writableTenant(scope)
    const { client } = await prisma.get()
    const deviceId = credentials.deviceId.id
    const { count } = await client.deviceCredentials.updateMany({
      where: { id: credentials.id.id, deviceId, device: { tenantId } },
      data: {
        credentialsType: credentials.credentialsType,
        credentialsId: credentials.credentialsId,
        credentialsValue: credentials.credentialsValue,
        version: { increment: 1 },
      },
    })
    if (count === 0) throw new AppError('ENTITY_NOT_FOUND', 'Unable to update non-existent device credentials!')
    return toCredentials(await client.deviceCredentials.findUniqueOrThrow({ where: { deviceId } }))
  },

  resolve: batchedRead(async (credentialsIds) => {
    const { rows } = await sql.query<SessionRow & { credentialsId: string }>({
      name: 'devices-by-credentials',
      text: `${selectSession('c.credentials_id AS "credentialsId",')} WHERE c.credentials_id = ANY($1)`,
      values: [credentialsIds],
    })
    const found = new Map(rows.map(({ credentialsId, ...row }) => [credentialsId, row]))
    return credentialsIds.map((id) => toSession(found.get(id)))
  }),

  resolveNamed: async (tenantId, deviceName) => {
    const { rows } = await sql.query<SessionRow>({
      name: 'device-session-by-name',
      text: `${selectSession()} WHERE d.tenant_id = $1 AND d.name = $2`,
      values: [tenantId, deviceName],
    })
    return toSession(rows[0])
  },
})

const selectSession = (more = '') => `
  SELECT ${more} d.id AS "deviceId", d.tenant_id AS "tenantId", d.customer_id AS "customerId", d.name,
         p.name AS type, p.id AS "deviceProfileId", p.transport_type AS "transportType",
         p.default_rule_chain_id AS "defaultRuleChainId", p.default_queue_name AS "defaultQueueName",
         COALESCE(d.additional_info -> 'gateway' = 'true'::jsonb, false) AS "isGateway",
         p.profile_data -> 'transportConfiguration' AS "transportConfiguration", p.profile_data -> 'topicSpace' AS "topicSpace",
         c.credentials_type AS "credentialsType", c.credentials_value AS "credentialsValue"
  FROM device_credentials c
  JOIN devices d ON d.id = c.device_id
  JOIN device_profiles p ON p.id = d.device_profile_id`

const toSession = (row: SessionRow | undefined): DeviceSessionInfo | null =>
  row ? { ...row, credentialsType: toCredentialsType(row.credentialsType) } : null

const toCredentials = (row: CredentialsRow): DeviceCredentials => ({
  id: { id: row.id },
  createdTime: ms(row.createdTime),
  deviceId: { entityType: 'DEVICE', id: row.deviceId },
  credentialsType: toCredentialsType(row.credentialsType),
  credentialsId: row.credentialsId,
  credentialsValue: row.credentialsValue,
  version: row.version,
})

const toCredentialsType = (text: string): DeviceCredentials['credentialsType'] => {
  const type = credentialsTypes.find((known) => known === text)
  if (!type) throw new Error(`Unknown credentials type ${text}`)
  return type
}
