import type { DeviceSessionInfo } from '@thingwire/db'
import { expect, test } from 'vitest'
import { messagesOf } from './uplink-messages.ts'

const info: DeviceSessionInfo = {
  deviceId: '00000000-0000-4000-8000-000000000001',
  tenantId: '00000000-0000-4000-8000-000000000002',
  customerId: '00000000-0000-4000-8000-000000000003',
  name: 'Boiler',
  type: 'thermostat',
  deviceProfileId: '00000000-0000-4000-8000-000000000004',
  transportType: 'DEFAULT',
  defaultRuleChainId: '00000000-0000-4000-8000-000000000005',
  defaultQueueName: null,
  isGateway: false,
  transportConfiguration: null,
  topicSpace: null,
  credentialsType: 'ACCESS_TOKEN',
  credentialsValue: null,
}
const session = { info, settings: { mqtt: null, topicSpace: null, payload: 'JSON' as const } }
const bytes = (text: string) => new TextEncoder().encode(text)

test('telemetry becomes one message per timestamp, with the metadata of the device', () => {
  const payload = bytes('[{"ts":1000,"values":{"a":1}},{"b":true}]')
  const built = messagesOf(session, { kind: 'telemetry', payload }, 5_000)
  if (!built.ok) throw new Error(built.message)
  expect(built.messages).toMatchObject([
    {
      ts: 5_000,
      type: 'POST_TELEMETRY_REQUEST',
      tenantId: info.tenantId,
      originator: { entityType: 'DEVICE', id: info.deviceId },
      customerId: info.customerId,
      metadata: { deviceName: 'Boiler', deviceType: 'thermostat', ts: '1000' },
      dataType: 'JSON',
      data: '{"a":1}',
      ruleChainId: info.defaultRuleChainId,
      ruleNodeId: null,
    },
    { metadata: { ts: '5000' }, data: '{"b":true}' },
  ])
  expect(new Set(built.messages.map(({ id }) => id)).size).toBe(2)
})

test('attributes become one message that does not notify the device', () => {
  const built = messagesOf(session, { kind: 'attributes', payload: bytes('{"fw":"v"}') }, 5_000)
  if (!built.ok) throw new Error(built.message)
  expect(built.messages).toMatchObject([
    {
      type: 'POST_ATTRIBUTES_REQUEST',
      metadata: { deviceName: 'Boiler', deviceType: 'thermostat', notifyDevice: 'false' },
      data: '{"fw":"v"}',
    },
  ])
})

test('an empty object is a message, an empty list is none', () => {
  const count = (text: string) => {
    const built = messagesOf(session, { kind: 'telemetry', payload: bytes(text) }, 1)
    return built.ok && built.messages.length
  }
  expect(count('{}')).toBe(1)
  expect(count('[]')).toBe(0)
})

test.each([
  ['telemetry', bytes('{')],
  ['telemetry', bytes('"text"')],
  ['telemetry', bytes('')],
  ['telemetry', new Uint8Array([0x7b, 0xff, 0x7d])],
  ['attributes', bytes('[{"a":1}]')],
] as const)('a malformed %s body is refused', (kind, payload) => {
  expect(messagesOf(session, { kind, payload }, 1)).toMatchObject({ ok: false })
})

test('an uplink that came on a topic says so', () => {
  for (const kind of ['telemetry', 'attributes'] as const) {
    const built = messagesOf(session, { kind, payload: bytes('{"a":1}'), topic: 'a/x/t' }, 1)
    expect(built).toMatchObject({ ok: true, messages: [{ metadata: { mqttTopic: 'a/x/t' } }] })
  }
})

test('a format that is not served is refused by name, unless the uplink is in another one', () => {
  const protobuf = { ...session, settings: { ...session.settings, payload: 'PROTOBUF' as const } }
  const payload = bytes('{"a":1}')
  expect(messagesOf(protobuf, { kind: 'telemetry', payload }, 1)).toEqual({
    ok: false,
    message: 'Payloads of type PROTOBUF are not served',
  })
  expect(messagesOf(protobuf, { kind: 'telemetry', payload, format: 'JSON' }, 1)).toMatchObject({ ok: true })
  expect(messagesOf(session, { kind: 'telemetry', payload, format: 'PROTOBUF' }, 1)).toMatchObject({ ok: false })
})
