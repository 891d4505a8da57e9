import {
  type MqttProfile,
  mqttProfileSchema,
  type PayloadType,
  payloadTypes,
  topicSpaceSchema,
} from '@thingwire/contracts'
import type { DeviceSessionInfo } from '@thingwire/db'
import { z } from 'zod'
import type { SessionSettings } from '../transports/transport.ts'

type ProfileSettings = Pick<DeviceSessionInfo, 'transportType' | 'transportConfiguration' | 'topicSpace'>

const plain: SessionSettings = { mqtt: null, topicSpace: null, payload: 'JSON' }
const defaultMqtt = mqttProfileSchema.parse({ type: 'MQTT' })

/** One object for all sessions of a look-up: each request of the HTTP API is one. */
const known = new WeakMap<ProfileSettings, SessionSettings>()

/** What the device's profile says about its transport; settings that are not understood count as absent. */
export const settingsOf = (info: ProfileSettings): SessionSettings => {
  if (info.transportType === 'DEFAULT' && info.topicSpace === null) return plain
  const before = known.get(info)
  if (before) return before
  const settings = readSettings(info)
  known.set(info, settings)
  return settings
}

const readSettings = ({ transportType, transportConfiguration, topicSpace }: ProfileSettings): SessionSettings => {
  const parsed = transportType === 'MQTT' ? mqttProfileSchema.safeParse(transportConfiguration) : null
  const mqtt = parsed && (parsed.success ? parsed.data : defaultMqtt)
  const space = topicSpace === null ? null : topicSpaceSchema.safeParse(topicSpace)
  return {
    mqtt,
    topicSpace: space?.success && space.data.enabled ? space.data : null,
    payload: mqtt ? payloadOfMqtt(mqtt) : transportType === 'COAP' ? payloadOfCoap(transportConfiguration) : 'JSON',
  }
}

/** Protobuf with JSON beside it, both ways: as long as Protobuf is not served, the device is served with JSON. */
const jsonToo = z.object({
  enableCompatibilityWithJsonPayloadFormat: z.literal(true),
  useJsonPayloadFormatForDefaultDownlinkTopics: z.literal(true),
})

const payloadOfMqtt = ({ transportPayloadTypeConfiguration: configuration }: MqttProfile): PayloadType =>
  jsonToo.safeParse(configuration).success ? 'JSON' : configuration.transportPayloadType

const coapSchema = z.object({
  coapDeviceTypeConfiguration: z.object({
    transportPayloadTypeConfiguration: z.object({ transportPayloadType: z.enum(payloadTypes) }),
  }),
})

const payloadOfCoap = (configuration: unknown): PayloadType => {
  const parsed = coapSchema.safeParse(configuration)
  return parsed.success
    ? parsed.data.coapDeviceTypeConfiguration.transportPayloadTypeConfiguration.transportPayloadType
    : 'JSON'
}
