import { describe, expect, it } from 'vitest'
import { litBars } from './bars.ts'

describe('bars of a signal', () => {
  it('are lit by strength', () => {
    expect([-120, -100, -99, -85, -70, -55, 0].map((rssi) => litBars(rssi, -100))).toEqual([0, 0, 1, 2, 3, 4, 4])
  })

  it('are not known without a number', () => {
    expect(litBars(null, -100)).toBeNull()
  })
})
