import { mqttProfileSchema } from '@thingwire/contracts'
import { describe, expect, test } from 'vitest'
import type { SessionSettings } from '../transport.ts'
import {
  attributesTopic,
  commandTopic,
  credentialsOf,
  filterOfResponse,
  filterPurpose,
  publishIntent,
  refusalCode,
  refusalReason,
} from './translate.ts'

test('a command goes to the topic of the filter', () => {
  expect(commandTopic('v1/devices/me/rpc/request/+', 0)).toBe('v1/devices/me/rpc/request/0')
  expect(commandTopic('v2/r/req/j/+', 12)).toBe('v2/r/req/j/12')
})

const telemetry = { kind: 'uplink', uplink: 'telemetry', format: null }
const attributes = { kind: 'uplink', uplink: 'attributes', format: null }

test.each([
  ['v1/devices/me/telemetry', telemetry],
  ['v2/t', telemetry],
  ['v2/t/j', { ...telemetry, format: 'JSON' }],
  ['v2/t/p', { ...telemetry, format: 'PROTOBUF' }],
  ['v1/devices/me/attributes', attributes],
  ['v2/a', attributes],
  ['v2/a/j', { ...attributes, format: 'JSON' }],
  ['v2/a/p', { ...attributes, format: 'PROTOBUF' }],
  [
    'v1/devices/me/attributes/request/7',
    { kind: 'attributes-request', responseTopic: 'v1/devices/me/attributes/response/7', format: null },
  ],
  ['v2/a/req/12', { kind: 'attributes-request', responseTopic: 'v2/a/res/12', format: null }],
  ['v2/a/req/j/12', { kind: 'attributes-request', responseTopic: 'v2/a/res/j/12', format: 'JSON' }],
  ['v2/a/req/p/12', { kind: 'attributes-request', responseTopic: 'v2/a/res/p/12', format: 'PROTOBUF' }],
  ['v1/devices/me/rpc/response/3', { kind: 'command-answer', id: 3, format: null }],
  ['v2/r/res/3', { kind: 'command-answer', id: 3, format: null }],
  ['v2/r/res/j/3', { kind: 'command-answer', id: 3, format: 'JSON' }],
  ['v2/r/res/p/3', { kind: 'command-answer', id: 3, format: 'PROTOBUF' }],
  [
    'v1/devices/me/rpc/request/4',
    { kind: 'server-request', id: 4, responseTopic: 'v1/devices/me/rpc/response/4', format: null },
  ],
  ['v2/r/req/4', { kind: 'server-request', id: 4, responseTopic: 'v2/r/res/4', format: null }],
  ['v2/r/req/j/4', { kind: 'server-request', id: 4, responseTopic: 'v2/r/res/j/4', format: 'JSON' }],
  ['v2/r/req/p/4', { kind: 'server-request', id: 4, responseTopic: 'v2/r/res/p/4', format: 'PROTOBUF' }],
  ['v1/devices/me/claim', { kind: 'claim' }],
  ['v1/gateway/rpc', { kind: 'gateway', intent: 'rpc' }],
  ['v1/devices/me/attributes/request/x', { kind: 'unknown' }],
  ['v1/devices/me/telemetry/', { kind: 'unknown' }],
  ['V1/devices/me/telemetry', { kind: 'unknown' }],
  ['v2/t/x', { kind: 'unknown' }],
  ['constructor', { kind: 'unknown' }],
])('a publish on %s', (topic, intent) => {
  expect(publishIntent(topic, null)).toEqual(intent)
})

const profile = (topics: object) => mqttProfileSchema.parse({ type: 'MQTT', ...topics })
const settings = (more: Partial<SessionSettings> = {}): SessionSettings => ({
  mqtt: null,
  topicSpace: null,
  payload: 'JSON',
  ...more,
})

describe('a profile with topics of its own', () => {
  const own = profile({ deviceTelemetryTopic: 'a/+/t', deviceAttributesTopic: 'a/#' })

  test.each([
    ['a/x', attributes],
    // Both filters mean it: attributes come first (as ThingsBoard).
    ['a/x/t', attributes],
    ['v2/t', telemetry],
    ['v2/a/j', { ...attributes, format: 'JSON' }],
    ['v1/devices/me/telemetry', { kind: 'unknown' }],
    ['v1/devices/me/attributes', { kind: 'unknown' }],
    ['v1/devices/me/rpc/response/3', { kind: 'command-answer', id: 3, format: null }],
  ])('takes %s as %o', (topic, intent) => {
    expect(publishIntent(topic, own)).toEqual(intent)
  })

  test('the topics that it does not name are those of the device API', () => {
    const one = profile({ deviceTelemetryTopic: 'sensors/+' })
    expect(publishIntent('sensors/7', one)).toEqual(telemetry)
    expect(publishIntent('v1/devices/me/attributes', one)).toEqual(attributes)
    expect(publishIntent('v1/devices/me/telemetry', one)).toEqual({ kind: 'unknown' })
  })

  test('a default topic that the filter means stays', () => {
    const wide = profile({ deviceTelemetryTopic: 'v1/devices/+/telemetry' })
    expect(publishIntent('v1/devices/me/telemetry', wide)).toEqual(telemetry)
    expect(publishIntent('v1/devices/17/telemetry', wide)).toEqual(telemetry)
  })

  test('a wildcard for everything leaves gateways their topics', () => {
    const all = profile({ deviceTelemetryTopic: '#' })
    expect(publishIntent('v1/gateway/telemetry', all)).toEqual({ kind: 'gateway', intent: 'telemetry' })
    expect(publishIntent('anything', all)).toEqual(telemetry)
  })

  test('its filter for updates is asked for, or what it means; updates go to the default topic', () => {
    const mqtt = profile({ deviceAttributesSubscribeTopic: 'a/+/updates' })
    for (const filter of ['a/+/updates', 'a/x/updates']) {
      expect(filterPurpose(filter, settings({ mqtt }))).toMatchObject({ purpose: 'attribute-updates' })
      expect(attributesTopic(filter)).toBe('v1/devices/me/attributes')
    }
    expect(filterPurpose('v1/devices/me/attributes', settings({ mqtt }))).not.toBeNull()
    expect(filterPurpose('a/#', settings({ mqtt }))).toBeNull()
    expect(filterPurpose('a/+/updates', settings())).toBeNull()
  })
})

test.each(['v1/devices/me/attributes', 'v2/a', 'v2/a/j'])('%s brings attribute updates to itself', (filter) => {
  expect(filterPurpose(filter, settings())).toMatchObject({ purpose: 'attribute-updates' })
  expect(attributesTopic(filter)).toBe(filter)
})

test.each([
  '#',
  '+',
  'v1/devices/me/+',
  'v1/devices/#',
  'v1/devices/me/telemetry',
  '$SYS/#',
  'v1/devices/me/rpc/request/1',
])('a subscription to %s is refused', (filter) => {
  expect(filterPurpose(filter, settings())).toBeNull()
})

test('a filter whose messages would come in a format that is not served is refused', () => {
  expect(filterPurpose('v2/a/p', settings())).toBeNull()
  expect(filterPurpose('v1/devices/me/attributes', settings({ payload: 'PROTOBUF' }))).toBeNull()
  expect(filterPurpose('v2/r/req/j/+', settings({ payload: 'PROTOBUF' }))).not.toBeNull()
  expect(filterPurpose('v2/fw/response/+/chunk/+', settings({ payload: 'PROTOBUF' }))).not.toBeNull()
})

test('a response takes the quality of service of its filter', () => {
  expect(filterOfResponse('v1/devices/me/attributes/response/7')).toBe('v1/devices/me/attributes/response/+')
})

describe('CONNACK codes of a refused connection', () => {
  const offer = (clientId: string, userName: string | null, password: string | null) => ({
    kind: 'mqtt-basic' as const,
    clientId,
    userName,
    password,
  })
  test.each([
    [offer('c', null, null), 2],
    [offer('', null, null), 5],
    [offer('c', 'token', null), 5],
    [offer('c', 'user', 'secret'), 5],
  ] as const)('%o → %i', (given, code) => {
    expect(refusalCode(given, 'bad-credentials')).toBe(code)
  })
  test('another transport, or nobody there to ask, is a server that is not available', () => {
    expect(refusalCode(offer('c', 'u', null), 'wrong-transport')).toBe(3)
    expect(refusalCode(offer('c', 'u', null), 'unavailable')).toBe(3)
  })
  test('an unknown certificate is told as such, whatever name came with it', () => {
    const shown = { kind: 'x509' as const, certificates: ['x'] }
    expect(refusalCode(shown, 'bad-credentials')).toBe(5)
    expect(refusalReason(shown, 'bad-credentials')).toBe(0x87)
    expect(refusalCode(shown, 'too-many')).toBe(3)
    expect(refusalReason(shown, 'too-many')).toBe(0x9f)
  })
})

test.each([
  [{ clientId: 'c', userName: null, password: null }, 0x85],
  [{ clientId: 'c', userName: 'u', password: null }, 0x86],
  [{ clientId: '', userName: null, password: Buffer.from('p') }, 0x86],
  [{ clientId: 'c', userName: 'u', password: Buffer.from('p') }, 0x86],
  [{ clientId: '', userName: 'u', password: Buffer.from('p') }, 0x87],
  [{ clientId: '', userName: null, password: null }, 0x87],
])('version 5 refuses %o with reason code %i', (connect, code) => {
  const offer = credentialsOf(connect)
  expect(refusalReason(offer, 'bad-credentials')).toBe(code)
  expect(refusalReason(offer, 'wrong-transport')).toBe(0x88)
})

test('absent user name and password are not the same as empty ones', () => {
  expect(credentialsOf({ clientId: 'c', userName: null, password: null })).toEqual({
    kind: 'mqtt-basic',
    clientId: 'c',
    userName: null,
    password: null,
  })
  expect(credentialsOf({ clientId: 'c', userName: '', password: Buffer.from('é') })).toEqual({
    kind: 'mqtt-basic',
    clientId: 'c',
    userName: '',
    password: 'é',
  })
})
