import type { Device } from '@thingwire/contracts'
import type * as Generated from '../generated/client.ts'
import { ms, toInfo } from '../rows.ts'
import { toWireId } from '../scope.ts'

export const withProfileName = { deviceProfile: { select: { name: true } } } as const
export type DeviceRow = Generated.Prisma.DeviceGetPayload<{ include: typeof withProfileName }>

export const defaultDeviceData: Device['deviceData'] = {
  configuration: { type: 'DEFAULT' },
  transportConfiguration: { type: 'DEFAULT' },
}

export const defaultDeviceProfileData = {
  configuration: { type: 'DEFAULT' },
  transportConfiguration: { type: 'DEFAULT' },
  provisionConfiguration: { type: 'DISABLED', provisionDeviceSecret: null },
  alarms: null,
}

export const toDevice = (row: DeviceRow): Device => ({
  id: { entityType: 'DEVICE', id: row.id },
  createdTime: ms(row.createdTime),
  additionalInfo: toInfo(row.additionalInfo),
  tenantId: { entityType: 'TENANT', id: row.tenantId },
  customerId: { entityType: 'CUSTOMER', id: toWireId(row.customerId) },
  name: row.name,
  type: row.deviceProfile.name,
  label: row.label,
  deviceProfileId: { entityType: 'DEVICE_PROFILE', id: row.deviceProfileId },
  deviceData: toDeviceData(row.deviceData),
  firmwareId: packageId(row.firmwareId),
  softwareId: packageId(row.softwareId),
  externalId: row.externalId ? { entityType: 'DEVICE', id: row.externalId } : null,
  version: row.version,
})

export const packageId = (id: string | null): { entityType: 'OTA_PACKAGE'; id: string } | null =>
  id ? { entityType: 'OTA_PACKAGE', id } : null

/** Only this program writes the column, always with both members. */
export const toDeviceData = (value: unknown): Device['deviceData'] => value as Device['deviceData']

/** Prisma's input type for JSON does not know `unknown` members; what was parsed as JSON is JSON. */
export const toJson = (value: object) => value as Record<string, never>
