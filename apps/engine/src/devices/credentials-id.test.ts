import { expect, test } from 'vitest'
import { sha3 } from '../gateway/credentials.ts'
import { withCredentialsId } from './credentials-id.ts'

const basic = (value: object | string) => ({
  credentialsType: 'MQTT_BASIC' as const,
  credentialsValue: typeof value === 'string' ? value : JSON.stringify(value),
})

test.each([
  [{ clientId: 'c', userName: 'u', password: 'p' }, sha3('c|u')],
  [{ clientId: 'c' }, sha3('c')],
  [{ userName: 'u' }, 'u'],
])('MQTT_BASIC %j stands under the id by which the gateway looks', (value, id) => {
  expect(withCredentialsId(basic(value)).credentialsId).toBe(id)
})

test.each([[{}], [{ password: 'p' }], ['no json'], ['[]'], [{ clientId: 7 }]])('MQTT_BASIC %j is refused', (value) => {
  expect(() => withCredentialsId(basic(value))).toThrow()
})

test.each(['', 'a b', 'a/b', 'x'.repeat(256)])('the token %j is refused', (credentialsId) => {
  expect(() => withCredentialsId({ credentialsType: 'ACCESS_TOKEN', credentialsId, credentialsValue: null })).toThrow()
})

test('a certificate is found by its content, however its text is broken into lines', () => {
  const id = (credentialsValue: string) =>
    withCredentialsId({ credentialsType: 'X509_CERTIFICATE', credentialsValue }).credentialsId
  expect(id('-----BEGIN CERTIFICATE-----\nAB\nCD\n-----END CERTIFICATE-----\n')).toBe(id('ABCD'))
})
