import { describe, expect, it } from 'vitest'
import { convertUnit, inSystem } from './convert.ts'
import { quantities } from './quantities.ts'
import { readUnits } from './read.ts'

describe('convertUnit', () => {
  it.each([
    [20, '°C', '°F', 68],
    [-40, '°F', '°C', -40],
    [0, 'K', '°C', -273.15],
    [491.67, '°R', '°C', 0],
    [1, 'mi', 'km', 1.609344],
    [1, 'gal', 'L', 3.785411784],
    [100, 'km/h', 'mph', 62.137119223733],
    [1, 'bar', 'psi', 14.503773773],
    [1, 'atm', 'inHg', 29.9212556],
    [1, 'kWh', 'MJ', 3.6],
    [1, 'hp', 'W', 745.69987158],
    [1, 'lb', 'g', 453.59237],
    [1, 'ac', 'ha', 0.40468564224],
    [10, 'L/100km', 'mpg', 23.5214583],
    [2, 'KB', 'bit', 16_384],
    [60, 'rpm', 'Hz', 1],
    [180, 'deg', 'rad', Math.PI],
  ])('%d %s in %s', (value, from, to, expected) => expect(convertUnit(value, from, to)).toBeCloseTo(expected, 6))
  it('leaves no dust of binary fractions', () => {
    expect(convertUnit(20, '°C', '°F')).toBe(68)
    expect(convertUnit(0.1, 'm', 'mm')).toBe(100)
  })
  it('goes there and back for every unit', () => {
    for (const units of quantities) {
      const [first] = units[0] ?? ['']
      for (const [unit] of units)
        expect(convertUnit(convertUnit(7, first, unit) ?? Number.NaN, unit, first)).toBeCloseTo(7, 9)
    }
  })
  it('names no symbol twice among what can be mixed up', () => {
    const all = quantities.flatMap((units) => units.map(([unit]) => unit))
    expect(all.filter((unit, index) => all.indexOf(unit) !== index)).toEqual([])
  })
  it.each([
    ['°C', 'bar'],
    ['apples', 'pears'],
    ['constructor', 'm'],
  ])('has nothing to say of %s in %s', (from, to) => expect(convertUnit(1, from, to)).toBeNull())
})

describe('units of files', () => {
  it.each([
    [null, null],
    ['', null],
    ['°C', { from: '°C' }],
    [
      { from: 'm', METRIC: 'm', IMPERIAL: 'ft', HYBRID: 'm', x: 1 },
      { from: 'm', METRIC: 'm', IMPERIAL: 'ft', HYBRID: 'm' },
    ],
    [
      { METRIC: 'm', IMPERIAL: 'ft' },
      { from: 'm', METRIC: 'm', IMPERIAL: 'ft' },
    ],
    [{ from: null }, null],
  ])('%j', (file, expected) => expect(readUnits(file)).toEqual(expected))
  it('are shown in the reader’s system', () => {
    const setting = { from: '°C', METRIC: '°C', IMPERIAL: '°F' }
    expect(inSystem(20, setting, 'IMPERIAL')).toEqual({ value: 68, unit: '°F' })
    expect(inSystem(20, setting, 'HYBRID')).toEqual({ value: 20, unit: '°C' })
    expect(inSystem(20, { from: 'boxes', IMPERIAL: 'crates' }, 'IMPERIAL')).toEqual({ value: 20, unit: 'boxes' })
  })
})
