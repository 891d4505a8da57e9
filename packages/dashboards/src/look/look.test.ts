import { describe, expect, it } from 'vitest'
import { isMapping, mapValue, readMappings } from './mappings.ts'
import { readExtras, withExtrasOf } from './extras.ts'
import { safePattern } from './pattern.ts'
import { readColorRules, rulesFor } from './rules.ts'

const mappings = readMappings([
  { type: 'special', match: 'missing', text: 'no value', icon: 'help' },
  { type: 'value', value: 1, text: 'On', color: 'green' },
  { type: 'value', value: 'auto', text: 'Automatic' },
  { type: 'range', from: 80, to: null, text: 'Hot', color: 'red' },
  { type: 'range', from: 20, to: 30, color: 'blue' },
  { type: 'range', from: 50, to: 50, text: 'exactly' },
  { type: 'regex', pattern: '^E(\\d+)', text: 'Error $1' },
  { type: 'special', match: 'true', text: 'Yes' },
])
const text = (value: unknown) => mapValue(value, mappings)?.text

describe('value mappings', () => {
  it.each<[unknown, string | null | undefined]>([
    [1, 'On'],
    ['1', 'On'],
    [1.5, undefined],
    ['auto', 'Automatic'],
    ['Auto', undefined],
    [80, 'Hot'],
    [79.99, undefined],
    ['91', 'Hot'],
    [20, null],
    [30, undefined],
    [50, 'exactly'],
    [50.1, undefined],
    ['E42 low', 'Error 42'],
    ['xE42', undefined],
    [true, 'Yes'],
    ['true', 'Yes'],
    [false, undefined],
    [null, 'no value'],
    [undefined, 'no value'],
    ['', 'no value'],
    [Number.NaN, 'no value'],
    [{ a: 1 }, undefined],
    [Number.POSITIVE_INFINITY, undefined],
  ])('%j', (value, expected) => expect(text(value)).toBe(expected))

  it('are the first that fits, with colour and icon', () => {
    expect(mapValue(95, mappings)).toEqual({ text: 'Hot', color: 'red', icon: null })
    expect(mapValue(null, mappings)).toEqual({ text: 'no value', color: null, icon: 'help' })
  })

  it('are left out when they are none', () => {
    const files = [
      null,
      {},
      { type: 'value' },
      { type: 'range' },
      { type: 'regex', pattern: '(' },
      { type: 'special', match: 'x' },
    ]
    expect(readMappings(files)).toEqual([])
    expect(files.map(isMapping)).toEqual(files.map(() => false))
    expect(readMappings('x')).toEqual([])
  })
})

describe('patterns of dashboards', () => {
  it.each(['^E\\d+$', 'a|b', '[a-z]+\\.[a-z]{2,}', '(ab)?c', '(\\d{4})-(\\d{2})', '(?:a|b)c', 'x{3}'])(
    '%s is taken',
    (pattern) => expect(safePattern(pattern)).toBeInstanceOf(RegExp),
  )
  it.each([
    '',
    '(',
    '(a+)+$',
    '(a*)*',
    '(a|a)*b',
    '((a+)b)+',
    '(a|b|ab)+',
    '(?=a)',
    '(a)\\1',
    '(?:a{2,})+',
    'a'.repeat(300),
    'x+x+x+y',
    `${'a?'.repeat(30)}b`,
    `${'(a|a)'.repeat(30)}b`,
    '(a?){30}b',
  ])('%s is refused', (pattern) => expect(safePattern(pattern)).toBeNull())
  it('look at no more than the beginning of a text', () => {
    const found = readMappings([{ type: 'regex', pattern: 'x+x+y', text: 'found' }])
    expect(mapValue('x'.repeat(1_000_000), found)).toBeNull()
  })
})

describe('colour rules', () => {
  const rules = readColorRules([
    { when: { operation: 'greater', value: 80 }, color: 'red' },
    { when: { operation: 'greater', value: 50 }, color: 'amber', icon: 'warning' },
    { when: { column: 'state', operation: 'equal', value: 'off' }, color: 'grey', target: 'row' },
    { when: { operation: 'less' } },
    { color: 'x' },
  ])
  it('are the first of each target that is met', () => {
    expect(rulesFor(90, rules)).toMatchObject({ text: { color: 'red' } })
    expect(rulesFor('60', rules, () => 'OFF')).toMatchObject({
      text: { color: 'amber', icon: 'warning' },
      row: { color: 'grey' },
    })
    expect(rulesFor(Number.NaN, rules)).toEqual({})
  })
})

describe('what ours has beside the members of files', () => {
  it('is read of a widget or a key, and nothing of anything else', () => {
    const thingwire = {
      mappings: [{ type: 'value', value: 1, text: 'On' }],
      transformations: [{ type: 'limit', count: 2 }],
    }
    expect(readExtras({ thingwire })).toMatchObject({
      mappings: [{ text: 'On' }],
      transformations: [{ transformation: { count: 2 } }],
      colorRules: [],
    })
    expect(readExtras(null)).toEqual({ transformations: [], mappings: [], colorRules: [] })
  })
})

it('a key has its own mappings and rules before those of its widget', () => {
  const [own, common] = [
    { type: 'value', value: 1, text: 'Running' },
    { type: 'value', value: 1, text: 'On' },
  ]
  const key = { name: 'pump', thingwire: { mappings: [own], other: true } }
  const joined = withExtrasOf(key, { thingwire: { mappings: [common] } })
  expect(joined.thingwire).toEqual({ mappings: [own, common], colorRules: [], other: true })
  expect(mapValue(1, readExtras(joined).mappings)?.text).toBe('Running')
  expect(withExtrasOf(key, {})).toBe(key)
  expect(withExtrasOf(key, { thingwire: 'x' })).toBe(key)
})
