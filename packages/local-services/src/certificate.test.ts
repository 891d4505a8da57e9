import { createPrivateKey, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeCertificate } from './certificate.ts'

const now = Date.UTC(2026, 10, 21, 12)
const valid = { validFromMs: now, validToMs: Date.UTC(2051, 0, 2, 3, 4, 5) }

test('a certificate of a server signs itself and names its hosts', () => {
  const made = makeCertificate({ commonName: 'Thingwire', hosts: ['localhost', '127.0.0.1', 'x.example'], ...valid })
  const read = new X509Certificate(made.cert)
  expect(read.subject).toBe('CN=Thingwire')
  expect(read.ca).toBe(false)
  expect(read.checkHost('localhost')).toBe('localhost')
  expect(read.checkHost('x.example')).toBe('x.example')
  expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1')
  expect(read.checkHost('other')).toBeUndefined()
  expect(read.checkPrivateKey(createPrivateKey(made.key))).toBe(true)
  expect(read.verify(read.publicKey)).toBe(true)
  expect(read.checkIssued(read)).toBe(true)
  expect(read.raw.toString('base64')).toBe(made.der)
  expect([read.validFromDate.getTime(), read.validToDate.getTime()]).toEqual([valid.validFromMs, valid.validToMs])
})

test('an authority signs others, and each has a number of its own', () => {
  const authority = { ...makeCertificate({ commonName: 'Root é', isAuthority: true, ...valid }), commonName: 'Root é' }
  const [one, two] = ['one', 'two'].map(
    (commonName) => new X509Certificate(makeCertificate({ commonName, issuer: authority, ...valid }).cert),
  )
  const root = new X509Certificate(authority.cert)
  expect(root.ca).toBe(true)
  expect(one?.checkIssued(root)).toBe(true)
  expect(one?.verify(root.publicKey)).toBe(true)
  expect(one?.verify(one.publicKey)).toBe(false)
  expect(one?.serialNumber).not.toBe(two?.serialNumber)
})
