import { describe, expect, it } from 'vitest'
import { dayOf, moveRange, rangeOfDays, rangeUpTo, timeSteps } from './step.ts'

const at = (text: string) => Date.parse(text)
const shown = ({ startTs, endTs }: { startTs: number; endTs: number }) => [
  new Date(startTs).toISOString(),
  new Date(endTs).toISOString(),
]

describe('steps through time', () => {
  it('keep the time of day over a change of the clock', () => {
    const range = { startTs: at('2026-03-28T23:00:00Z'), endTs: at('2026-03-29T22:00:00Z') }
    expect(shown(moveRange(range, 'day', 1, 'Europe/Berlin'))).toEqual([
      '2026-03-29T22:00:00.000Z',
      '2026-03-30T22:00:00.000Z',
    ])
  })

  it('go by calendar months, and back again', () => {
    const range = { startTs: at('2026-01-01T00:00:00Z'), endTs: at('2026-02-01T00:00:00Z') }
    expect(shown(moveRange(range, 'month', 1, 'UTC'))).toEqual(['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'])
    expect(shown(moveRange(range, 'threeMonths', -1, 'UTC'))).toEqual([
      '2025-10-01T00:00:00.000Z',
      '2025-11-01T00:00:00.000Z',
    ])
    for (const step of timeSteps) {
      expect(moveRange(moveRange(range, step, 1, 'UTC'), step, -1, 'UTC'), step).toEqual(range)
    }
  })

  it('end with the day that a length is asked up to', () => {
    expect(shown(rangeUpTo(at('2026-05-05T13:10:00Z'), 'week', 'UTC'))).toEqual([
      '2026-04-29T00:00:00.000Z',
      '2026-05-06T00:00:00.000Z',
    ])
    expect(shown(rangeUpTo(at('2026-05-05T13:10:00Z'), 'hour', 'UTC'))).toEqual([
      '2026-05-05T13:00:00.000Z',
      '2026-05-05T14:00:00.000Z',
    ])
  })

  it('go from day through day in the zone', () => {
    const range = rangeOfDays('2026-03-29', '2026-03-29', 'Europe/Berlin')
    expect(range && shown(range)).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'])
    const far = rangeOfDays('2026-01-01', '2026-01-02', 'Pacific/Kiritimati')
    expect(far && shown(far)).toEqual(['2025-12-31T10:00:00.000Z', '2026-01-02T10:00:00.000Z'])
    expect(dayOf(at('2025-12-31T10:00:00Z'), 'Pacific/Kiritimati')).toBe('2026-01-01')
  })

  it.each([
    ['2026-02-02', '2026-02-01'],
    ['2026-02-30', '2026-03-01'],
    ['', '2026-02-01'],
    ['yesterday', 'today'],
  ])('has no range from %s through %s', (from, through) => {
    expect(rangeOfDays(from, through, 'UTC')).toBeNull()
  })
})
