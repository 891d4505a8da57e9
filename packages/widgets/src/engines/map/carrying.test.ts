import { describe, expect, it } from 'vitest'
import { carriedTransform } from './carrying.ts'
import { Slowness } from './slowness.ts'

const drawn = { middle: { x: 300, y: 200 }, scale: 1, width: 600, height: 400, margin: { x: 50, y: 50 } }

describe('a drawing that is carried along', () => {
  it('lies where it was as long as the map has not moved', () => {
    expect(carriedTransform(drawn)).toBe('translate(0px, 0px) scale(1)')
  })

  it('goes with the map until its edge comes into the view', () => {
    expect(carriedTransform({ ...drawn, middle: { x: 350, y: 150 } })).toBe('translate(50px, -50px) scale(1)')
    expect(carriedTransform({ ...drawn, middle: { x: 352, y: 200 } })).toBeNull()
    expect(carriedTransform({ ...drawn, middle: { x: 300, y: 148 } })).toBeNull()
  })

  it('grows and shrinks about its middle, as far as it fills the view and is not too coarse', () => {
    expect(carriedTransform({ ...drawn, scale: 2 })).toBe('translate(-300px, -200px) scale(2)')
    expect(carriedTransform({ ...drawn, scale: 2.01 })).toBeNull()
    expect(carriedTransform({ ...drawn, scale: 0.7 })).not.toBeNull()
    expect(carriedTransform({ ...drawn, scale: 0.5 })).toBeNull()
  })

  it('is not carried where numbers are none', () => {
    expect(carriedTransform({ ...drawn, middle: { x: Number.NaN, y: 0 } })).toBeNull()
    expect(carriedTransform({ ...drawn, scale: Number.NaN })).toBeNull()
  })
})

const after = (...times: number[]): boolean => {
  const slowness = new Slowness()
  for (const one of times) slowness.note(one)
  return slowness.isSlow
}

describe('whether drawing is slow', () => {
  it('is told by several frames, not by one that stumbled', () => {
    expect(after(16, 17, 400, 16, 16, 16)).toBe(false)
    expect(after(40, 41, 60, 55)).toBe(false)
    expect(after(40, 41, 60, 55, 38)).toBe(true)
  })

  it('stays until frames are quick again', () => {
    const slow = [50, 50, 50, 50, 50]
    expect(after(...slow, 16, 16, 16, 22)).toBe(true)
    expect(after(...slow, 16, 16, 16, 16, 16, 16)).toBe(false)
  })

  it('does not count the time in which nobody looked', () => {
    expect(after(900, 900, 900, 900, 900, Number.NaN, 0)).toBe(false)
  })
})
