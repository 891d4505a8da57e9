import { describe, expect, it } from 'vitest'
import { unitConversions } from './unit-conversions.ts'

const celsius = { from: '°C', METRIC: '°C', IMPERIAL: '°F', HYBRID: '°C' }
const consumption = { from: 'L/100km', IMPERIAL: 'mpg' }

describe('conversions of units for code of symbols', () => {
  it('are of the reader, wherever the unit stands', () => {
    const properties = { units: celsius, part: { units: celsius }, list: [celsius], plain: 'm', none: null }
    expect(unitConversions(properties, 'IMPERIAL')).toEqual({
      [JSON.stringify(celsius)]: { symbol: '°F', factor: expect.closeTo(1.8, 9), offset: expect.closeTo(32, 9) },
    })
    expect(unitConversions(properties, 'METRIC')).toEqual({
      [JSON.stringify(celsius)]: { symbol: '°C', factor: 1, offset: 0 },
    })
  })
  it('leave values where units do not belong together', () => {
    const odd = { from: '°C', IMPERIAL: 'mph' }
    expect(unitConversions({ odd }, 'IMPERIAL')).toEqual({
      [JSON.stringify(odd)]: { symbol: '°C', factor: 1, offset: 0 },
    })
  })
  it('know those that go by division', () => {
    const [found] = Object.values(unitConversions({ consumption }, 'IMPERIAL'))
    expect(found).toMatchObject({ per: expect.any(Number) })
  })
})
