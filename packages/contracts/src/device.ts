import { z } from 'zod'
import { idOf, typedId, uuidSchema } from './ids.ts'
import { plainText, requiredText } from './plain-text.ts'
import { entityRelationsQuerySchema } from './relation.ts'

const longestName = 255
const info = z.record(z.string(), z.unknown())

/** Configurations by type; what a transport keeps there is its own and stays as it was sent. */
const deviceDataSchema = z.object({
  configuration: z.looseObject({ type: z.string() }),
  transportConfiguration: z.looseObject({ type: z.string() }),
})

/** A device as REST sends it (as ThingsBoard); times are epoch ms. */
export const deviceSchema = z.object({
  id: typedId('DEVICE'),
  createdTime: z.number(),
  additionalInfo: info.nullable(),
  tenantId: typedId('TENANT'),
  /** The null id: assigned to nobody. */
  customerId: typedId('CUSTOMER'),
  name: z.string(),
  /** The name of its profile. */
  type: z.string(),
  label: z.string().nullable(),
  deviceProfileId: typedId('DEVICE_PROFILE'),
  deviceData: deviceDataSchema,
  firmwareId: typedId('OTA_PACKAGE').nullable(),
  softwareId: typedId('OTA_PACKAGE').nullable(),
  externalId: typedId('DEVICE').nullable(),
  version: z.number(),
})
export type Device = z.infer<typeof deviceSchema>

export const deviceInfoSchema = deviceSchema.extend({
  customerTitle: z.string().nullable(),
  customerIsPublic: z.boolean(),
  deviceProfileName: z.string(),
  active: z.boolean(),
})
export type DeviceInfo = z.infer<typeof deviceInfoSchema>

export const credentialsTypes = ['ACCESS_TOKEN', 'X509_CERTIFICATE', 'MQTT_BASIC', 'LWM2M_CREDENTIALS'] as const
const credentialsType = z.enum(credentialsTypes, { error: 'Device credentials type should be specified!' })

export const deviceCredentialsSchema = z.object({
  id: z.object({ id: uuidSchema }),
  createdTime: z.number(),
  deviceId: typedId('DEVICE'),
  credentialsType: z.enum(credentialsTypes),
  credentialsId: z.string(),
  credentialsValue: z.string().nullable(),
  version: z.number(),
})
export type DeviceCredentials = z.infer<typeof deviceCredentialsSchema>

/** What may be chosen of a device; saving replaces all of it, so what is absent is cleared. */
export const saveDeviceSchema = z.object({
  id: idOf('DEVICE').nullish(),
  name: requiredText('name', 'Device name should be specified!'),
  type: plainText('type').nullish(),
  label: plainText('label').nullish(),
  deviceProfileId: idOf('DEVICE_PROFILE').nullish(),
  customerId: idOf('CUSTOMER').nullish(),
  deviceData: deviceDataSchema.partial().nullish(),
  firmwareId: idOf('OTA_PACKAGE').nullish(),
  softwareId: idOf('OTA_PACKAGE').nullish(),
  externalId: idOf('DEVICE').nullish(),
  additionalInfo: info.nullish(),
  version: z.number().int().nullish(),
})
export type SaveDevice = z.infer<typeof saveDeviceSchema>

/** Id and value fit the type: computed from what was typed. */
const credentialsValues = {
  credentialsType,
  credentialsId: z.string().max(10_000).nullish(),
  credentialsValue: z.string().max(100_000).nullish(),
}
export const saveCredentialsSchema = z.object({
  id: z.object({ id: uuidSchema }, { error: 'Device credentials id should be specified!' }),
  deviceId: idOf('DEVICE'),
  ...credentialsValues,
})
export type SaveCredentials = z.infer<typeof saveCredentialsSchema>

/** `/api/device-with-credentials`: the credentials belong to the device beside them, whatever ids they carry. */
export const saveDeviceWithCredentialsSchema = z.object({
  device: saveDeviceSchema,
  credentials: z.object(credentialsValues),
})

export const claimRequestSchema = z.object({ secretKey: z.string().max(longestName).nullish() })

/** How devices are found by relations (as ThingsBoard). */
export const deviceSearchQuerySchema = z.object({
  parameters: entityRelationsQuerySchema.shape.parameters,
  relationType: z.string().max(longestName).nullish(),
  deviceTypes: z.array(z.string().max(longestName)).max(1_000).nullish(),
})
export type DeviceSearchQuery = z.infer<typeof deviceSearchQuerySchema>

/** A type that entities have: the name of a profile. */
export const entitySubtypeSchema = z.object({
  tenantId: typedId('TENANT'),
  entityType: z.literal('DEVICE'),
  type: z.string(),
})
export type EntitySubtype = z.infer<typeof entitySubtypeSchema>

/**
 * `/api/device-connectivity/{deviceId}`: ready shell commands, for the protocols that are open to devices and that the
 * device's credentials fit.
 */
export const deviceConnectivitySchema = z.object({
  http: z.object({ http: z.string().optional(), https: z.string().optional() }).optional(),
  mqtt: z
    .object({
      mqtt: z.string().optional(),
      mqtts: z.union([z.string(), z.array(z.string())]).optional(),
      docker: z
        .object({ mqtt: z.string().optional(), mqtts: z.union([z.string(), z.array(z.string())]).optional() })
        .optional(),
    })
    .optional(),
  coap: z.object({ coap: z.string().optional() }).optional(),
})
export type DeviceConnectivity = z.infer<typeof deviceConnectivitySchema>
