import { expect, it } from 'vitest'
import { caseSeries } from '../case-data/series.ts'
import { isLit, lampOf } from './lit.ts'

it.each<[unknown, boolean | null]>([
  [true, true],
  [1, true],
  ['true', true],
  ['1', true],
  [false, false],
  [0, false],
  ['off', false],
  [Number.NaN, false],
  [undefined, null],
  [null, null],
  ['', null],
])('%j is lit: %j', (value, lit) => expect(isLit(value)).toBe(lit))

it('a pin is the key of its number, by label before name', () => {
  const series = [
    caseSeries({ key: '7', dataKey: { label: 'first' }, points: [[0, false]] }),
    caseSeries({ key: 'relay', dataKey: { label: '7' }, points: [[0, true]] }),
  ]
  expect(lampOf(7, series)).toBe(true)
  expect(lampOf('7', series.slice(0, 1))).toBe(false)
  expect(lampOf(8, series)).toBeNull()
})
