import { describe, expect, test } from 'vitest'
import { encodeHeader } from './header-charset.ts'
import { securityOf } from './java-properties.ts'

const plain = 'org.apache.kafka.common.security.plain.PlainLoginModule required'

describe("properties of Java's client", () => {
  test('say nothing of TLS and signing in unless they do', () => {
    expect(securityOf({})).toEqual({})
    expect(securityOf({ 'security.protocol': 'PLAINTEXT', 'sasl.mechanism': 'PLAIN' })).toEqual({})
  })

  test('sign in with name and password of the login module, quoted or not', () => {
    const sasl = (config: string) =>
      securityOf({
        'security.protocol': 'SASL_PLAINTEXT',
        'sasl.mechanism': 'scram-sha-512',
        'sasl.jaas.config': config,
      }).sasl
    const ann = { mechanism: 'SCRAM-SHA-512', username: 'ann', password: 'p"w; x' }
    expect(sasl(`${plain} username="ann" password="p\\"w; x";`)).toEqual(ann)
    expect(sasl(`${plain} username=ann password='p"w; x';`)).toEqual(ann)
  })

  test('fail without name and password, and with a mechanism that is not known', () => {
    const protocol = { 'security.protocol': 'SASL_SSL' }
    expect(() => securityOf({ ...protocol, 'sasl.jaas.config': plain })).toThrow('names no username and password')
    expect(() => securityOf({ ...protocol, 'sasl.mechanism': 'GSSAPI' })).toThrow('sasl.mechanism GSSAPI is not known')
  })

  test('bring certificates as PEM', () => {
    const { tls } = securityOf({
      'security.protocol': 'SSL',
      'ssl.truststore.certificates': 'ca',
      'ssl.keystore.certificate.chain': 'cert',
      'ssl.keystore.key': 'key',
    })
    expect(tls).toEqual({ ca: 'ca', cert: 'cert', key: 'key' })
    expect(securityOf({ 'security.protocol': 'ssl', 'ssl.endpoint.identification.algorithm': '' }).tls).toHaveProperty(
      'checkServerIdentity',
    )
  })
})

test.each([
  ['UTF-8', 'c3b6'],
  ['ISO-8859-1', 'f6'],
  ['US-ASCII', '3f'],
  ['UTF-16', 'feff00f6'],
  ['UTF-16BE', '00f6'],
  ['UTF-16LE', 'f600'],
])('a header in %s', (charset, hex) => expect(encodeHeader('ö', charset).toString('hex')).toBe(hex))
