import { expect, it } from 'vitest'
import { quantityNames, unitChoices, unitsLike } from './choices.ts'
import { convertUnit } from './convert.ts'
import { quantities } from './quantities.ts'

it('every quantity has a name, and its units are turned into each other', () => {
  expect(quantityNames).toHaveLength(quantities.length)
  for (const { quantity, units } of unitChoices) {
    if (quantity === null) continue
    for (const unit of units) expect(convertUnit(1, unit, units[0] ?? ''), `${quantity} ${unit}`).not.toBeNull()
  }
})

it('names stand for what they say', () => {
  const unitsOf = (name: string) => unitChoices.find(({ quantity }) => quantity === name)?.units
  expect(unitsOf('temperature')).toContain('°C')
  expect(unitsOf('torque')).toContain('Nm')
  expect(unitsOf('frequency')).toContain('Hz')
  expect(unitsOf('conductivity')).toContain('µS/cm')
  expect(unitsOf('irradiance')).toContain('W/m²')
  expect(unitsOf('dataRate')).toContain('Mbps')
  expect(unitsOf('share')).toContain('ppm')
  expect(unitsOf('consumption')).toContain('L/100km')
})

it('units that belong together are offered, for others nothing', () => {
  expect(unitsLike('°C')).toEqual(['K', '°F', '°R'])
  expect(unitsLike('%')).toEqual([])
  expect(unitsLike('furlongs per fortnight')).toEqual([])
})
