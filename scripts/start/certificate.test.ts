import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ensureCertificate } from './certificate.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'certificate-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const made = (env: NodeJS.ProcessEnv = {}, nowMs?: number) => {
  const { MQTT_TLS_CERT: cert = '', MQTT_TLS_KEY: key = '' } = ensureCertificate(folder, env, nowMs)
  return { cert, key, certificate: new X509Certificate(readFileSync(cert)) }
}

test('an installation has a certificate of its own, and keeps it', () => {
  const { cert, key, certificate } = made()
  expect(certificate.checkPrivateKey(createPrivateKey(readFileSync(key)))).toBe(true)
  expect(certificate.checkHost('localhost')).toBe('localhost')
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1')
  expect(statSync(key).mode & 0o077).toBe(0)
  expect(statSync(cert).mode & 0o004).toBe(0o004)
  expect(made().certificate.fingerprint256).toBe(certificate.fingerprint256)
})

test('one that is broken, or soon over, is made anew', () => {
  const first = made()
  writeFileSync(first.key, 'x')
  const second = made()
  expect(second.certificate.fingerprint256).not.toBe(first.certificate.fingerprint256)
  const third = made({}, Date.now() + 3_630 * 86_400_000)
  expect(third.certificate.fingerprint256).not.toBe(second.certificate.fingerprint256)
})

test('one that the environment names is left to it', () => {
  expect(ensureCertificate(folder, { MQTT_TLS_CERT: '/c', MQTT_TLS_KEY: '/k' })).toEqual({})
})
