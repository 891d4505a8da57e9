import { type MadeCertificate, makeCertificate } from '@thingwire/local-services'

/** A certificate with its key, and the name that it signs others under. */
export type TestCertificate = MadeCertificate & { commonName: string }

const dayMs = 86_400_000

/** Signed by `issuer`, or by itself. Days are from now. */
export const testCertificate = (options: {
  name: string
  issuer?: TestCertificate
  isAuthority?: boolean
  hosts?: readonly string[]
  validFromDays?: number
  validToDays?: number
}): TestCertificate => {
  const { name: commonName, issuer, isAuthority = false, hosts = [], validFromDays = -1, validToDays = 30 } = options
  const made = makeCertificate({
    commonName,
    isAuthority,
    hosts,
    validFromMs: Date.now() + validFromDays * dayMs,
    validToMs: Date.now() + validToDays * dayMs,
    ...(issuer && { issuer }),
  })
  return { ...made, commonName }
}
