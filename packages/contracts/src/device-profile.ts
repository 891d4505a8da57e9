import { z } from 'zod'
import { alarmRuleProblems } from './alarm-rules.ts'
import { idOf, typedId } from './ids.ts'
import { isTopicFilter } from './mqtt-topic.ts'
import { hasMarkup, plainText, requiredText } from './plain-text.ts'

const longestName = 255
const nullableText = z.string().max(longestName).nullish()

export const transportTypes = ['DEFAULT', 'MQTT', 'COAP', 'LWM2M', 'SNMP'] as const
export const provisionTypes = [
  'DISABLED',
  'ALLOW_CREATE_NEW_DEVICES',
  'CHECK_PRE_PROVISIONED_DEVICES',
  'X509_CERTIFICATE_CHAIN',
] as const

/** Payload encodings of a profile; Protobuf is kept and imported, and not served yet. */
export const payloadTypes = ['JSON', 'PROTOBUF'] as const
export type PayloadType = (typeof payloadTypes)[number]

const telemetryTopic = 'v1/devices/me/telemetry'
const attributesTopic = 'v1/devices/me/attributes'

/** `transportConfiguration` of type MQTT (as ThingsBoard). Topics may be filters with `+` and `#`. */
export const mqttProfileSchema = z.looseObject({
  type: z.literal('MQTT'),
  deviceTelemetryTopic: z
    .string()
    .max(longestName)
    .nullish()
    .transform((topic) => topic || telemetryTopic),
  deviceAttributesTopic: z
    .string()
    .max(longestName)
    .nullish()
    .transform((topic) => topic || attributesTopic),
  deviceAttributesSubscribeTopic: z
    .string()
    .max(longestName)
    .nullish()
    .transform((topic) => topic || attributesTopic),
  transportPayloadTypeConfiguration: z
    .looseObject({ transportPayloadType: z.enum(payloadTypes).default('JSON') })
    .nullish()
    .transform((configuration) => configuration ?? { transportPayloadType: 'JSON' as const }),
  sendAckOnValidationException: z
    .boolean()
    .nullish()
    .transform((isSent) => isSent ?? false),
})
export type MqttProfile = z.output<typeof mqttProfileSchema>

const spaceFilter = z
  .string()
  .max(1_024)
  .refine(isTopicFilter, { error: "A filter of the topic space: '+' stands for a whole level, '#' for the last ones!" })

/**
 * `topicSpace` of a profile (ours): what its devices may publish and subscribe outside of the device API, as MQTT filters
 * in the tenant's own topic space. Absent or not enabled: nothing. `{deviceName}` stands for the device's own name as one level.
 */
export const topicSpaceSchema = z.object({
  enabled: z.boolean().default(false),
  publishFilters: z.array(spaceFilter).max(100).default([]),
  subscribeFilters: z.array(spaceFilter).max(100).default([]),
})
export type TopicSpaceRights = z.output<typeof topicSpaceSchema>

const topicFields = ['deviceTelemetryTopic', 'deviceAttributesTopic', 'deviceAttributesSubscribeTopic'] as const

/** What cannot be served is refused when it is saved: the devices of the profile could not tell anybody. */
const checkTransport = (configuration: { type: string }, context: z.RefinementCtx): void => {
  if (configuration.type !== 'MQTT') return
  const parsed = mqttProfileSchema.safeParse(configuration)
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path, message })
    return
  }
  for (const field of topicFields) {
    const topic = parsed.data[field]
    if (hasMarkup(topic))
      context.addIssue({ code: 'custom', path: [field], message: `Validation error: ${field} is malformed` })
    else if (!isTopicFilter(topic))
      context.addIssue({
        code: 'custom',
        path: [field],
        message: `${field} is no MQTT topic filter: '+' stands for a whole level, '#' for the last ones!`,
      })
  }
  const { deviceTelemetryTopic, deviceAttributesTopic } = parsed.data
  if (deviceTelemetryTopic === deviceAttributesTopic)
    context.addIssue({
      code: 'custom',
      path: ['deviceAttributesTopic'],
      message: 'The topics for telemetry and for attributes must differ!',
    })
}

/** Only the parts that the platform itself reads are named; a transport's own settings stay as they were sent. */
/** A word, or with X509_CERTIFICATE_CHAIN the certificate of an authority and those above it (PEM). */
const secret = z.string().max(32_768).nullish()

/** Messages of the profile's devices are kept as they came, to be run through changed rule chains. */
const inputLogSchema = z.object({
  enabled: z.boolean().default(false),
  days: z.number().int().min(1).max(30).default(7),
  maxMessages: z.number().int().min(1).max(10_000_000).default(100_000),
})

const profileDataSchema = z.looseObject({
  configuration: z.looseObject({ type: z.string() }).default({ type: 'DEFAULT' }),
  transportConfiguration: z.looseObject({ type: z.string() }).superRefine(checkTransport).default({ type: 'DEFAULT' }),
  provisionConfiguration: z
    .looseObject({ type: z.enum(provisionTypes).default('DISABLED'), provisionDeviceSecret: secret })
    .nullish(),
  topicSpace: topicSpaceSchema.nullish(),
  inputLog: inputLogSchema.nullish(),
  /** Rules that the device profile node evaluates. They stay as they were sent. */
  alarms: z
    .array(z.looseObject({}))
    .max(1_000)
    .superRefine((alarms, context) => {
      for (const { path, message } of alarmRuleProblems(alarms)) context.addIssue({ code: 'custom', path, message })
    })
    .nullish(),
})
export type DeviceProfileData = z.output<typeof profileDataSchema>

const image = z.string().max(1_000_000).nullish()

export const deviceProfileSchema = z.object({
  id: typedId('DEVICE_PROFILE'),
  createdTime: z.number(),
  tenantId: typedId('TENANT'),
  name: z.string(),
  description: z.string().nullable(),
  image: z.string().nullable(),
  default: z.boolean(),
  type: z.literal('DEFAULT'),
  transportType: z.enum(transportTypes),
  provisionType: z.enum(provisionTypes),
  defaultRuleChainId: typedId('RULE_CHAIN').nullable(),
  defaultDashboardId: typedId('DASHBOARD').nullable(),
  /** Null: the queue Main. */
  defaultQueueName: z.string().nullable(),
  profileData: z.looseObject({}),
  /** By which devices name the profile when they provision themselves; unique in the platform. */
  provisionDeviceKey: z.string().nullable(),
  firmwareId: typedId('OTA_PACKAGE').nullable(),
  softwareId: typedId('OTA_PACKAGE').nullable(),
  defaultEdgeRuleChainId: typedId('RULE_CHAIN').nullable(),
  externalId: typedId('DEVICE_PROFILE').nullable(),
  version: z.number(),
})
export type DeviceProfile = z.infer<typeof deviceProfileSchema>

export const saveDeviceProfileSchema = z.object({
  id: idOf('DEVICE_PROFILE').nullish(),
  name: requiredText('name', 'Device profile name should be specified!'),
  description: plainText('description', 10_000).nullish(),
  image,
  default: z.boolean().nullish(),
  type: z.literal('DEFAULT', { error: 'Device profile type should be specified!' }).default('DEFAULT'),
  transportType: z
    .enum(transportTypes, { error: 'Device profile transport type should be specified!' })
    .default('DEFAULT'),
  provisionType: z.enum(provisionTypes).nullish(),
  defaultRuleChainId: idOf('RULE_CHAIN').nullish(),
  defaultDashboardId: idOf('DASHBOARD').nullish(),
  defaultQueueName: plainText('defaultQueueName').nullish(),
  profileData: profileDataSchema.nullish(),
  provisionDeviceKey: nullableText,
  firmwareId: idOf('OTA_PACKAGE').nullish(),
  softwareId: idOf('OTA_PACKAGE').nullish(),
  defaultEdgeRuleChainId: idOf('RULE_CHAIN').nullish(),
  externalId: idOf('DEVICE_PROFILE').nullish(),
  version: z.number().int().nullish(),
})
export type SaveDeviceProfile = z.infer<typeof saveDeviceProfileSchema>

export const deviceProfileInfoSchema = z.object({
  id: typedId('DEVICE_PROFILE'),
  tenantId: typedId('TENANT'),
  name: z.string(),
  image: z.string().nullable(),
  defaultDashboardId: typedId('DASHBOARD').nullable(),
  type: z.literal('DEFAULT'),
  transportType: z.enum(transportTypes),
})
export type DeviceProfileInfo = z.infer<typeof deviceProfileInfoSchema>
