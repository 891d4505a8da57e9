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
  acknowledgesInvalid: false,
  transportConfiguration: null,
  topicSpace: null,
  credentialsType: 'ACCESS_TOKEN',
  credentialsValue: null,
}
const bytes = (text: string) => new TextEncoder().encode(text)

test('telemetry becomes one message per timestamp, with the metadata of the device', () => {
  const payload = bytes('[{"ts":1000,"values":{"a":1}},{"b":true}]')
  const built = messagesOf(info, { kind: 'telemetry', payload }, 5_000)
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
  const built = messagesOf(info, { kind: 'attributes', payload: bytes('{"fw":"v"}') }, 5_000)
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
    const built = messagesOf(info, { kind: 'telemetry', payload: bytes(text) }, 1)
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
  expect(messagesOf(info, { kind, payload }, 1)).toMatchObject({ ok: false })
})
