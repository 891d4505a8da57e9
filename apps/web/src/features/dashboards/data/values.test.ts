import { describe, expect, it } from 'vitest'
import { comparedValue } from './aggregate-feed.ts'
import { canonical } from './canonical.ts'
import { parseValue, toPoint, withNumbers } from './parse-value.ts'
import { conversionOf, createUnitConverter, systemOfViewer } from './units.ts'

describe('texts of live answers', () => {
  it.each([
    ['21.5', 21.5],
    ['-3', -3],
    ['0', 0],
    ['0.0000001', 1e-7],
    ['1000000000000000000000', 1e21],
    ['true', true],
    ['false', false],
  ])('%s is a value', (text, value) => expect(parseValue(text)).toBe(value))
  // A text that a number would not read back to stays one; so does a whole number that a number cannot hold.
  it.each(['', '007', '1.50', '+1', '1e3', ' 1', 'NaN', 'Infinity', '9007199254740993', '{"a":1}'])(
    '“%s” stays a text',
    (text) => expect(parseValue(text)).toBe(text),
  )
  it('that stand for numbers in a series are numbers; others stay, as does a list without them', () => {
    const plain = [[1, 2] as [number, unknown], [2, 'off'] as [number, unknown]]
    expect(withNumbers(plain)).toBe(plain)
    expect(withNumbers([...plain, [3, '0.12345678901234567891']])).toEqual([...plain, [3, 0.12345678901234568]])
  })
  it('without a time are none', () =>
    expect([toPoint({ ts: 0, value: '' }), toPoint({ ts: 5, value: '1' })]).toEqual([null, [5, 1]]))
})

describe('values that are compared', () => {
  it.each([
    ['PREVIOUS_VALUE', 5, 4, 4],
    ['PREVIOUS_VALUE', null, 4, 4],
    ['DELTA_ABSOLUTE', 5, 4, 1],
    ['DELTA_ABSOLUTE', 5, null, null],
    ['DELTA_PERCENT', 5, 4, 25],
    ['DELTA_PERCENT', -2, -4, 50],
    ['DELTA_PERCENT', 5, 0, null],
    ['DELTA_PERCENT', 0, 0, 0],
  ] as const)('%s of %s and %s', (result, current, previous, shown) =>
    expect(comparedValue(result, current, previous)).toBe(shown),
  )
})

describe('units', () => {
  it('are turned into those of the viewer, where the file names them and they belong together', () => {
    const setting = { from: '°C', METRIC: '°C', IMPERIAL: '°F', HYBRID: 'm' }
    expect(conversionOf(setting, 'IMPERIAL')).toEqual({ from: '°C', to: '°F' })
    for (const system of ['METRIC', 'HYBRID'] as const) expect(conversionOf(setting, system)).toBeNull()
    expect(conversionOf({ from: '%' }, 'IMPERIAL')).toBeNull()
    expect(conversionOf(null, 'IMPERIAL')).toBeNull()
  })
  it('leave texts and lists that did not change as they are', () => {
    const convert = createUnitConverter()
    const points = [[1, 20] as [number, unknown], [2, 'off'] as [number, unknown]]
    const made = convert(points, { from: '°C', to: '°F' })
    expect(made).toEqual([
      [1, 68],
      [2, 'off'],
    ])
    expect(convert(points, { from: '°C', to: '°F' })).toBe(made)
  })
  it.each([
    ['en-US', 'America/New_York', 'IMPERIAL'],
    ['en-US', 'Europe/Berlin', 'METRIC'],
    ['de', 'Europe/Berlin', 'METRIC'],
    ['en-GB', 'Europe/London', 'HYBRID'],
  ])('%s in %s: %s', (language, zone, system) => expect(systemOfViewer(language, zone)).toBe(system))
})

it('equal questions have one name, whatever the order of their members', () => {
  expect(canonical({ b: 1, a: [{ d: undefined, c: null }] })).toBe(canonical({ a: [{ c: null }], b: 1 }))
  expect(canonical([1, 2])).not.toBe(canonical([2, 1]))
})
