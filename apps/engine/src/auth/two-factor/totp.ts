import { AppError } from '@thingwire/contracts'
import { Secret, TOTP, URI } from 'otpauth'

/** Steps before and after the present one whose codes count: clocks of phones differ, and people need time to type. */
const tolerance = 1
const secretBytes = 20
/** RFC 4226 R6: at least 128 bits. Lower ones are what other tools make; ours are of 160. */
const leastSecretBytes = 10

/** A fresh secret as the URL that authenticator apps read from a QR code. */
export const newTotpUrl = (issuer: string, account: string): string =>
  new TOTP({ issuer, label: account, secret: new Secret({ size: secretBytes }) }).toString()

/** Throws 400 for a URL that is not a usable TOTP secret. */
export const parseTotpUrl = (authUrl: string): TOTP => {
  const totp = tryParse(authUrl)
  if (!totp || totp.secret.buffer.byteLength < leastSecretBytes || totp.period < 15 || totp.period > 120)
    throw new AppError('ARGUMENT_INVALID', 'TOTP auth URL is invalid!')
  return totp
}

const tryParse = (authUrl: string): TOTP | null => {
  try {
    const parsed = URI.parse(authUrl)
    return parsed instanceof TOTP ? parsed : null
  } catch {
    return null
  }
}

/** The time step of a code that is right now; null: it is not. A step must be accepted once only (RFC 6238 §5.2). */
export const totpStepOf = (authUrl: string, code: string, nowMs: number): number | null => {
  const totp = tryParse(authUrl)
  const token = code.replaceAll(/\s/g, '')
  if (!totp || token.length !== totp.digits) return null
  const delta = totp.validate({ token, timestamp: nowMs, window: tolerance })
  return delta === null ? null : Math.floor(nowMs / 1_000 / totp.period) + delta
}
