import { type UserPasswordPolicy, userPasswordPolicySchema } from '@thingwire/contracts'
import { expect, test } from 'vitest'
import { isExpired, reuseHorizonMs, reuseText, violations } from './password-policy.ts'

const policy = (rules: Partial<UserPasswordPolicy> = {}) => userPasswordPolicySchema.parse(rules)
const dayMs = 86_400_000

test.each([
  [{}, 'secret', []],
  [{}, 'short', ['Password must be at least 6 characters long.']],
  [{}, 'x'.repeat(72), []],
  [{}, 'x'.repeat(73), ['Password must be at most 72 characters long.']],
  [{ maximumLength: null }, 'x'.repeat(500), []],
  // Six characters, though twelve UTF-16 units.
  [{ minimumLength: 7 }, '😀😀😀😀😀😀', ['Password must be at least 7 characters long.']],
  [{ minimumUppercaseLetters: 1 }, 'secret', ['Password must contain at least 1 upper case letter.']],
  [{ minimumUppercaseLetters: 1 }, 'sÉcret', []],
  [{ minimumLowercaseLetters: 2 }, 'SECRETs', ['Password must contain at least 2 lower case letters.']],
  [{ minimumDigits: 2 }, 'secret1', ['Password must contain at least 2 digits.']],
  [{ minimumSpecialCharacters: 1 }, 'secret 1', ['Password must contain at least 1 special character.']],
  [{ minimumSpecialCharacters: 1 }, 'secret!', []],
  [{ allowWhitespaces: false }, 'se cret', ['Password must not contain whitespace.']],
  [{ allowWhitespaces: null, minimumDigits: 0 }, 'se cret', []],
])('%j and %j: %j', (rules, password, expected) => {
  expect(violations(policy(rules), password)).toEqual(expected)
})

test('every broken rule is told', () => {
  expect(violations(policy({ minimumUppercaseLetters: 1, minimumDigits: 1, allowWhitespaces: false }), 'a b')).toEqual([
    'Password must be at least 6 characters long.',
    'Password must contain at least 1 upper case letter.',
    'Password must contain at least 1 digit.',
    'Password must not contain whitespace.',
  ])
})

test.each([
  [{ passwordExpirationPeriodDays: 30 }, 29, false],
  [{ passwordExpirationPeriodDays: 30 }, 31, true],
  [{ passwordExpirationPeriodDays: 0 }, 10_000, false],
  [{ passwordExpirationPeriodDays: null }, 10_000, false],
])('under %j a password of %i days ago is expired: %s', (rules, days, expected) => {
  const now = 2_000_000_000_000
  expect(isExpired(policy(rules), now - days * dayMs, now)).toBe(expected)
})

test('a password whose age nobody noted does not expire', () => {
  expect(isExpired(policy({ passwordExpirationPeriodDays: 1 }), 0, Date.now())).toBe(false)
})

test('reuse is counted in days', () => {
  expect(reuseHorizonMs(policy(), 10 * dayMs)).toBeNull()
  expect(reuseHorizonMs(policy({ passwordReuseFrequencyDays: 3 }), 10 * dayMs)).toBe(7 * dayMs)
  expect(reuseText(policy({ passwordReuseFrequencyDays: 1 }))).toBe('Password was already used in the last 1 day.')
})

test('a policy whose longest password is shorter than its shortest is none', () => {
  expect(userPasswordPolicySchema.safeParse({ minimumLength: 10, maximumLength: 8 }).success).toBe(false)
})
