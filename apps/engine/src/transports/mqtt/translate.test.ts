import { describe, expect, test } from 'vitest'
import {
  attributesRequestOf,
  attributesUpdateBody,
  commandBody,
  commandTopic,
  credentialsOf,
  filterOfResponse,
  filterPurpose,
  publishIntent,
  refusalCode,
  refusalReason,
} from './translate.ts'

test('a command goes to the topic of the filter, its parameters as they are', () => {
  expect(commandTopic('v1/devices/me/rpc/request/+', 0)).toBe('v1/devices/me/rpc/request/0')
  expect(commandTopic('v2/r/req/j/+', 12)).toBe('v2/r/req/j/12')
  expect(commandBody({ method: 'say "hi"', params: '1.0' })).toBe('{"method":"say \\"hi\\"","params":1.0}')
})

test.each([
  ['v1/devices/me/telemetry', { kind: 'uplink', uplink: 'telemetry' }],
  ['v2/t', { kind: 'uplink', uplink: 'telemetry' }],
  ['v2/t/j', { kind: 'uplink', uplink: 'telemetry' }],
  ['v1/devices/me/attributes', { kind: 'uplink', uplink: 'attributes' }],
  ['v2/a/j', { kind: 'uplink', uplink: 'attributes' }],
  [
    'v1/devices/me/attributes/request/7',
    { kind: 'attributes-request', responseTopic: 'v1/devices/me/attributes/response/7' },
  ],
  ['v2/a/req/12', { kind: 'attributes-request', responseTopic: 'v2/a/res/12' }],
  ['v2/a/req/j/12', { kind: 'attributes-request', responseTopic: 'v2/a/res/j/12' }],
  ['v1/devices/me/rpc/response/3', { kind: 'command-answer', id: 3 }],
  ['v2/r/res/3', { kind: 'command-answer', id: 3 }],
  ['v2/r/res/j/3', { kind: 'command-answer', id: 3 }],
  ['v1/devices/me/rpc/request/4', { kind: 'server-request', id: 4, responseTopic: 'v1/devices/me/rpc/response/4' }],
  ['v2/r/req/4', { kind: 'server-request', id: 4, responseTopic: 'v2/r/res/4' }],
  ['v2/r/req/j/4', { kind: 'server-request', id: 4, responseTopic: 'v2/r/res/j/4' }],
  ['v2/r/req/p/4', { kind: 'unsupported' }],
  ['v1/devices/me/claim', { kind: 'claim' }],
  ['v2/t/p', { kind: 'unsupported' }],
  ['v2/a/req/p/1', { kind: 'unsupported' }],
  ['v1/devices/me/attributes/request/x', { kind: 'unknown' }],
  ['v1/devices/me/telemetry/', { kind: 'unknown' }],
  ['V1/devices/me/telemetry', { kind: 'unknown' }],
  ['constructor', { kind: 'unknown' }],
])('a publish on %s', (topic, intent) => {
  expect(publishIntent(topic)).toEqual(intent)
})

test.each(['v1/devices/me/attributes', 'v2/a', 'v2/a/j'])('%s brings attribute updates', (filter) => {
  expect(filterPurpose(filter)).toBe('attribute-updates')
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
  expect(filterPurpose(filter)).toBeNull()
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

test.each([
  ['{"clientKeys":"a,b","sharedKeys":"c"}', { clientKeys: ['a', 'b'], sharedKeys: ['c'] }],
  ['{"sharedKeys":" c , "}', { sharedKeys: ['c'] }],
  ['{}', {}],
  ['{"clientKeys":5}', null],
  ['[]', null],
  ['', null],
])('an attribute request %s', (body, request) => {
  expect(attributesRequestOf(Buffer.from(body))).toEqual(request)
})

test('an update carries values or deleted keys', () => {
  expect(attributesUpdateBody({ scope: 'SHARED_SCOPE', values: { a: 1 } })).toBe('{"a":1}')
  expect(attributesUpdateBody({ scope: 'SHARED_SCOPE', deleted: ['a'] })).toBe('{"deleted":["a"]}')
})
