import type { DeviceSessionInfo } from '@thingwire/db'
import { describe, expect, test } from 'vitest'
import { authenticate, sha3 } from './credentials.ts'

const device = (
  credentialsType: DeviceSessionInfo['credentialsType'],
  credentialsValue: string | null = null,
): DeviceSessionInfo => ({
  deviceId: 'd',
  tenantId: 't',
  customerId: null,
  name: 'n',
  type: 'default',
  deviceProfileId: 'p',
  transportType: 'DEFAULT',
  defaultRuleChainId: null,
  defaultQueueName: null,
  isGateway: false,
  transportConfiguration: null,
  topicSpace: null,
  credentialsType,
  credentialsValue,
})

const basic = (value: { clientId?: string; userName?: string; password?: string }) =>
  device('MQTT_BASIC', JSON.stringify(value))

const known: Record<string, DeviceSessionInfo> = {
  token: device('ACCESS_TOKEN'),
  certificate: device('X509_CERTIFICATE'),
  user: basic({ userName: 'user', password: 'secret' }),
  [sha3('client')]: basic({ clientId: 'client' }),
  [sha3('pair-client|pair-user')]: basic({ clientId: 'pair-client', userName: 'pair-user', password: 'secret' }),
  broken: device('MQTT_BASIC', 'no json'),
}
const resolve = async (id: string) => known[id] ?? null

const offer = (clientId: string, userName: string | null, password: string | null) =>
  ({ kind: 'mqtt-basic', clientId, userName, password }) as const

describe('MQTT credentials', () => {
  test.each([
    ['a token as user name; client id and password do not matter', offer('any', 'token', 'any'), true],
    ['a client id alone', offer('client', null, null), true],
    ['an unknown client id alone', offer('other', null, null), false],
    ['nothing at all', offer('', null, null), false],
    ['user name and password', offer('any', 'user', 'secret'), true],
    ['a wrong password', offer('any', 'user', 'wrong'), false],
    ['a missing password', offer('any', 'user', null), false],
    ['client id, user name and password', offer('pair-client', 'pair-user', 'secret'), true],
    ['the same with a wrong password', offer('pair-client', 'pair-user', 'x'), false],
    ['the same user name from another client', offer('other', 'pair-user', 'secret'), false],
    ['credentials of another kind', offer('any', 'certificate', null), false],
    ['a user name that no store can hold', offer('any', 'to\0ken', null), false],
    ['stored credentials that cannot be read', offer('any', 'broken', null), false],
  ])('%s', async (_name, given, isAccepted) => {
    expect((await authenticate(given, resolve)) !== null).toBe(isAccepted)
  })
})

test('an access token is no other kind of credential', async () => {
  expect(await authenticate({ kind: 'access-token', token: 'token' }, resolve)).toMatchObject({
    credentialsId: 'token',
  })
  expect(await authenticate({ kind: 'access-token', token: 'user' }, resolve)).toBeNull()
  expect(await authenticate({ kind: 'access-token', token: 'nobody' }, resolve)).toBeNull()
})
