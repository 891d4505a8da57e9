import { createHash, X509Certificate } from 'node:crypto'
import { AppError } from '@thingwire/contracts'

/** What a certificate goes by in the platform: the hash of its DER as base64 in one line (as ThingsBoard). */
export const certificateId = (certificate: X509Certificate): string =>
  createHash('sha3-256').update(certificate.raw.toString('base64')).digest('hex')

const pemLines = /-----[A-Z0-9 ]+-----|\s/g

/**
 * The first certificate of what somebody typed: of a chain that is the lowest. Without the lines of PEM the base64 of the
 * DER is meant. Throws ARGUMENT_INVALID.
 */
export const readCertificate = (text: string | null | undefined): X509Certificate => {
  if (!text?.trim()) throw new AppError('ARGUMENT_INVALID', 'Certificate should be specified!')
  try {
    const first = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/.exec(text)?.[0]
    return new X509Certificate(first ?? Buffer.from(text.replace(pemLines, ''), 'base64'))
  } catch (cause) {
    throw new AppError('ARGUMENT_INVALID', 'The certificate cannot be read: a PEM text is expected!', { cause })
  }
}

export const isValidAt = ({ validFromDate, validToDate }: X509Certificate, nowMs: number): boolean =>
  validFromDate.getTime() <= nowMs && nowMs <= validToDate.getTime()

/**
 * Whether each certificate was signed by the one after it, which is allowed to sign. A client may send certificates of
 * others along with its own: they are public, and prove nothing by themselves.
 */
export const isChain = (certificates: readonly X509Certificate[]): boolean =>
  certificates.every((certificate, at) => {
    const issuer = certificates[at + 1]
    return !issuer || (issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey))
  })

/** The first common name of the subject; null: it has none. */
export const commonNameOf = (certificate: X509Certificate): string | null => {
  const name: unknown = Reflect.get(certificate.toLegacyObject().subject ?? {}, 'CN')
  const first: unknown = Array.isArray(name) ? name[0] : name
  return typeof first === 'string' && first !== '' ? first : null
}
