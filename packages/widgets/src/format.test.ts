import type { DataKey } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { formatValue, keyLabel } from './format.ts'

const key = (more: Partial<DataKey> = {}): DataKey => ({
  name: 'a',
  type: 'timeseries',
  label: '',
  settings: {},
  ...more,
})

describe('a value in a widget', () => {
  it.each([
    [21.456, { decimals: 1 }, '21.5'],
    [21, { decimals: 1 }, '21.0'],
    [48.6333333, {}, '48.63'],
    [0.01234, {}, '0.0123'],
    [123456.789, {}, '123,456.8'],
    [true, {}, 'true'],
    ['on', {}, 'on'],
    [{ a: 1 }, {}, '{"a":1}'],
    [undefined, {}, '—'],
    [5, { decimals: 99 }, '5.000000000000000'],
  ])('%j with %j reads %s', (value, more, text) => {
    expect(formatValue(value, key(more), 'en')).toBe(text)
  })

  it('is a date when the key is a time by name', () => {
    const ts = Date.UTC(2026, 0, 5, 12)
    expect(formatValue(ts, key({ name: 'lastActivityTime' }), 'en')).toContain('2026')
    expect(formatValue(ts, key({ name: 'counter' }), 'en')).toBe('1,767,614,400,000')
  })
})

describe('the label of a key', () => {
  it('is its name when it has none, with the name of the entity filled in', () => {
    expect(keyLabel(key(), 'Pump')).toBe('a')
    expect(keyLabel(key({ label: '${entityName}: flow' }), 'Pump')).toBe('Pump: flow')
  })
})
