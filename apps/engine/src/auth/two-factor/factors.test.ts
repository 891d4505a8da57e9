import { expect, test } from 'vitest'
import { masked, type StoredFactors, toAccountSettings, without, withOneDefault } from './factors.ts'

const factors: StoredFactors = {
  configs: {
    TOTP: { useByDefault: true, authUrl: 'otpauth://totp/x' },
    EMAIL: { useByDefault: false, email: 'ann@example.org' },
    BACKUP_CODE: { useByDefault: false },
  },
  backupCodes: { salt: 's', hashes: ['a', 'b'] },
}

test('of backup codes only the number is shown, and of providers only those that are offered', () => {
  expect(toAccountSettings(factors, ['TOTP', 'BACKUP_CODE'])).toEqual({
    configs: {
      TOTP: { providerType: 'TOTP', useByDefault: true, authUrl: 'otpauth://totp/x' },
      BACKUP_CODE: { providerType: 'BACKUP_CODE', useByDefault: false, codesLeft: 2 },
    },
  })
})

test('exactly one is the default', () => {
  expect(withOneDefault(factors, 'EMAIL').configs).toMatchObject({
    TOTP: { useByDefault: false },
    EMAIL: { useByDefault: true },
    BACKUP_CODE: { useByDefault: false },
  })
  expect(without(factors, 'TOTP').configs).toMatchObject({ EMAIL: { useByDefault: true } })
})

test('backup codes go with the last other factor', () => {
  const emailOnly = without(factors, 'TOTP')
  expect(emailOnly.backupCodes).toBeDefined()
  expect(without(emailOnly, 'EMAIL')).toEqual({ configs: {} })
})

test.each([
  ['ann@example.org', 'an*@example.org'],
  ['a@example.org', '*@example.org'],
  ['jonathan@example.org', 'jo******@example.org'],
  ['+4915123456789', '+49*********89'],
  ['12345', '*****'],
])('%s is shown as %s', (contact, expected) => {
  expect(masked(contact)).toBe(expected)
})
