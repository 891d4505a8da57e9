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

  const moment = Date.UTC(2026, 0, 5, 12)
  it.each([
    'lastActivityTime',
    'createdTime',
    'time',
    'timestamp',
    'lastTs',
    'ts',
    'updated_at',
    'updatedAt',
    'dueDate',
  ])('is a date when the key is called %s', (name) =>
    expect(formatValue(moment, key({ name }), 'en')).toContain('2026'),
  )
  it.each(['counter', 'heat', 'watts', 'runtimeTotal'])('stays a number when the key is called %s', (name) =>
    expect(formatValue(moment, key({ name }), 'en')).toBe('1,767,614,400,000'),
  )
  it('stays a number where it is too small or large for a moment', () => {
    expect(formatValue(86_400, key({ name: 'uptime' }), 'en')).toBe('86,400')
    expect(formatValue(9e15, key({ name: 'time' }), 'en')).toBe('9,000,000,000,000,000')
  })
})

describe('the label of a key', () => {
  it('is its name when it has none, with the name of the entity filled in', () => {
    expect(keyLabel(key(), 'Pump')).toBe('a')
    expect(keyLabel(key({ label: '${entityName}: flow' }), 'Pump')).toBe('Pump: flow')
  })
})
