import { z } from 'zod'
import { idOf } from './ids.ts'

export const authorities = ['SYS_ADMIN', 'TENANT_ADMIN', 'CUSTOMER_USER'] as const
export type Authority = (typeof authorities)[number]

type Id<T extends string> = { entityType: T; id: string }
type Base<T extends string> = { id: Id<T>; createdTime: number; additionalInfo: Record<string, unknown> | null }

/** Entities as REST sends them (as ThingsBoard); times are epoch ms. */
export type User = Base<'USER'> & {
  tenantId: Id<'TENANT'>
  customerId: Id<'CUSTOMER'>
  email: string
  name: string
  authority: Authority
  firstName: string | null
  lastName: string | null
  phone: string | null
  version: number
}

export type Device = Base<'DEVICE'> & {
  tenantId: Id<'TENANT'>
  customerId: Id<'CUSTOMER'>
  name: string
  type: string
  label: string | null
  deviceProfileId: Id<'DEVICE_PROFILE'>
  deviceData: { configuration: { type: string }; transportConfiguration: { type: string } }
  firmwareId: null
  softwareId: null
  externalId: null
  version: number
}

export type DeviceInfo = Device & {
  customerTitle: string | null
  customerIsPublic: boolean
  deviceProfileName: string
  active: boolean
}

export const credentialsTypes = ['ACCESS_TOKEN', 'X509_CERTIFICATE', 'MQTT_BASIC', 'LWM2M_CREDENTIALS'] as const
export type DeviceCredentials = {
  id: { id: string }
  createdTime: number
  deviceId: Id<'DEVICE'>
  credentialsType: (typeof credentialsTypes)[number]
  credentialsId: string
  credentialsValue: string | null
  version: number
}

const nullableText = z.string().max(255).nullish()

export const saveDeviceSchema = z.object({
  id: idOf('DEVICE').nullish(),
  name: z
    .string({ error: 'Device name should be specified!' })
    .trim()
    .min(1, 'Device name should be specified!')
    .max(255),
  type: nullableText,
  label: nullableText,
  deviceProfileId: idOf('DEVICE_PROFILE').nullish(),
  customerId: idOf('CUSTOMER').nullish(),
  additionalInfo: z.record(z.string(), z.unknown()).nullish(),
  version: z.number().int().nullish(),
})
export type SaveDevice = z.infer<typeof saveDeviceSchema>

export type DeviceProfileInfo = {
  id: Id<'DEVICE_PROFILE'>
  tenantId: Id<'TENANT'>
  name: string
  image: string | null
  defaultDashboardId: Id<'DASHBOARD'> | null
  type: 'DEFAULT'
  transportType: string
}

/** `/api/device-connectivity/{deviceId}`: ready shell commands, for the protocols that the device's credentials fit. */
export type DeviceConnectivity = {
  http?: { http: string } | undefined
  mqtt?: { mqtt: string } | undefined
}

export type AttributeData = { lastUpdateTs: number; key: string; value: unknown }
export type TsData = Record<string, { ts: number; value: unknown }[]>
