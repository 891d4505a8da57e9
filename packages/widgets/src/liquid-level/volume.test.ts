import { describe, expect, it } from 'vitest'
import { amountIn, convertVolume, percentFull } from './volume.ts'

const tank = { volume: 2, units: 'm³' }

describe('volumes', () => {
  it('convert between units, there and back', () => {
    expect(convertVolume(1, 'm³', 'L')).toBeCloseTo(1_000)
    expect(convertVolume(1, 'bbl', 'gal')).toBeCloseTo(42, 1)
    expect(convertVolume(1, 'km³', 'm³')).toBeCloseTo(1e9)
    expect(convertVolume(convertVolume(7, 'ft³', 'mL'), 'mL', 'ft³')).toBeCloseTo(7)
    expect(convertVolume(7, '%', 'L')).toBe(7)
  })

  it('tell how full a tank is and what is in it', () => {
    expect(percentFull(500, 'L', tank)).toBeCloseTo(25)
    expect(percentFull(25, '%', tank)).toBe(25)
    expect(amountIn(25, tank, 'L')).toBeCloseTo(500)
    expect(amountIn(25, tank, '%')).toBe(25)
  })
})
