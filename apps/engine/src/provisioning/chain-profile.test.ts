import { rootCertificates } from 'node:tls'
import { saveDeviceProfileSchema } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { testCertificate } from '../testing/certificates.ts'
import { certificateId, readCertificate } from '../devices/certificates.ts'
import { withChainKey } from './chain-profile.ts'

const authority = testCertificate({ name: 'Authority', isAuthority: true })
const profile = (secret: string | null, more: Record<string, unknown> = {}) =>
  saveDeviceProfileSchema.parse({
    name: 'Chain',
    type: 'DEFAULT',
    transportType: 'DEFAULT',
    provisionType: 'X509_CERTIFICATE_CHAIN',
    profileData: {
      provisionConfiguration: { type: 'X509_CERTIFICATE_CHAIN', provisionDeviceSecret: secret, ...more },
    },
  })

test('the key is made from the first certificate', () => {
  const root = testCertificate({ name: 'Root', isAuthority: true })
  const saved = withChainKey(profile(authority.cert + root.cert, { certificateRegExPattern: '(.*)@x' }))
  expect(saved.provisionDeviceKey).toBe(certificateId(readCertificate(authority.cert)))
  expect(saved.profileData?.provisionConfiguration?.provisionDeviceSecret).toBe(authority.cert + root.cert)
})

test('other profiles keep their keys', () => {
  const other = { ...profile('secret'), provisionType: 'ALLOW_CREATE_NEW_DEVICES' as const, provisionDeviceKey: 'key' }
  expect(withChainKey(other)).toBe(other)
})

test.each([
  ['nothing', null, {}, 'Certificate should be specified!'],
  ['no certificate', 'x', {}, 'cannot be read'],
  ['a certificate that may not sign', testCertificate({ name: 'Leaf' }).cert, {}, 'authority'],
  ['a public authority', rootCertificates[0] ?? '', {}, 'well known root CA'],
  ['a pattern that cannot be read', authority.cert, { certificateRegExPattern: '(' }, 'cannot be read'],
  ['a pattern without a group', authority.cert, { certificateRegExPattern: '.*' }, 'group'],
])('%s is refused', (_name, secret, more, text) => {
  expect(() => withChainKey(profile(secret, more))).toThrow(text)
})
