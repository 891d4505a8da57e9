import { expect, test } from 'vitest'
import { type AuditMask, defaultAuditMask, parseAuditMask } from './audit-mask.ts'

const parsed = (text: string): AuditMask => {
  const result = parseAuditMask(text)
  if ('problem' in result) throw new Error(result.problem)
  return result.mask
}

test('changes are noted for every type, reading for edges only', () => {
  for (const mask of [defaultAuditMask, parsed('')]) {
    expect(mask('DEVICE', 'UPDATED')).toBe(true)
    expect(mask('API_KEY', 'ADDED')).toBe(true)
    expect(mask('DEVICE', 'CREDENTIALS_READ')).toBe(false)
    expect(mask('DEVICE', 'ATTRIBUTES_READ')).toBe(false)
    expect(mask('EDGE', 'ATTRIBUTES_READ')).toBe(true)
    expect(mask('USER', 'LOGIN')).toBe(true)
  }
})

test('single types can be set apart from that', () => {
  const mask = parsed(' device:RW, user:off,asset:R ')
  expect(mask('DEVICE', 'CREDENTIALS_READ')).toBe(true)
  expect(mask('DEVICE', 'DELETED')).toBe(true)
  expect(mask('USER', 'LOGIN')).toBe(false)
  expect(mask('ASSET', 'UPDATED')).toBe(false)
  expect(mask('ASSET', 'ATTRIBUTES_READ')).toBe(true)
  expect(mask('CUSTOMER', 'UPDATED')).toBe(true)
})

test.each(['devices:RW', 'device', 'device:X', 'device:', ':RW', '__proto__:RW'])('%s is refused', (text) => {
  expect(parseAuditMask(text)).toHaveProperty('problem')
})
