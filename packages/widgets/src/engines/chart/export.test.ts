import { expect, it } from 'vitest'
import { caseSeries } from '../../case-data/series.ts'
import { arrange } from './arrange.ts'
import { csvFile, tableOf } from './export.ts'
import type { Frame } from './frame.ts'
import { keyReader } from './read-key.ts'
import { chartKeySettings } from './key-settings.ts'
import { chartSettingsSchema } from './settings.ts'
import { type ChartWords, chartWords } from './words.ts'

const words: ChartWords = (key) => chartWords[key]
const noon = Date.UTC(2026, 5, 1, 12)

const frame = (): Frame => {
  const settings = chartSettingsSchema.parse({})
  const series = [
    caseSeries({
      id: 'a',
      dataKey: { label: 'Temperature', units: '°C' },
      points: [
        [noon - 1, 1],
        [noon, 21.123456],
        [noon + 1_000, '22'],
      ],
    }),
    caseSeries({
      id: 'b',
      dataKey: { label: '=cmd()', units: null },
      points: [
        [noon, 'on'],
        [noon + 9e9, 5],
      ],
    }),
    caseSeries({ id: 'c', points: [[noon, 7]] }),
  ]
  const tokens = {
    ink: '',
    'ink-2': '',
    'ink-3': '',
    line: '',
    'line-strong': '',
    surface: '',
    raised: '',
    hover: '',
    accent: '',
    danger: '',
    warn: '',
    ok: '',
  }
  const theme = { scheme: 'light', font: '', tokens, series: [] } as const
  return {
    ...arrange({
      series,
      settings,
      readKey: keyReader(chartKeySettings()),
      theme,
      defaults: { units: null, decimals: null },
      comparisonWord: '',
    }),
    courses: new Map(),
    hidden: new Set(['c']),
    range: { startTs: noon, endTs: noon + 2_000 },
    comparison: null,
    isPassing: false,
    interval: 0,
    size: { width: 1, height: 1 },
    theme,
    locale: 'en',
    timeZone: 'Europe/Berlin',
    settings,
    look: {},
    besides: [],
    formats: { get: () => undefined, error: () => null },
  }
}

it('a table of a chart has what is seen: shown series, the window, times of the zone, values as they came', () => {
  expect(tableOf(frame(), words)).toEqual({
    header: ['Time (Europe/Berlin)', 'Temperature (°C)', '=cmd()'],
    rows: [
      ['2026-06-01 14:00:00.000', 21.123456, 'on'],
      ['2026-06-01 14:00:01.000', '22', null],
    ],
  })
})

it('the file is one that spreadsheets read as text and never run', async () => {
  const { name, content } = csvFile(frame(), 'Hall 1 / temperature', words)
  expect(name).toBe('Hall-1-temperature.csv')
  const bytes = new Uint8Array(await content.arrayBuffer())
  expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf])
  expect(new TextDecoder().decode(bytes)).toContain("'=cmd()")
})
