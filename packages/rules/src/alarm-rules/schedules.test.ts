import type { AlarmSchedule } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { type Facts, factKey } from './facts.ts'
import { scheduleOf } from './schedules.ts'

const hour = 3_600_000
const nobody: Facts = { values: new Map(), customer: new Map(), tenant: new Map() }
const at = (schedule: AlarmSchedule | null, time: string, facts = nobody) =>
  scheduleOf(schedule)(facts, Date.parse(time))
const specific = (change: Partial<Extract<AlarmSchedule, { type: 'SPECIFIC_TIME' }>>): AlarmSchedule => ({
  ...{ type: 'SPECIFIC_TIME', timezone: 'Europe/Berlin', startsOn: 8 * hour, endsOn: 17 * hour },
  ...{ dynamicValue: null, daysOfWeek: [1, 2, 3, 4, 5] },
  ...change,
})

describe('a schedule', () => {
  it('counts always when there is none, or any time will do', () => {
    expect(at(null, '2026-11-22T03:00:00Z')).toBe(true)
    expect(at({ type: 'ANY_TIME' }, '2026-11-22T03:00:00Z')).toBe(true)
  })

  it.each([
    // In winter the clocks of Berlin are an hour ahead, in summer two. The 20th of November 2026 is a Friday.
    ['2026-11-20T06:59:59Z', false],
    ['2026-11-20T07:00:00Z', true],
    ['2026-11-20T15:59:59Z', true],
    ['2026-11-20T16:00:00Z', false],
    ['2026-07-17T06:00:00Z', true],
    ['2026-07-17T15:00:00Z', false],
    ['2026-11-21T10:00:00Z', false],
  ])('by the clocks of its zone at %s: %s', (time, expected) => {
    expect(at(specific({}), time)).toBe(expected)
  })

  it('an end of 0 is the end of the day, and an end before the start is on the next day', () => {
    const late = specific({ startsOn: 20 * hour, endsOn: 0, timezone: 'UTC' })
    expect([at(late, '2026-11-20T19:59:59Z'), at(late, '2026-11-20T23:59:59Z')]).toEqual([false, true])
    const night = specific({ startsOn: 22 * hour, endsOn: 6 * hour, timezone: 'UTC' })
    expect(
      ['T21:00:00Z', 'T22:00:00Z', 'T05:59:59Z', 'T06:00:00Z'].map((time) => at(night, `2026-11-20${time}`)),
    ).toEqual([false, true, true, false])
  })

  it('days of its own count by themselves', () => {
    const item = (dayOfWeek: number, enabled: boolean) => ({ dayOfWeek, enabled, startsOn: 8 * hour, endsOn: 9 * hour })
    const custom: AlarmSchedule = {
      ...{ type: 'CUSTOM', timezone: 'Asia/Tokyo', dynamicValue: null },
      items: [item(5, true), item(6, false)],
    }
    expect(at(custom, '2026-11-19T23:30:00Z')).toBe(true)
    expect(at(custom, '2026-11-20T23:30:00Z')).toBe(false)
    expect(at(custom, '2026-11-21T23:30:00Z')).toBe(false)
  })

  it('comes from an attribute when there is one that is a schedule', () => {
    const schedule = specific({
      dynamicValue: { sourceType: 'CURRENT_DEVICE', sourceAttribute: 'hours', inherit: null },
    })
    const facts = (value: string): Facts => ({
      ...nobody,
      values: new Map([[factKey('ATTRIBUTE', 'hours'), { type: 'JSON', value }]]),
    })
    const night = JSON.stringify({ timezone: 'UTC', daysOfWeek: [6], startsOn: 0, endsOn: hour })
    expect(at(schedule, '2026-11-21T00:30:00Z', facts(night))).toBe(true)
    expect(at(schedule, '2026-11-20T10:00:00Z', facts(night))).toBe(false)
    expect(at(schedule, '2026-11-20T10:00:00Z', facts('{"timezone":"Nowhere/Else"}'))).toBe(true)
    expect(at(schedule, '2026-11-20T10:00:00Z', facts('no json'))).toBe(true)
  })
})
