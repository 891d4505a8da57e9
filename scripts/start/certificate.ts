import { createPrivateKey, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { makeCertificate } from '@thingwire/local-services'

const dayMs = 86_400_000
const validMs = 3_650 * dayMs
const renewBeforeMs = 30 * dayMs

/**
 * Settings of the TLS port. Unless the environment names a certificate, this installation has one of its own in the data
 * folder, which signs itself: it keeps others from listening, and clients must be given it to know whom they talk to.
 */
export const ensureCertificate = (
  dataDir: string,
  env: NodeJS.ProcessEnv,
  nowMs = Date.now(),
): { MQTT_TLS_CERT?: string; MQTT_TLS_KEY?: string } => {
  if (env.MQTT_TLS_CERT || env.MQTT_TLS_KEY) return {}
  const folder = join(dataDir, 'tls')
  const files = { MQTT_TLS_CERT: join(folder, 'cert.pem'), MQTT_TLS_KEY: join(folder, 'key.pem') }
  if (isUsable(files, nowMs)) return files
  const name = hostname()
  const isName = /^[a-z\d](?:[a-z\d.-]{0,62})$/i.test(name)
  const made = makeCertificate({
    commonName: 'Thingwire',
    hosts: [...new Set(['localhost', ...(isName ? [name] : []), '127.0.0.1'])],
    validFromMs: nowMs - dayMs,
    validToMs: nowMs + validMs,
  })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  replace(files.MQTT_TLS_KEY, made.key, 0o600)
  replace(files.MQTT_TLS_CERT, made.cert, 0o644)
  return files
}

/** A start that is cut off leaves no half file. */
const replace = (path: string, text: string, mode: number): void => {
  writeFileSync(`${path}.new`, text, { mode })
  renameSync(`${path}.new`, path)
}

const isUsable = (files: { MQTT_TLS_CERT: string; MQTT_TLS_KEY: string }, nowMs: number): boolean => {
  if (!existsSync(files.MQTT_TLS_CERT) || !existsSync(files.MQTT_TLS_KEY)) return false
  try {
    const certificate = new X509Certificate(readFileSync(files.MQTT_TLS_CERT))
    const isOfKey = certificate.checkPrivateKey(createPrivateKey(readFileSync(files.MQTT_TLS_KEY)))
    return isOfKey && certificate.validToDate.getTime() > nowMs + renewBeforeMs
  } catch {
    return false
  }
}
