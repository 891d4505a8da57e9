// biome-ignore-all lint/suspicious/noTemplateCurlyInString: tokens of dashboard files are written so
import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'

const ts = Date.UTC(2026, 0, 1)
const ready = (value: unknown, staleSince: number | null = null): WidgetState => ({
  status: 'ready',
  staleSince,
  series: [
    caseSeries({
      entity: 'Boiler',
      key: 'temperature',
      dataKey: { decimals: 1 },
      points: value === undefined ? [] : [[ts, value]],
    }),
    caseSeries({ entity: 'Boiler', key: 'state', points: [[ts, 'heating']] }),
  ],
})
const drawing = encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200" viewBox="0 0 320 200"><rect width="320" height="200" fill="#dfe7ee"/><rect x="100" y="40" width="90" height="130" rx="14" fill="#9fb3c6"/><path d="M190 70h90v60h40M100 130H20" fill="none" stroke="#7b93aa" stroke-width="12"/></svg>',
)
const backgroundImageUrl = `data:image/svg+xml,${drawing}`
const labels = [
  { pattern: '${temperature:1} °C', x: 38, y: 30, font: { size: 9, color: '#b3261e', weight: '500' } },
  { pattern: '${entityName}: ${state}', x: 4, y: 6, font: { size: 7 } },
]

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'values on a picture', settings: { backgroundImageUrl, labels }, state: ready(81.46) },
  {
    name: 'labels with a ground of their own',
    settings: {
      backgroundImageUrl,
      labels: labels.map((label) => ({ ...label, font: { size: 8 }, backgroundColor: '#3F52DD' })),
    },
    state: ready(81.46),
  },
  { name: 'no picture', settings: { labels }, state: ready(81.46) },
  { name: 'never reported', settings: { backgroundImageUrl, labels }, state: ready(undefined) },
  { name: 'not a number', settings: { backgroundImageUrl, labels }, state: ready(Number.NaN) },
  {
    name: 'a long text, off the picture, with markup',
    settings: {
      backgroundImageUrl,
      labels: [
        { pattern: `<b>${'long '.repeat(60)}</b>`, x: 60, y: 80 },
        { pattern: '${#0}', x: 400, y: -20 },
      ],
    },
    state: ready(1),
  },
  { name: 'stale', settings: { backgroundImageUrl, labels }, state: ready(81.46, ts) },
]
