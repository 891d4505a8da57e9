import {
  type DeviceProfile,
  type DeviceProfileInfo,
  type EntityType,
  provisionTypes,
  transportTypes,
} from '@thingwire/contracts'
import { packageId } from '../devices/device-rows.ts'
import type * as Generated from '../generated/client.ts'
import { isRecord, ms } from '../rows.ts'

export type ProfileRow = Generated.Prisma.DeviceProfileGetPayload<Record<never, never>>

const reference = <T extends EntityType>(entityType: T, id: string | null) => (id ? { entityType, id } : null)

/** Only this program writes these columns, always one of the known texts. */
const known = <T extends string>(all: readonly T[], text: string): T => {
  const found = all.find((one) => one === text)
  if (!found) throw new Error(`A device profile has the unknown type ${text}`)
  return found
}

export const toProfile = (row: ProfileRow): DeviceProfile => ({
  id: { entityType: 'DEVICE_PROFILE', id: row.id },
  createdTime: ms(row.createdTime),
  tenantId: { entityType: 'TENANT', id: row.tenantId },
  name: row.name,
  description: row.description,
  image: row.image,
  default: row.isDefault,
  type: 'DEFAULT',
  transportType: known(transportTypes, row.transportType),
  provisionType: known(provisionTypes, row.provisionType),
  defaultRuleChainId: reference('RULE_CHAIN', row.defaultRuleChainId),
  defaultDashboardId: reference('DASHBOARD', row.defaultDashboardId),
  defaultQueueName: row.defaultQueueName,
  profileData: isRecord(row.profileData) ? row.profileData : {},
  provisionDeviceKey: row.provisionDeviceKey,
  firmwareId: packageId(row.firmwareId),
  softwareId: packageId(row.softwareId),
  defaultEdgeRuleChainId: reference('RULE_CHAIN', row.defaultEdgeRuleChainId),
  externalId: reference('DEVICE_PROFILE', row.externalId),
  version: row.version,
})

export const toProfileInfo = (row: ProfileRow): DeviceProfileInfo => ({
  id: { entityType: 'DEVICE_PROFILE', id: row.id },
  tenantId: { entityType: 'TENANT', id: row.tenantId },
  name: row.name,
  image: row.image,
  defaultDashboardId: reference('DASHBOARD', row.defaultDashboardId),
  type: 'DEFAULT',
  transportType: known(transportTypes, row.transportType),
})
