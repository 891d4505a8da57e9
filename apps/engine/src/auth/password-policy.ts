import type { UserPasswordPolicy } from '@thingwire/contracts'

const dayMs = 86_400_000

const times = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

const countOf = (password: string, pattern: RegExp): number => password.match(pattern)?.length ?? 0

/** What is wrong with a password, one text a broken rule; none: it fits. Lengths count characters, not UTF-16 units. */
export const violations = (policy: UserPasswordPolicy, password: string): string[] => {
  const length = [...password].length
  const found: string[] = []
  if (length < policy.minimumLength)
    found.push(`Password must be at least ${times(policy.minimumLength, 'character')} long.`)
  if (policy.maximumLength !== null && length > policy.maximumLength)
    found.push(`Password must be at most ${times(policy.maximumLength, 'character')} long.`)
  const kinds = [
    [policy.minimumUppercaseLetters, /\p{Lu}/gu, 'upper case letter'],
    [policy.minimumLowercaseLetters, /\p{Ll}/gu, 'lower case letter'],
    [policy.minimumDigits, /\p{Nd}/gu, 'digit'],
    [policy.minimumSpecialCharacters, /[^\p{L}\p{N}\s]/gu, 'special character'],
  ] as const
  for (const [minimum, pattern, noun] of kinds)
    if (minimum && countOf(password, pattern) < minimum)
      found.push(`Password must contain at least ${times(minimum, noun)}.`)
  if (policy.allowWhitespaces === false && /\s/u.test(password)) found.push('Password must not contain whitespace.')
  return found
}

/** Rule texts as one error text. */
export const joinedViolations = (texts: readonly string[]): string => texts.join('\n')

/**
 * Whether a password that was chosen then must be replaced by now.
 * @param passwordSetTimeMs Epoch ms; 0 (chosen before this was noted) never expires, or an upgrade would lock out all
 */
export const isExpired = (policy: UserPasswordPolicy, passwordSetTimeMs: number, nowMs: number): boolean => {
  const days = policy.passwordExpirationPeriodDays ?? 0
  return days > 0 && passwordSetTimeMs > 0 && passwordSetTimeMs + days * dayMs < nowMs
}

/** Passwords in use after this moment may not be chosen again, epoch ms; null: there is no such rule. */
export const reuseHorizonMs = (policy: UserPasswordPolicy, nowMs: number): number | null => {
  const days = policy.passwordReuseFrequencyDays ?? 0
  return days > 0 ? nowMs - days * dayMs : null
}

export const reuseText = (policy: UserPasswordPolicy): string =>
  `Password was already used in the last ${times(policy.passwordReuseFrequencyDays ?? 0, 'day')}.`
