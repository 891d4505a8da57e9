import { describe, expect, it } from 'vitest'
import { timeTicks } from './time-ticks.ts'
import { fromLocal, localText } from './zone.ts'

const texts = (from: string, to: string, count: number, zone: string) =>
  timeTicks({ startTs: Date.parse(from), endTs: Date.parse(to) }, count, zone).map((ts) =>
    localText(ts, zone).slice(0, 16),
  )

describe('ticks of a time axis', () => {
  it('stand at whole minutes and hours of the zone', () => {
    expect(texts('2026-01-01T06:02:00Z', '2026-01-01T06:58:00Z', 4, 'UTC')).toEqual([
      '2026-01-01 06:15',
      '2026-01-01 06:30',
      '2026-01-01 06:45',
    ])
    expect(texts('2026-01-01T00:00:00Z', '2026-01-01T06:00:00Z', 6, 'Asia/Kolkata')[0]).toBe('2026-01-01 06:00')
  })

  it('keep to the clocks when they are changed', () => {
    const spring = texts('2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z', 8, 'Europe/Berlin')
    expect(spring).toEqual(expect.arrayContaining(['2026-03-29 00:00', '2026-03-29 12:00', '2026-03-30 00:00']))
    const autumn = timeTicks(
      { startTs: Date.parse('2026-10-25T00:00:00Z'), endTs: Date.parse('2026-10-25T04:00:00Z') },
      12,
      'Europe/Berlin',
    )
    expect(autumn).toEqual([...new Set(autumn)].toSorted((a, b) => a - b))
  })

  it('stand at days, at firsts of months, at new years', () => {
    expect(texts('2026-02-24T00:00:00Z', '2026-03-04T00:00:00Z', 9, 'UTC').map((text) => text.slice(5, 10))).toEqual([
      '02-24',
      '02-25',
      '02-26',
      '02-27',
      '02-28',
      '03-01',
      '03-02',
      '03-03',
      '03-04',
    ])
    expect(texts('2025-11-10T00:00:00Z', '2026-05-10T00:00:00Z', 7, 'UTC').map((text) => text.slice(0, 10))).toEqual([
      '2025-12-01',
      '2026-01-01',
      '2026-02-01',
      '2026-03-01',
      '2026-04-01',
      '2026-05-01',
    ])
    expect(texts('2000-01-01T00:00:00Z', '2026-05-10T00:00:00Z', 7, 'UTC').map((text) => text.slice(0, 4))).toEqual([
      '2000',
      '2005',
      '2010',
      '2015',
      '2020',
      '2025',
    ])
  })

  it('are none of nothing, and never a flood', () => {
    expect(timeTicks({ startTs: 5, endTs: 5 }, 5, 'UTC')).toEqual([])
    expect(timeTicks({ startTs: 0, endTs: 9e15 }, 5, 'UTC').length).toBeLessThan(20)
    expect(timeTicks({ startTs: 0, endTs: 3_600_000 }, 100_000, 'UTC').length).toBeLessThanOrEqual(200)
  })

  it('know the hour that a zone skips', () => {
    const skipped = Date.UTC(2026, 2, 29, 2, 30)
    expect(localText(fromLocal(skipped, 'Europe/Berlin'), 'Europe/Berlin').slice(11, 16)).toMatch(/^0[13]:30$/)
  })
})
