import { X509Certificate } from 'node:crypto'
import { certificateId, isValidAt } from '../devices/certificates.ts'
import type { ProvisionByChain } from '../provisioning/chain-provision.ts'
import type { Authenticated, ResolveCredentials } from './credentials.ts'

/** Whose certificate it is; null: nobody's. The TLS handshake has proved that the client has the key of the leaf. */
export type AuthenticateCertificate = (certificates: readonly string[]) => Promise<Authenticated | null>

/**
 * The leaf's credentials; where there are none, those that a profile gives it that trusts an authority above.
 * @param forget The answer that this device has no credentials must not be remembered
 */
export const createCertificateAccess = (options: {
  resolve: ResolveCredentials
  provision: ProvisionByChain
  forget: (deviceId: string) => void
  /** Whether certificates outside their time are taken. */
  skipsValidity: boolean
  now: () => number
}): AuthenticateCertificate => {
  const { resolve, provision, forget, skipsValidity, now } = options

  const find = async (credentialsId: string): Promise<Authenticated | null> => {
    const info = await resolve(credentialsId)
    return info?.credentialsType === 'X509_CERTIFICATE' ? { info, credentialsId } : null
  }

  return async (shown) => {
    const certificates = parse(shown)
    const [leaf] = certificates
    if (!leaf) return null
    const nowMs = now()
    const isInTime = (certificate: X509Certificate) => skipsValidity || isValidAt(certificate, nowMs)
    if (!isInTime(leaf)) return null
    const credentialsId = certificateId(leaf)
    const known = await find(credentialsId)
    if (known || !certificates.every(isInTime)) return known
    const deviceId = await provision(certificates)
    if (deviceId === null) return null
    forget(deviceId)
    return find(credentialsId)
  }
}

/** Nothing where one cannot be read. */
const parse = (shown: readonly string[]): X509Certificate[] => {
  try {
    return shown.map((der) => new X509Certificate(Buffer.from(der, 'base64')))
  } catch {
    return []
  }
}
