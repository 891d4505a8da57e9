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

const certificate = `-----BEGIN CERTIFICATE-----
MIIBeDCCAR+gAwIBAgIUY/I58fwFeKHcqM0OTOnQMMcxJocwCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGZGV2aWNlMCAXDTI2MTEyMTEzNTgyNloYDzIxMjYxMDI4MTM1
ODI2WjARMQ8wDQYDVQQDDAZkZXZpY2UwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AAStZFXXpCpYLOC1nite+qcr5LwnPy0iLyLMxMBD3m1/lTu8MHNaY8cIR6hWlBN5
nX0ssVqsjPs4dPoisi/haokco1MwUTAdBgNVHQ4EFgQUdQzPryD55FhiDSr8Q1fk
sT3ZCY0wHwYDVR0jBBgwFoAUdQzPryD55FhiDSr8Q1fksT3ZCY0wDwYDVR0TAQH/
BAUwAwEB/zAKBggqhkjOPQQDAgNHADBEAiBrtsbbhLBubsYYv3XpNd2YigS98ysn
lcqhIQcg9pCJhwIgINK8JIkoCkRS8nZmugSmj04hzIt3H3FcoOFvHP8NM10=
-----END CERTIFICATE-----
`
const x509 = (credentialsValue: string) =>
  withCredentialsId({ credentialsType: 'X509_CERTIFICATE', credentialsValue }).credentialsId

test('a certificate stands under the SHA3-256 of its base64 text in one line', () => {
  // openssl x509 -outform DER | base64 -w0 | openssl dgst -sha3-256
  const id = '66af4a6eb0ff4dc49b16e5ca39163ca9557b64ca4b0dc64ee2e1e27adb91bc37'
  expect(x509(certificate)).toBe(id)
  expect(x509(certificate.replaceAll('\n', '\r\n'))).toBe(id)
  expect(x509(certificate.replace(/-----[A-Z ]+-----|\n/g, ''))).toBe(id)
  expect(x509(`${certificate}${certificate}`)).toBe(id)
})

test.each([
  ['', 'should be specified'],
  ['ABCD', 'cannot be read'],
  ['-----BEGIN CERTIFICATE-----', 'cannot be read'],
])('the certificate %j is refused', (text, message) => {
  expect(() => x509(text)).toThrow(message)
})

const lwm2m = (client: object) =>
  withCredentialsId({
    credentialsType: 'LWM2M_CREDENTIALS',
    credentialsValue: JSON.stringify({ client, bootstrap: {} }),
  })

test.each([
  [{ securityConfigClientMode: 'NO_SEC', endpoint: 'ep' }, 'ep'],
  [{ securityConfigClientMode: 'PSK', endpoint: 'ep', identity: 'id', key: 'aa' }, 'id'],
  [{ securityConfigClientMode: 'RPK', endpoint: 'ep', key: 'aa' }, 'ep'],
  [{ securityConfigClientMode: 'X509', endpoint: 'ep' }, 'ep'],
])('LwM2M credentials %j stand under what the client names itself by, and are kept as they are', (client, id) => {
  expect(lwm2m(client)).toEqual({
    credentialsType: 'LWM2M_CREDENTIALS',
    credentialsId: id,
    credentialsValue: JSON.stringify({ client, bootstrap: {} }),
  })
})

test.each([
  {},
  { securityConfigClientMode: 'PSK', endpoint: 'ep' },
  { securityConfigClientMode: 'OTHER', endpoint: 'ep' },
])('LwM2M credentials %j are refused', (client) => {
  expect(() => lwm2m(client)).toThrow()
})
