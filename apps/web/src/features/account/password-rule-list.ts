import type { PasswordPolicy } from '@/api/account.ts'

export type PasswordRule = {
  rule: 'minimum' | 'uppercase' | 'lowercase' | 'digits' | 'special' | 'noSpaces'
  count: number
  isMet: (password: string) => boolean
}

const atLeast = (rule: PasswordRule['rule'], count: number | null, pattern: RegExp): PasswordRule[] =>
  count ? [{ rule, count, isMet: (password) => (password.match(pattern)?.length ?? 0) >= count }] : []

/** The rules of a policy that a person can see to while typing; the server checks all of them. */
export const rulesOf = (policy: PasswordPolicy): PasswordRule[] => [
  { rule: 'minimum', count: policy.minimumLength, isMet: (password) => password.length >= policy.minimumLength },
  ...atLeast('uppercase', policy.minimumUppercaseLetters, /\p{Lu}/gu),
  ...atLeast('lowercase', policy.minimumLowercaseLetters, /\p{Ll}/gu),
  ...atLeast('digits', policy.minimumDigits, /\d/g),
  ...atLeast('special', policy.minimumSpecialCharacters, /[^\p{L}\p{N}\s]/gu),
  ...(policy.allowWhitespaces === false
    ? [{ rule: 'noSpaces' as const, count: 0, isMet: (password: string) => password !== '' && !/\s/.test(password) }]
    : []),
]
