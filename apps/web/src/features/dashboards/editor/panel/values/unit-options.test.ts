import { expect, it } from 'vitest'
import { narrowedUnits } from './unit-options.ts'

const nameOf = (quantity: string | null) => quantity ?? 'other'
const unitsFor = (typed: string) => narrowedUnits(typed, nameOf).map(({ unit }) => unit)

it('finds units by themselves and by what they measure', () => {
  expect(unitsFor('pressure')).toContain('bar')
  expect(unitsFor('kwh')).toEqual(['kWh'])
  expect(unitsFor('°F')).toEqual(['°C', 'K', '°F', '°R'])
  expect(unitsFor('no such unit')).toEqual([])
  expect(unitsFor('')).toHaveLength(80)
})
