import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const ts = Date.UTC(2026, 0, 1)

const wind = (direction: unknown, speed?: unknown, staleSince: number | null = null): WidgetState => ({
  status: 'ready',
  staleSince,
  series: [
    caseSeries({
      key: 'direction',
      dataKey: { label: 'Wind direction', decimals: 0 },
      points: direction === undefined ? [] : [[ts, direction]],
    }),
    ...(speed === undefined
      ? []
      : [
          caseSeries({
            key: 'speed',
            dataKey: { label: 'Wind speed', units: 'm/s', decimals: 1 },
            points: [[ts, speed]],
          }),
        ]),
  ],
})

const ranges = {
  type: 'range',
  color: '#333333',
  rangeList: [
    { from: 0, to: 8, color: '#305AD7' },
    { from: 8, to: null, color: '#D81838' },
  ],
}

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'from the north-west', settings: {}, state: wind(315, 5.2) },
  {
    name: 'all eight directions, a storm',
    settings: { layout: 'advanced', centerValueColor: ranges },
    state: wind(80, 24.7),
  },
  {
    name: 'simplified, in degrees',
    settings: { layout: 'simplified', directionalNamesElseDegrees: false },
    state: wind(200, 1),
  },
  { name: 'direction alone', settings: {}, state: wind(45) },
  { name: 'turned more than once', settings: {}, state: wind(-450, 3) },
  { name: 'texts', settings: {}, state: wind('calm', 'no wind at all today') },
  { name: 'not a number', settings: {}, state: wind(Number.NaN, Number.NaN) },
  { name: 'huge numbers', settings: {}, state: wind(1e21, 1.25e21) },
  { name: 'null', settings: {}, state: wind(null, null) },
  { name: 'never reported', settings: {}, state: wind(undefined) },
  { name: 'stale', settings: {}, state: wind(120, 7.4, ts) },
  {
    name: 'on a dark ground of its own',
    settings: { background: { type: 'color', color: '#12263f' } },
    state: wind(10, 9),
  },
]
