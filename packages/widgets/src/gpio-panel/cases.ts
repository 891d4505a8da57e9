import { caseSeries } from '../case-data/series.ts'
import { casePins } from '../engines/gpio/case-pins.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const ts = Date.UTC(2026, 0, 1)
const ready = (values: Readonly<Record<string, unknown>>, staleSince: number | null = null): WidgetState => ({
  status: 'ready',
  staleSince,
  series: Object.entries(values).map(([key, value]) => caseSeries({ key, points: [[ts, value]] })),
})
const settings = { gpioList: casePins }

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'lit, dark and unknown', settings, state: ready({ 7: true, 11: 1, 12: 'true', 13: false }) },
  { name: 'stale', settings, state: ready({ 7: true, 11: 1, 12: false, 13: false, 16: true }, ts) },
  { name: 'odd values', settings, state: ready({ 7: 'warm', 11: Number.NaN, 12: { a: 1 }, 13: null }) },
  { name: 'no pins', settings: {}, state: ready({}) },
  {
    name: 'forty pins',
    settings: {
      gpioList: Array.from({ length: 40 }, (_, n) => ({
        ...{ pin: n + 1, label: `GPIO ${n} with a long name`, row: Math.floor(n / 2), col: n % 2 },
      })),
    },
    state: ready(Object.fromEntries(Array.from({ length: 40 }, (_, n) => [n + 1, n % 3 === 0]))),
  },
]
