import { caseStart, caseWindow, chartCase, chartSeries, noticeCases, wave } from '../case-data/chart-cases.ts'
import type { WidgetCase } from '../widget.ts'

const one = chartSeries('Boiler', wave(0))
const humidity = chartSeries('Boiler', wave(9, 60, 6, 40), { name: 'humidity', label: 'Humidity', units: '%' })
const legend = { position: 'bottom', showMin: true, showMax: true, showAvg: true, showTotal: true, showLatest: true }
const hour = 3_600_000

export const cases: WidgetCase[] = [
  ...noticeCases,
  chartCase('one line', [one]),
  chartCase('two units, two axes', [one, humidity]),
  chartCase('all values in the legend', [one, humidity], { legendConfig: legend }),
  chartCase('legend at the right', [one, humidity], {
    legendConfig: { ...legend, position: 'right', showTotal: false },
  }),
  chartCase(
    'thresholds of the file and of a key beside',
    [
      one,
      chartSeries(
        'Boiler',
        [[caseStart, '[17.5]']],
        { name: 'least', label: 'Least', type: 'attribute' },
        { role: 'beside' },
      ),
    ],
    {
      thresholds: [
        { type: 'constant', value: 22, lineColor: '#D81838', lineType: 'dashed' },
        {
          type: 'latestKey',
          latestKey: 'least',
          latestKeyType: 'attribute',
          lineColor: '#305AD7',
          labelPosition: 'insideStartTop',
        },
      ],
    },
  ),
  chartCase('moments and stretches that are marked', [one], {
    annotations: [
      { time: caseStart + 12 * 60_000, label: 'Filter changed' },
      { time: caseStart + 30 * 60_000, endTime: caseStart + 42 * 60_000, label: 'Maintenance' },
    ],
  }),
  chartCase(
    'compared with the hour before',
    [
      one,
      chartSeries(
        'Boiler',
        wave(1).map(([ts, value]) => [ts - hour, value]),
        {},
        { role: 'comparison' },
      ),
    ],
    { comparisonEnabled: true },
    { comparison: { startTs: caseWindow.startTs - hour, endTs: caseWindow.endTs - hour } },
  ),
  chartCase('a gap, and a point alone', [
    chartSeries(
      'Boiler',
      wave(0).filter((_, i) => i < 20 || i === 30 || i > 40),
    ),
  ]),
  chartCase(
    'raw points, points and labels',
    [
      chartSeries('Boiler', wave(0, 12), {
        settings: { lineSettings: { showPoints: true, showPointLabel: true, smooth: true } },
      }),
    ],
    {},
    { interval: 0 },
  ),
  chartCase('100,000 points', [chartSeries('Boiler', wave(0, 100_000, 3))], {}, { interval: 0 }),
  chartCase(
    '20 series',
    Array.from({ length: 20 }, (_, i) => chartSeries(`Boiler ${i + 1}`, wave(i * 1.7))),
  ),
  chartCase(
    'a logarithmic axis',
    [
      chartSeries(
        'Boiler',
        wave(0).map(([ts], i) => [ts, 10 ** (i / 12)]),
        { units: 'Pa' },
      ),
    ],
    {
      yAxes: { default: { logScale: true } },
    },
  ),
  chartCase('texts, holes, extremes and disorder', [
    chartSeries('Boiler', [
      [caseStart + 50 * 60_000, '21.5'],
      [caseStart, Number.NaN],
      [caseStart + 60_000, 'warm'],
      [caseStart + 20 * 60_000, null],
      [caseStart + 21 * 60_000, 19],
      [caseStart + 22 * 60_000, 22],
      [caseStart + 90 * 60_000, 30],
    ]),
  ]),
  chartCase(
    'the largest numbers there are',
    [
      chartSeries(
        'Boiler',
        [
          [caseStart, 1e308],
          [caseStart + 30 * 60_000, -1e308],
          [caseStart + 59 * 60_000, 1],
        ],
        { units: '' },
      ),
    ],
    {},
    { interval: 0 },
  ),
  chartCase('one point', [chartSeries('Boiler', [[caseStart + 30 * 60_000, 20]])]),
  chartCase('no points', [chartSeries('Boiler', [])]),
  chartCase('stale', [one], {}, { state: { status: 'ready', series: [one], staleSince: caseStart } }),
  chartCase('a ground of its own', [one], { background: { type: 'color', color: '#0b2545' } }),
  chartCase(
    'ticks and values by functions',
    [one],
    {
      yAxes: { default: { ticksFormatter: 'return value + "!"' } },
    },
    {
      host: {
        functions: {
          callMany: async (_code, _names, calls) =>
            calls.map(([value]) => ({ ok: true, value: `${String(value)} deg` })),
        },
      },
    },
  ),
  chartCase(
    'a function that fails',
    [one],
    { yAxes: { default: { ticksFormatter: 'return nothing' } } },
    {
      host: {
        functions: {
          callMany: async (_code, _names, calls) => calls.map(() => ({ ok: false, message: 'nothing is not defined' })),
        },
      },
    },
  ),
]
