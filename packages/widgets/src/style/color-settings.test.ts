import { describe, expect, it } from 'vitest'
import { type ColorSettings, colorOf, colorSettings } from './color-settings.ts'

const read = (value: unknown): ColorSettings => colorSettings('#fallback').parse(value)
const ranges = [
  { from: null, to: 20, color: 'cold' },
  { from: 20, to: 20, color: 'exact' },
  { from: 20, to: 40, color: 'warm' },
]

describe('colour settings', () => {
  it('reads a plain colour, nothing and nonsense', () => {
    expect(colorOf(read('#123456'), 5)).toBe('#123456')
    expect(colorOf(read(undefined), 5)).toBe('#fallback')
    expect(colorOf(read({ odd: [1] }), 5)).toBe('#fallback')
  })

  it('reads ranges of older files, where the list stands by itself, and of newer ones', () => {
    for (const rangeList of [ranges, { advancedMode: false, range: ranges, rangeAdvanced: [] }]) {
      const settings = read({ type: 'range', color: 'else', rangeList })
      expect([19.9, 20, 20.1, 40, '30', 'text', null].map((value) => colorOf(settings, value))).toEqual([
        'cold',
        'exact',
        'warm',
        'else',
        'warm',
        'else',
        'else',
      ])
    }
  })

  it('has the ranges of the widget where the file has none, and none where the file has an empty list', () => {
    const schema = colorSettings({ color: 'else', ranges: [{ from: 0, to: null, color: 'in' }] })
    expect(colorOf(schema.parse(undefined), 1)).toBe('in')
    expect(colorOf(schema.parse({ type: 'range', color: 'else', rangeList: [] }), 1)).toBe('else')
  })

  it('takes ends of ranges from keys', () => {
    const settings = read({
      type: 'range',
      color: 'else',
      rangeList: {
        advancedMode: true,
        rangeAdvanced: [
          { from: { type: 'latestKey', latestKey: 'low' }, to: { type: 'constant', value: 10 }, color: 'between' },
        ],
      },
    })
    const lookup = (source: { type: string; value: number | null }) => (source.type === 'constant' ? source.value : 5)
    expect(colorOf(settings, 7, lookup)).toBe('between')
    expect(colorOf(settings, 4, lookup)).toBe('else')
  })

  it('mixes along a gradient and stands at its ends', () => {
    const settings = read({
      type: 'gradient',
      gradient: { gradient: ['#000000', '#ffffff'], minValue: -50, maxValue: 50 },
    })
    expect([-80, 0, 80].map((value) => colorOf(settings, value))).toEqual(['#000000', 'rgb(128, 128, 128)', '#ffffff'])
  })
})
