import { expect, test } from 'vitest'
import { settingsOf } from './session-settings.ts'

const mqtt = (transportConfiguration: unknown) =>
  settingsOf({ transportType: 'MQTT', transportConfiguration, topicSpace: null })

test('a profile of MQTT has topics of its own, or those of the device API', () => {
  expect(mqtt({ type: 'MQTT', deviceTelemetryTopic: 'a/+/t' }).mqtt).toMatchObject({
    deviceTelemetryTopic: 'a/+/t',
    deviceAttributesTopic: 'v1/devices/me/attributes',
  })
  for (const odd of [null, { type: 'DEFAULT' }, { type: 'MQTT', deviceTelemetryTopic: 5 }])
    expect(mqtt(odd).mqtt).toMatchObject({ deviceTelemetryTopic: 'v1/devices/me/telemetry' })
  expect(
    settingsOf({ transportType: 'COAP', transportConfiguration: { type: 'MQTT' }, topicSpace: null }).mqtt,
  ).toBeNull()
})

test.each([
  [{ transportPayloadType: 'JSON' }, 'JSON'],
  [{ transportPayloadType: 'PROTOBUF' }, 'PROTOBUF'],
  [{ transportPayloadType: 'PROTOBUF', enableCompatibilityWithJsonPayloadFormat: true }, 'PROTOBUF'],
  [
    {
      transportPayloadType: 'PROTOBUF',
      enableCompatibilityWithJsonPayloadFormat: true,
      useJsonPayloadFormatForDefaultDownlinkTopics: true,
    },
    'JSON',
  ],
])('a payload configuration %j means %s', (transportPayloadTypeConfiguration, payload) => {
  expect(mqtt({ type: 'MQTT', transportPayloadTypeConfiguration }).payload).toBe(payload)
})

test('a profile of CoAP names its payload too', () => {
  const coapDeviceTypeConfiguration = { transportPayloadTypeConfiguration: { transportPayloadType: 'PROTOBUF' } }
  const coap = (configuration: unknown) =>
    settingsOf({ transportType: 'COAP', transportConfiguration: configuration, topicSpace: null }).payload
  expect(coap({ type: 'COAP', coapDeviceTypeConfiguration })).toBe('PROTOBUF')
  expect(coap({ type: 'COAP' })).toBe('JSON')
})

test('what is looked up once is read once', () => {
  const info = { transportType: 'MQTT', transportConfiguration: { type: 'MQTT' }, topicSpace: null } as const
  expect(settingsOf(info)).toBe(settingsOf(info))
})
