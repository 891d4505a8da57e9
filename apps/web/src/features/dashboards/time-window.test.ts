import { timewindowSchema } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { choose, defaultWindow, formatWindow, fromFile, parseWindow, tickMs, windowPresets } from './time-window.ts'

describe('the time window in the URL', () => {
  it.each([...windowPresets, '45s', '90m', '1700000000000~1700003600000'])(
    'survives reading and writing of %s',
    (text) => {
      const window = parseWindow(text)
      expect(window).not.toBeNull()
      expect(window && formatWindow(window)).toBe(text === '90m' ? '90m' : text)
    },
  )

  it.each(['', '0m', '15', 'm', '-5m', '9999999d', '5~4', '1700000000000~', null, '<script>'])('ignores %j', (text) => {
    expect(parseWindow(text)).toBeNull()
  })
})

describe('the time window of a file', () => {
  it('is live for the given time', () => {
    const file = timewindowSchema.parse({
      selectedTab: 0,
      realtime: { timewindowMs: 300_000 },
      aggregation: { type: 'MAX' },
    })
    expect(fromFile(file)).toEqual({ window: { kind: 'last', durationMs: 300_000 }, agg: 'MAX', limit: 25_000 })
  })

  it('may be a fixed stretch of the past', () => {
    const history = { historyType: 1, fixedTimewindow: { startTimeMs: 1, endTimeMs: 2 } }
    expect(fromFile(timewindowSchema.parse({ selectedTab: 1, history })).window).toEqual({
      kind: 'fixed',
      startTs: 1,
      endTs: 2,
    })
  })

  it('has a default when the file says nothing', () => {
    expect(fromFile(undefined).window).toEqual(defaultWindow)
    expect(fromFile(timewindowSchema.parse({})).window).toEqual(defaultWindow)
  })

  it('gives way to the URL, part by part', () => {
    const file = fromFile(undefined)
    expect(choose({ w: '1h', agg: 'nonsense' }, file)).toMatchObject({ window: { durationMs: 3_600_000 }, agg: 'AVG' })
    expect(choose({ w: null, agg: 'SUM' }, file)).toMatchObject({ window: defaultWindow, agg: 'SUM' })
  })
})

describe('the moving edge', () => {
  it('moves every second at most and every half minute at least', () => {
    expect(tickMs(60_000)).toBe(1_000)
    expect(tickMs(3_600_000)).toBe(6_000)
    expect(tickMs(30 * 86_400_000)).toBe(30_000)
  })
})
