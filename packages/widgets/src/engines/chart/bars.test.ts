import { expect, it } from 'vitest'
import { barLayout } from './bars.ts'
import { chartSettingsSchema } from './settings.ts'

const minute = 60_000
const layout = (own: Record<string, unknown>, rest: Partial<Parameters<typeof barLayout>[0]>) =>
  barLayout({
    groups: 1,
    interval: minute,
    msPerPx: 1_000,
    plotWidth: 600,
    settings: chartSettingsSchema.parse(own),
    ...rest,
  })

it('bars of a moment stand in their bucket, with its gaps', () => {
  const whole = 60
  const one = layout({}, {})
  expect(one.barWidth).toBeCloseTo(whole / (1 + 0.6 * 2))
  const three = layout({}, { groups: 3 })
  expect(three.barWidth * (3 + 0.3 * 2 + 0.6 * 2)).toBeCloseTo(whole)
  expect(layout({ barWidthSettings: { barGap: 0, intervalGap: 0 } }, {}).barWidth).toBeCloseTo(whole)
})

it('bars of raw points are as wide as the file says, and never nothing', () => {
  const raw = (own: Record<string, unknown>) => layout({ noAggregationBarWidthSettings: own }, { interval: 0 })
  expect(raw({ strategy: 'separate', barWidth: { relative: true, relativeWidth: 5 } })).toEqual({
    barWidth: 30,
    barGap: '-100%',
  })
  expect(raw({ strategy: 'separate', barWidth: { relative: false, absoluteWidth: 2_000 } }).barWidth).toBe(2)
  expect(raw({ strategy: 'separate', barWidth: { relative: false, absoluteWidth: 1 } }).barWidth).toBe(1)
})
