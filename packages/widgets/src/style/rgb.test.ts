import { describe, expect, it } from 'vitest'
import { inksOn, markColor, schemeOf, textColor, themeSurface, trackColor } from './ground-colors.ts'
import { contrast, cssColor, legible, parseColor, type Rgb, toCss } from './rgb.ts'

const dark: Rgb = { r: 20, g: 21, b: 24, a: 1 }

describe('colours of files', () => {
  it.each([
    ['#f00', 'rgb(255, 0, 0)'],
    ['#000000DE', 'rgba(0, 0, 0, 0.871)'],
    ['rgba(63, 82, 221, 1)', 'rgb(63, 82, 221)'],
    ['rgb(10 20 30 / 50%)', 'rgba(10, 20, 30, 0.5)'],
    ['hsl(120, 100%, 25%)', 'rgb(0, 128, 0)'],
    ['Orange', 'rgb(255, 165, 0)'],
  ])('reads %s', (color, css) => {
    expect(toCss(parseColor(color) as Rgb)).toBe(css)
  })

  it.each(['', 'nonsense', '#12', 'rgb(1,2)', 'var(--x)', 'url(https://x.example/a.png)'])(
    'takes %j for no colour, and lets nothing of it into a style',
    (color) => {
      expect(parseColor(color)).toBeNull()
      expect(cssColor(color)).toBe('transparent')
    },
  )

  it('moves a colour only as far as it takes to be read', () => {
    const red = parseColor('#d81838') as Rgb
    const moved = legible(red, dark, 4.5)
    expect(contrast(moved, dark)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(moved, dark)).toBeLessThan(6)
    expect(legible(red, { r: 255, g: 255, b: 255, a: 1 }, 4.5)).toEqual(red)
  })

  it('takes the black that files have by default for the colour of text', () => {
    expect(textColor('rgba(0, 0, 0, 0.87)', themeSurface.dark)).toBe('var(--tw-ink)')
    expect(textColor('rgba(0, 0, 0, 0.54)', themeSurface.light)).toBe('var(--tw-ink-2)')
    expect(textColor('#00000061', themeSurface.light)).toBe('var(--tw-ink-3)')
  })

  it('finds a text colour for any ground that a file chose', () => {
    for (const ground of ['#3F52DD', '#777777', '#fdd835', '#101010']) {
      const rgb = parseColor(ground) as Rgb
      const surface = { scheme: schemeOf(ground, 'light'), rgb, isOwn: true }
      for (const color of ['rgba(0, 0, 0, 0.38)', '#5469FF', '', '#fff']) {
        expect(
          contrast(parseColor(textColor(color, surface)) as Rgb, rgb),
          `${color} on ${ground}`,
        ).toBeGreaterThanOrEqual(4.5)
      }
    }
  })

  it('keeps the quieter inks readable on a ground that a file chose', () => {
    const rgb = parseColor('#ff5722') as Rgb
    const inks = Object.values(inksOn({ scheme: schemeOf('#ff5722', 'light'), rgb, isOwn: true }))
    expect(inks).toHaveLength(2)
    for (const ink of inks) expect(contrast(parseColor(ink) as Rgb, rgb)).toBeGreaterThanOrEqual(4.5)
    expect(inksOn(themeSurface.light)).toEqual({})
  })

  it('keeps colours of data, but for those that could not be seen', () => {
    expect(markColor('#3f52dd', themeSurface.dark)).toBe('rgb(63, 82, 221)')
    expect(contrast(parseColor(markColor('#111214', themeSurface.dark)) as Rgb, dark)).toBeGreaterThanOrEqual(1.25)
    expect(trackColor('rgba(224, 224, 224, 1)', themeSurface.dark)).toBe('var(--tw-line)')
  })

  it('tells whether a ground is light', () => {
    expect(schemeOf('#3F52DD', 'light')).toBe('dark')
    expect(schemeOf('#fdd835', 'dark')).toBe('light')
    expect(schemeOf('#ff5722', 'dark')).toBe('light')
    expect(schemeOf('rgba(0,0,0,0.1)', 'light')).toBe('light')
  })
})
