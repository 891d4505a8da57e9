import { describe, expect, it } from 'vitest'
import { groupsAllowed, readWindowLimits, usualGroup } from './window-limits.ts'

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

  it('are found where the editor of ThingsBoard keeps them, with grouping intervals of single windows', () => {
    const limits = readWindowLimits({
      realtime: {
        advancedParams: {
          allowedLastIntervals: [3_600_000],
          lastAggIntervalsConfig: { 3600000: { aggIntervals: [60_000, 'odd', 1], defaultAggInterval: 60_000 } },
          quickAggIntervalsConfig: { CURRENT_DAY: { aggIntervals: [], defaultAggInterval: 3_600_000 }, ODD: 7 },
        },
      },
    })
    expect(limits.realtime.lasts).toEqual([3_600_000])
    const hour = { mode: 'realtime', span: { kind: 'last', durationMs: 3_600_000 } } as const
    expect(groupsAllowed(limits, hour, 3_600_000)).toEqual([60_000])
    expect(usualGroup(limits, hour)).toBe(60_000)
    const day = { mode: 'realtime', span: { kind: 'quick', interval: 'CURRENT_DAY' } } as const
    expect(groupsAllowed(limits, day, 86_400_000).length).toBeGreaterThan(3)
    expect(usualGroup(limits, day)).toBe(3_600_000)
    const past = { ...hour, mode: 'history' } as const
    expect(usualGroup(limits, past)).toBeNull()
    expect(groupsAllowed(limits, past, 3_600_000)).toContain(30_000)
  })
})
