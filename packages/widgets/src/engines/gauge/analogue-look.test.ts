import { describe, expect, it } from 'vitest'
import { themeSurface } from '../../style/ground-colors.ts'
import { bandsOf, dialInk, plateOf, pointerColor } from './analogue-look.ts'

describe('look of dials', () => {
  it('stands on the theme where a file has a white, grey or black plate', () => {
    for (const plate of ['#fff', '#222', '#cfd8dc', '', 'rgba(1,2,3,0)']) expect(plateOf(plate, 'dark').fill).toBeNull()
    expect(plateOf('#3F52DD', 'light')).toMatchObject({ fill: '#3F52DD', surface: { scheme: 'dark' } })
  })

  it('cuts bands at the ends of the scale and leaves out those outside of it', () => {
    const bands = [
      { from: -50, to: 25, color: '#f00' },
      { from: 90, to: 80, color: '#0f0' },
      { from: 200, to: 300, color: '#00f' },
    ]
    expect(bandsOf(bands, { min: 0, max: 100 }, themeSurface.light).map(({ from, to }) => [from, to])).toEqual([
      [0, 0.25],
      [0.8, 0.9],
    ])
  })

  it('takes greys for the ink of the theme and points in the first colour there is', () => {
    expect(dialInk('#616161', 'ink-2', themeSurface.dark)).toBe('var(--tw-ink-2)')
    expect(dialInk('#d81838', 'ink-2', themeSurface.light)).toBe('rgb(216, 24, 56)')
    expect(pointerColor(['', undefined, '#e65100'], themeSurface.light)).toBe('rgb(230, 81, 0)')
    expect(pointerColor([undefined], themeSurface.light)).toBe('var(--tw-accent)')
  })
})
