import { describe, expect, it } from 'vitest'
import { formatWindowParam, parseWindowParam } from './param.ts'
import { defaultTimeWindow } from './read.ts'

const base = { ...defaultTimeWindow, aggregation: 'MAX', interval: 1_000, timeZone: 'Asia/Tokyo' } as const
const all = [
  base,
  { ...base, span: { kind: 'last', durationMs: 900_000 }, interval: null },
  { ...base, span: { kind: 'last', durationMs: 1_234 }, interval: null, mode: 'history' },
  {
    ...base,
    span: { kind: 'fixed', startTs: 1_700_000_000_000, endTs: 1_700_003_600_000 },
    mode: 'history',
    interval: 60_000,
  },
  {
    ...base,
    span: { kind: 'quick', interval: 'PREVIOUS_WEEK_ISO' },
    mode: 'history',
    interval: 'WEEK_ISO',
    aggregation: 'NONE',
  },
  { ...base, span: { kind: 'quick', interval: 'CURRENT_DAY_SO_FAR' }, interval: null, limit: 77, timeZone: null },
  { ...base, span: { kind: 'all' }, mode: 'history', interval: 'QUARTER', timeZone: 'America/Argentina/Buenos_Aires' },
] as const

describe('window parameter', () => {
  it.each(all)('reads back what it writes: $span.kind', (model) => {
    expect(parseWindowParam(formatWindowParam(model, base), base)).toEqual(model)
  })
  it('is short where only the span differs', () => {
    expect(all.map((model) => formatWindowParam(model, base))).toEqual([
      '1h',
      '15m',
      '1234ms.history',
      '1700000000000~1700003600000.1m',
      'previous-week-iso.none.week-iso',
      'current-day-so-far.p77.local',
      'all.quarter.America/Argentina/Buenos_Aires',
    ])
  })
  it('keeps to the forms of old links', () => {
    expect(parseWindowParam('15m', base)).toMatchObject({
      mode: 'realtime',
      span: { kind: 'last', durationMs: 900_000 },
    })
    expect(parseWindowParam('10~20', base)).toMatchObject({
      mode: 'history',
      span: { kind: 'fixed', startTs: 10, endTs: 20 },
    })
  })
  it('never runs a fixed span live', () => expect(parseWindowParam('10~20.live', base)?.mode).toBe('history'))
  it.each([
    null,
    '',
    '0m',
    '20~10',
    '5x',
    '15m.',
    '15m.nonsense/zone',
    '99999999999999999~99999999999999999999',
    'a'.repeat(500),
  ])('refuses %s', (text) => expect(parseWindowParam(text, base)).toBeNull())
})
