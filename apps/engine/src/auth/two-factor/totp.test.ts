import { TOTP, URI } from 'otpauth'
import { expect, test } from 'vitest'
import { newTotpUrl, parseTotpUrl, totpStepOf } from './totp.ts'

const now = 1_763_700_000_000
const url = newTotpUrl('Thingwire', 'ann@example.org')
const codeAt = (ms: number): string => {
  const totp = URI.parse(url)
  if (!(totp instanceof TOTP)) throw new Error('not a TOTP')
  return totp.generate({ timestamp: ms })
}

test('the URL names issuer and account, and every one has a secret of its own', () => {
  expect(url).toMatch(/^otpauth:\/\/totp\/Thingwire:ann%40example\.org\?/)
  expect(newTotpUrl('Thingwire', 'ann@example.org')).not.toBe(url)
})

test('a code is good in its own step and in its neighbours', () => {
  const step = Math.floor(now / 30_000)
  expect(totpStepOf(url, codeAt(now), now)).toBe(step)
  expect(totpStepOf(url, codeAt(now - 30_000), now)).toBe(step - 1)
  expect(totpStepOf(url, codeAt(now + 30_000), now)).toBe(step + 1)
  expect(totpStepOf(url, codeAt(now - 90_000), now)).toBeNull()
  expect(totpStepOf(url, `${codeAt(now).slice(0, 3)} ${codeAt(now).slice(3)}`, now)).toBe(step)
})

test.each(['', '12345', '1234567', 'abcdef', '000000000000'])('%j is no code', (code) => {
  expect(totpStepOf(url, code, now)).toBeNull()
})

test.each([
  'otpauth://totp/',
  'otpauth://totp/x?secret=',
  'otpauth://totp/x?secret=AAAA',
  'otpauth://totp/x?secret=JBSWY3DPEHPK3PXPJBSWY3DP&period=1',
  'otpauth://hotp/x?secret=JBSWY3DPEHPK3PXPJBSWY3DP&counter=1',
  'javascript:alert(1)',
])('%s is refused', (bad) => {
  expect(() => parseTotpUrl(bad)).toThrow('TOTP auth URL is invalid!')
})
