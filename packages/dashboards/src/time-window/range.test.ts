import { describe, expect, it } from 'vitest'
import { allowedIntervals, bucketsOf, bucketStart, intervalOf } from './interval.ts'
import { type QuickInterval, quickIntervals } from './model.ts'
import { comparisonRange, rangeOf } from './range.ts'
import { defaultTimeWindow } from './read.ts'

const at = (text: string) => Date.parse(text)
const hour = 3_600_000
const day = 24 * hour
const quick = (interval: QuickInterval, now: string, zone: string) => {
  const range = rangeOf({ span: { kind: 'quick', interval }, timeZone: zone }, at(now), 'UTC')
  return [new Date(range.startTs).toISOString().slice(0, 16), new Date(range.endTs).toISOString().slice(0, 16)]
}

describe('rangeOf', () => {
  // A Wednesday.
  const now = '2026-05-13T10:20:00Z'
  const cases: [QuickInterval, string, string][] = [
    ['YESTERDAY', '2026-05-12T00:00', '2026-05-13T00:00'],
    ['DAY_BEFORE_YESTERDAY', '2026-05-11T00:00', '2026-05-12T00:00'],
    ['THIS_DAY_LAST_WEEK', '2026-05-06T00:00', '2026-05-07T00:00'],
    ['PREVIOUS_WEEK', '2026-05-03T00:00', '2026-05-10T00:00'],
    ['PREVIOUS_WEEK_ISO', '2026-05-04T00:00', '2026-05-11T00:00'],
    ['PREVIOUS_MONTH', '2026-04-01T00:00', '2026-05-01T00:00'],
    ['PREVIOUS_QUARTER', '2026-01-01T00:00', '2026-04-01T00:00'],
    ['PREVIOUS_HALF_YEAR', '2025-07-01T00:00', '2026-01-01T00:00'],
    ['PREVIOUS_YEAR', '2025-01-01T00:00', '2026-01-01T00:00'],
    ['CURRENT_HOUR', '2026-05-13T10:00', '2026-05-13T11:00'],
    ['CURRENT_DAY', '2026-05-13T00:00', '2026-05-14T00:00'],
    ['CURRENT_DAY_SO_FAR', '2026-05-13T00:00', '2026-05-13T10:20'],
    ['CURRENT_WEEK', '2026-05-10T00:00', '2026-05-17T00:00'],
    ['CURRENT_WEEK_ISO', '2026-05-11T00:00', '2026-05-18T00:00'],
    ['CURRENT_WEEK_SO_FAR', '2026-05-10T00:00', '2026-05-13T10:20'],
    ['CURRENT_WEEK_ISO_SO_FAR', '2026-05-11T00:00', '2026-05-13T10:20'],
    ['CURRENT_MONTH', '2026-05-01T00:00', '2026-06-01T00:00'],
    ['CURRENT_MONTH_SO_FAR', '2026-05-01T00:00', '2026-05-13T10:20'],
    ['CURRENT_QUARTER', '2026-04-01T00:00', '2026-07-01T00:00'],
    ['CURRENT_QUARTER_SO_FAR', '2026-04-01T00:00', '2026-05-13T10:20'],
    ['CURRENT_HALF_YEAR', '2026-01-01T00:00', '2026-07-01T00:00'],
    ['CURRENT_HALF_YEAR_SO_FAR', '2026-01-01T00:00', '2026-05-13T10:20'],
    ['CURRENT_YEAR', '2026-01-01T00:00', '2027-01-01T00:00'],
    ['CURRENT_YEAR_SO_FAR', '2026-01-01T00:00', '2026-05-13T10:20'],
  ]
  it('knows every preset', () => expect(cases.map(([name]) => name)).toEqual(quickIntervals))
  it.each(cases)('%s', (interval, start, end) => expect(quick(interval, now, 'UTC')).toEqual([start, end]))

  it('counts days in the zone, also those of 23 and 25 hours', () => {
    expect(quick('CURRENT_DAY', '2026-03-29T12:00:00Z', 'Europe/Berlin')).toEqual([
      '2026-03-28T23:00',
      '2026-03-29T22:00',
    ])
    expect(quick('YESTERDAY', '2026-10-26T12:00:00Z', 'Europe/Berlin')).toEqual([
      '2026-10-24T22:00',
      '2026-10-25T23:00',
    ])
    // Midnight of that day does not exist there.
    expect(quick('CURRENT_DAY', '2018-11-04T12:00:00Z', 'America/Sao_Paulo')).toEqual([
      '2018-11-04T03:00',
      '2018-11-05T02:00',
    ])
  })
  it('tells the two first days of a week apart on a Sunday', () => {
    expect(quick('CURRENT_WEEK', '2026-05-17T12:00:00Z', 'UTC')[0]).toBe('2026-05-17T00:00')
    expect(quick('CURRENT_WEEK_ISO', '2026-05-17T12:00:00Z', 'UTC')[0]).toBe('2026-05-11T00:00')
  })
  it('keeps the minutes of zones that are off by half an hour', () => {
    expect(quick('CURRENT_HOUR', now, 'Asia/Kolkata')).toEqual(['2026-05-13T09:30', '2026-05-13T10:30'])
  })
  it('takes the viewer’s zone when the window has none', () => {
    const range = rangeOf({ span: { kind: 'quick', interval: 'CURRENT_DAY' }, timeZone: null }, at(now), 'Asia/Tokyo')
    expect(range.startTs).toBe(at('2026-05-12T15:00:00Z'))
  })
  it('all starts with the epoch', () =>
    expect(rangeOf({ span: { kind: 'all' }, timeZone: null }, 5, 'UTC')).toEqual({ startTs: 0, endTs: 5 }))
})

describe('intervalOf and bucketsOf', () => {
  const range = (ms: number) => ({ startTs: at('2026-01-01T00:00:00Z'), endTs: at('2026-01-01T00:00:00Z') + ms })
  it('folds nothing for NONE', () =>
    expect(intervalOf({ aggregation: 'NONE', interval: 1_000 }, range(day))).toEqual({ group: 0, ms: 0 }))
  it('finds a width by itself', () => {
    expect(intervalOf(defaultTimeWindow, range(15 * 60_000)).group).toBe(5_000)
    expect(intervalOf(defaultTimeWindow, range(day)).group).toBe(600_000)
  })
  it.each([1, 1_000, 60_000, hour, day, 400 * day, 20_000 * day])('makes no more than 650 buckets of %d ms', (ms) => {
    for (const interval of [null, 1, 1_000, 'WEEK', 'MONTH', 'QUARTER'] as const) {
      const { group, ms: width } = intervalOf({ aggregation: 'AVG', interval }, range(ms))
      expect(ms / width).toBeLessThanOrEqual(650)
      expect(bucketsOf(range(ms), group, 'UTC').length).toBeLessThanOrEqual(652)
    }
  })
  it('keeps to a calendar that is coarser when the wanted one is too fine', () => {
    expect(intervalOf({ aggregation: 'AVG', interval: 'WEEK' }, range(20 * 365 * day)).group).toBe('MONTH')
  })
  it('cuts months in the zone, over a change of the clock', () => {
    const starts = bucketsOf(
      { startTs: at('2026-02-10T00:00:00Z'), endTs: at('2026-04-02T00:00:00Z') },
      'MONTH',
      'Europe/Berlin',
    )
    expect(starts.map((ts) => new Date(ts).toISOString())).toEqual([
      '2026-01-31T23:00:00.000Z',
      '2026-02-28T23:00:00.000Z',
      '2026-03-31T22:00:00.000Z',
    ])
    expect(bucketStart(at('2026-03-15T00:00:00Z'), 'MONTH', 'Europe/Berlin')).toBe(starts[1])
  })
  it('starts weeks on the day that the name says', () => {
    expect(bucketsOf(range(day), 'WEEK', 'UTC')).toEqual([at('2025-12-28T00:00:00Z')])
    expect(bucketsOf(range(day), 'WEEK_ISO', 'UTC')).toEqual([at('2025-12-29T00:00:00Z')])
  })
  it('offers widths between a 500th and the whole', () => {
    expect(allowedIntervals(hour)).toEqual([
      10_000,
      15_000,
      30_000,
      ...[1, 2, 5, 10, 15, 30, 60].map((n) => n * 60_000),
    ])
    expect(allowedIntervals(40 * day).at(-1)).toBe('MONTH')
  })
})

describe('comparisonRange', () => {
  const range = { startTs: at('2026-03-01T00:00:00Z'), endTs: at('2026-03-31T00:00:00Z') }
  const text = (r: { startTs: number; endTs: number }) => [
    new Date(r.startTs).toISOString().slice(0, 10),
    new Date(r.endTs).toISOString().slice(0, 10),
  ]
  it.each([
    ['previousInterval', ['2026-01-30', '2026-03-01']],
    ['days', ['2026-02-28', '2026-03-30']],
    ['weeks', ['2026-02-22', '2026-03-24']],
    ['months', ['2026-01-29', '2026-02-28']],
    ['years', ['2025-03-01', '2025-03-31']],
    ['customInterval', ['2026-02-27', '2026-03-29']],
  ] as const)('%s', (by, expected) => expect(text(comparisonRange(range, by, 2 * day, 'UTC'))).toEqual(expected))
  it('compares a month with the whole month before', () => {
    const march = { startTs: at('2026-03-01T00:00:00Z'), endTs: at('2026-04-01T00:00:00Z') }
    expect(text(comparisonRange(march, 'previousInterval', null, 'UTC', 'CURRENT_MONTH'))).toEqual([
      '2026-02-01',
      '2026-03-01',
    ])
    const soFar = { startTs: at('2026-03-01T00:00:00Z'), endTs: at('2026-03-13T00:00:00Z') }
    expect(text(comparisonRange(soFar, 'previousInterval', null, 'UTC', 'CURRENT_MONTH_SO_FAR'))).toEqual([
      '2026-02-01',
      '2026-02-13',
    ])
  })
  it('stays in place for a custom interval that is none', () =>
    expect(comparisonRange(range, 'customInterval', null, 'UTC')).toEqual(range))
})
