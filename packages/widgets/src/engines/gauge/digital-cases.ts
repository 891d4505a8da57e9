import { caseSeries } from '../../case-data/series.ts'
import type { WidgetCase, WidgetState } from '../../widget.ts'

const ts = Date.UTC(2026, 0, 1)

export const gaugeState = (
  value: unknown,
  staleSince: number | null = null,
  label = 'Speed',
  units = 'km/h',
): WidgetState => ({
  status: 'ready',
  staleSince,
  series: [
    caseSeries({
      key: 'speed',
      dataKey: { label, units, decimals: 0, color: '#2f6fdb' },
      points: value === undefined ? [] : [[ts, value]],
    }),
  ],
})

/** What every gauge has to stand. */
export const plainGaugeCases = (settings: Record<string, unknown> = {}): WidgetCase[] => [
  { name: 'waiting for the first answer', settings, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'a number', settings, state: gaugeState(64) },
  { name: 'at the lower end', settings, state: gaugeState(0) },
  { name: 'beyond the upper end', settings, state: gaugeState(1_340) },
  { name: 'below the lower end', settings, state: gaugeState(-1_000) },
  { name: 'a huge number', settings, state: gaugeState(1.25e21) },
  { name: 'a text', settings, state: gaugeState('starting up') },
  { name: 'null', settings, state: gaugeState(null) },
  { name: 'not a number', settings, state: gaugeState(Number.NaN) },
  { name: 'never reported', settings, state: gaugeState(undefined) },
  { name: 'stale', settings, state: gaugeState(64, ts) },
]

/** The same, and the looks of digital gauges. */
export const digitalGaugeCases: WidgetCase[] = [
  ...plainGaugeCases(),
  {
    name: 'levels of an older file, with title and time',
    settings: {
      barColor: { type: 'gradient', color: '', gradient: { gradient: ['#008000', '#fbc02d', '#f44336'] } },
      showTitle: true,
      showUnitTitle: true,
      showTimestamp: true,
    },
    state: gaugeState(82),
  },
  {
    name: 'in segments, with a glow and ticks',
    settings: {
      dashThickness: 1.5,
      neonGlowBrightness: 40,
      showTicks: true,
      ticksValue: [
        { type: 'constant', value: 30 },
        { type: 'constant', value: 80 },
      ],
      gaugeWidthScale: 1,
    },
    state: gaugeState(57),
  },
  { name: 'round ends', settings: { roundedLineCap: true, gaugeWidthScale: 0.5 }, state: gaugeState(57) },
  {
    name: 'a long title',
    settings: { showTitle: true, title: 'Speed of the second conveyor belt behind the sorting plant' },
    state: gaugeState(57),
  },
]
