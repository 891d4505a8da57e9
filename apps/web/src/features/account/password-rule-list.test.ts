import { expect, test } from 'vitest'
import type { PasswordPolicy } from '../../api/account.ts'
import { rulesOf } from './password-rule-list.ts'

const policy: PasswordPolicy = {
  minimumLength: 8,
  maximumLength: 72,
  minimumUppercaseLetters: null,
  minimumLowercaseLetters: null,
  minimumDigits: null,
  minimumSpecialCharacters: null,
  allowWhitespaces: true,
  forceUserToResetPasswordIfNotValid: false,
  passwordExpirationPeriodDays: null,
  passwordReuseFrequencyDays: null,
}
const met = (given: Partial<PasswordPolicy>, password: string) =>
  Object.fromEntries(rulesOf({ ...policy, ...given }).map(({ rule, isMet }) => [rule, isMet(password)]))

test('only the rules that are set are shown', () => {
  expect(met({}, 'short')).toEqual({ minimum: false })
  expect(met({}, 'long enough')).toEqual({ minimum: true })
})

test('counts letters of every alphabet, digits and signs', () => {
  const all = {
    minimumUppercaseLetters: 1,
    minimumLowercaseLetters: 2,
    minimumDigits: 2,
    minimumSpecialCharacters: 1,
    allowWhitespaces: false,
  }
  expect(met(all, 'Äbc12!xyz')).toEqual({
    minimum: true,
    uppercase: true,
    lowercase: true,
    digits: true,
    special: true,
    noSpaces: true,
  })
  expect(met(all, 'a b')).toEqual({
    minimum: false,
    uppercase: false,
    lowercase: true,
    digits: false,
    special: false,
    noSpaces: false,
  })
})
