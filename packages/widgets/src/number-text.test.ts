import { describe, expect, it } from 'vitest'
import { numberText } from './number-text.ts'

describe('numberText', () => {
  it('keeps formats of locales and options apart', () => {
    expect(numberText(1234.5, 'en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })).toBe('1,234.50')
    expect(numberText(1234.5, 'de', { minimumFractionDigits: 2, maximumFractionDigits: 2 })).toBe('1.234,50')
    expect(numberText(1234.5, 'en', { maximumFractionDigits: 0 })).toBe('1,235')
    expect(numberText(1234.5, 'en', { notation: 'compact', maximumFractionDigits: 1 })).toBe('1.2K')
    expect(numberText(1234.5, 'en')).toBe('1,234.5')
  })
})
