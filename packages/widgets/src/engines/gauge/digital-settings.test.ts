import { describe, expect, it } from 'vitest'
import { colorOf } from '../../style/color-settings.ts'
import { digitalGaugeSettings, upgradeDigitalGauge } from './digital-settings.ts'

const read = (settings: Record<string, unknown>) => digitalGaugeSettings('arc').parse(upgradeDigitalGauge(settings))

describe('settings of digital gauges', () => {
  it('makes levels of older files into a gradient', () => {
    const { barColor } = read({ levelColors: ['#000000', { value: 1, color: '#ffffff' }] })
    expect(barColor.type).toBe('gradient')
    expect(colorOf(barColor, 50)).toBe('rgb(128, 128, 128)')
  })

  it('makes fixed levels of older files into ranges', () => {
    const { barColor } = read({
      useFixedLevelColor: true,
      defaultColor: '#123456',
      fixedLevelColors: [
        {
          from: { valueSource: 'predefinedValue', value: 10 },
          to: { valueSource: 'entityAttribute', entityAlias: 'A', attribute: 'limit' },
          color: '#ff0000',
        },
      ],
    })
    const lookup = (source: { type: string; value: number | null }) => (source.type === 'constant' ? source.value : 20)
    expect([9, 15, 25].map((value) => colorOf(barColor, value, lookup))).toEqual(['#123456', '#ff0000', '#123456'])
    expect(barColor.rangeList.rangeAdvanced[0]?.to).toMatchObject({
      type: 'entity',
      entityAlias: 'A',
      entityKey: 'limit',
    })
  })

  it('keeps the colour settings that a file has', () => {
    expect(read({ barColor: { type: 'constant', color: '#abcdef' }, levelColors: ['#000'] }).barColor.color).toBe(
      '#abcdef',
    )
  })
})
