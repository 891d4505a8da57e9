import { describe, expect, it } from 'vitest'
import { readWindowLimits } from './window-limits.ts'

describe('limits of a time window', () => {
  it('are none where the file says nothing, or nothing that can be understood', () => {
    for (const file of [undefined, null, 7, {}, { realtime: [], allowedAggTypes: ['ODD'], history: 'x' }]) {
      const limits = readWindowLimits(file)
      expect(limits).toMatchObject({ hidesAggregation: false, hidesTimeZone: false, aggregations: null })
      expect(limits.history).toMatchObject({ isHidden: false, lasts: null, quicks: null })
    }
  })

  it('are what the file hides and allows', () => {
    const limits = readWindowLimits({
      hideTimezone: true,
      allowedAggTypes: ['AVG', 'NONE', 'ODD'],
      realtime: { hideInterval: true },
      history: { hideFixedInterval: true, allowedLastIntervals: [60_000, '1'], allowedQuickIntervals: ['YESTERDAY'] },
    })
    expect(limits).toMatchObject({ hidesTimeZone: true, aggregations: ['AVG', 'NONE'] })
    expect(limits.realtime.isHidden).toBe(true)
    expect(limits.history).toMatchObject({ hidesFixed: true, lasts: [60_000], quicks: ['YESTERDAY'] })
  })
})
