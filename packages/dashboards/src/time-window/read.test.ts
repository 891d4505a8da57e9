import { describe, expect, it } from 'vitest'
import { defaultTimeWindow, readTimeWindow, writeTimeWindow } from './read.ts'

describe('readTimeWindow', () => {
  const cases: [string, unknown, object][] = [
    ['nothing', undefined, defaultTimeWindow],
    ['no record', [1, 2], defaultTimeWindow],
    [
      'realtime, last',
      {
        selectedTab: 0,
        realtime: { realtimeType: 0, timewindowMs: 60_000, interval: 1000 },
        aggregation: { type: 'MAX', limit: 500 },
      },
      { mode: 'realtime', span: { kind: 'last', durationMs: 60_000 }, interval: 1_000, aggregation: 'MAX', limit: 500 },
    ],
    [
      'numbers as text',
      {
        selectedTab: '1',
        history: { historyType: '0', timewindowMs: '3600000', interval: '60000' },
        aggregation: { limit: '200' },
      },
      { mode: 'history', span: { kind: 'last', durationMs: 3_600_000 }, interval: 60_000, limit: 200 },
    ],
    [
      'no tab, realtime',
      { realtime: { timewindowMs: 5000 } },
      { mode: 'realtime', span: { kind: 'last', durationMs: 5000 } },
    ],
    [
      'no tab, history',
      { history: { timewindowMs: 5000 } },
      { mode: 'history', span: { kind: 'last', durationMs: 5000 } },
    ],
    [
      'quick before kinds were written',
      { realtime: { quickInterval: 'CURRENT_DAY' } },
      { mode: 'realtime', span: { kind: 'quick', interval: 'CURRENT_DAY' } },
    ],
    [
      'history of a preset',
      {
        selectedTab: 1,
        history: { historyType: 2, quickInterval: 'PREVIOUS_MONTH', interval: 'WEEK_ISO', timewindowMs: 1000 },
      },
      { mode: 'history', span: { kind: 'quick', interval: 'PREVIOUS_MONTH' }, interval: 'WEEK_ISO' },
    ],
    [
      'fixed, the wrong way round',
      { selectedTab: 1, history: { historyType: 1, fixedTimewindow: { startTimeMs: 900, endTimeMs: 100 } } },
      { span: { kind: 'fixed', startTs: 100, endTs: 900 } },
    ],
    [
      'all',
      { selectedTab: 1, history: { historyType: 3, timewindowMs: 1000 } },
      { mode: 'history', span: { kind: 'all' } },
    ],
    [
      'nonsense',
      {
        selectedTab: 7,
        realtime: { realtimeType: 9, timewindowMs: -5, interval: {} },
        aggregation: { type: 'MEDIAN', limit: -1 },
        timezone: 'Mars/Base',
      },
      {
        mode: 'realtime',
        span: defaultTimeWindow.span,
        interval: null,
        aggregation: 'AVG',
        limit: 25_000,
        timeZone: null,
      },
    ],
    ['zone', { timezone: 'Europe/Berlin' }, { timeZone: 'Europe/Berlin' }],
    [
      'interval of old aggregation',
      { realtime: { timewindowMs: 60_000 }, aggregation: { interval: 5000 } },
      { interval: 5_000 },
    ],
  ]
  it.each(cases)('%s', (_name, file, expected) => {
    expect(readTimeWindow(file)).toMatchObject(expected)
  })
})

describe('writeTimeWindow', () => {
  it('keeps what it does not know, and reads back', () => {
    const old = {
      hideAggregation: true,
      realtime: { advancedParams: { a: 1 }, interval: 1 },
      history: { historyType: 3 },
      aggregation: { interval: 7, extra: true },
      timezone: 'Asia/Tokyo',
    }
    const model = { ...defaultTimeWindow, interval: null, timeZone: null, limit: 9 }
    const written = writeTimeWindow(model, old)
    expect(readTimeWindow(written)).toEqual(model)
    expect(written).toMatchObject({
      hideAggregation: true,
      realtime: { advancedParams: { a: 1 } },
      history: { historyType: 3 },
      aggregation: { extra: true },
    })
    expect(old.aggregation.interval).toBe(7)
  })
  it.each([
    { kind: 'last', durationMs: 1_000 },
    { kind: 'quick', interval: 'YESTERDAY' },
    { kind: 'fixed', startTs: 1, endTs: 2 },
    { kind: 'all' },
  ] as const)('reads back $kind', (span) => {
    const model = { ...defaultTimeWindow, mode: 'history', span, interval: 'MONTH', timeZone: 'UTC' } as const
    expect(readTimeWindow(writeTimeWindow(model, null))).toEqual(model)
  })
})
