import { expect, test } from 'vitest'
import { calendarBuckets, type CalendarInterval, isTimeZone } from './calendar-intervals.ts'

const at = (text: string) => Date.parse(text)
const buckets = (from: string, to: string, interval: CalendarInterval, zone: string) =>
  calendarBuckets({ startTs: at(from), endTs: at(to) }, interval, zone, 700).map(({ start, end }) => [
    new Date(start).toISOString(),
    new Date(end).toISOString(),
  ])

test('months of a zone, across the change to summer time', () => {
  expect(buckets('2026-02-15T12:00:00Z', '2026-05-02T00:00:00Z', 'MONTH', 'Europe/Berlin')).toEqual([
    ['2026-02-15T12:00:00.000Z', '2026-02-28T23:00:00.000Z'],
    ['2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    ['2026-03-31T22:00:00.000Z', '2026-04-30T22:00:00.000Z'],
    ['2026-04-30T22:00:00.000Z', '2026-05-02T00:00:00.000Z'],
  ])
})

test('weeks begin on Sunday or, by ISO, on Monday', () => {
  const range = ['2026-01-07T00:00:00Z', '2026-01-13T00:00:00Z'] as const
  expect(buckets(...range, 'WEEK', 'UTC')[0]?.[1]).toBe('2026-01-11T00:00:00.000Z')
  expect(buckets(...range, 'WEEK_ISO', 'UTC')[0]?.[1]).toBe('2026-01-12T00:00:00.000Z')
})

test('quarters, over the end of a year', () => {
  expect(buckets('2025-11-01T00:00:00Z', '2026-04-15T00:00:00Z', 'QUARTER', 'UTC').map(([start]) => start)).toEqual([
    '2025-11-01T00:00:00.000Z',
    '2026-01-01T00:00:00.000Z',
    '2026-04-01T00:00:00.000Z',
  ])
})

test('an empty range has none, and a huge one stops behind the limit', () => {
  expect(calendarBuckets({ startTs: 5, endTs: 5 }, 'WEEK', 'UTC', 10)).toEqual([])
  expect(calendarBuckets({ startTs: 0, endTs: 1e14 }, 'WEEK', 'UTC', 10)).toHaveLength(11)
})

test('zones are known by their names', () => {
  expect(isTimeZone('Asia/Kolkata')).toBe(true)
  expect(isTimeZone('Mars/Base')).toBe(false)
})
