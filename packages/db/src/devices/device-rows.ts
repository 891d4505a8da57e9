import type { Device, DeviceProfileInfo } from '@thingwire/contracts'
import type * as Generated from '../generated/client.ts'
import { ms, toInfo } from '../rows.ts'
import { toWireId } from '../scope.ts'

export const withProfileName = { deviceProfile: { select: { name: true } } } as const
export type DeviceRow = Generated.Prisma.DeviceGetPayload<{ include: typeof withProfileName }>
export type ProfileRow = Generated.Prisma.DeviceProfileGetPayload<Record<never, never>>

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
  firmwareId: null,
  softwareId: null,
  externalId: null,
  version: row.version,
})

/** Only this program writes the column, always with both members. */
export const toDeviceData = (value: unknown): Device['deviceData'] => value as Device['deviceData']

export const toProfileInfo = (row: ProfileRow): DeviceProfileInfo => ({
  id: { entityType: 'DEVICE_PROFILE', id: row.id },
  tenantId: { entityType: 'TENANT', id: row.tenantId },
  name: row.name,
  image: row.image,
  defaultDashboardId: row.defaultDashboardId ? { entityType: 'DASHBOARD', id: row.defaultDashboardId } : null,
  type: 'DEFAULT',
  transportType: row.transportType,
})
