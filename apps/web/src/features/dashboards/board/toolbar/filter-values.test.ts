import type { FilterInput } from '@thingwire/dashboards'
import { describe, expect, it } from 'vitest'
import { inputText, parseInput } from './filter-values.ts'

const input = (valueType: FilterInput['valueType']): FilterInput => ({
  id: 'f',
  label: null,
  key: 'k',
  operation: 'GREATER',
  valueType,
  unit: null,
  order: 0,
  defaultValue: null,
})

describe('fields of filters', () => {
  it.each([
    ['STRING', '', ''],
    ['NUMERIC', '2.5', 2.5],
    ['NUMERIC', '', null],
    ['NUMERIC', 'x', null],
    ['BOOLEAN', 'true', true],
    ['DATE_TIME', 'x', null],
  ] as const)('%s %j', (type, text, value) => {
    expect(parseInput(input(type), text)).toBe(value)
  })

  it('show moments on the clock of the viewer, and read them back', () => {
    const noon = Date.UTC(2026, 0, 1, 12)
    const text = inputText(input('DATE_TIME'), noon)
    expect(text).toMatch(/^2026-01-0\dT\d\d:\d\d$/)
    expect(parseInput(input('DATE_TIME'), text)).toBe(noon)
  })
})
