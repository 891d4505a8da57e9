import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetSeries, WidgetState } from '../widget.ts'

const ts = Date.UTC(2026, 0, 1)
const ready = (series: WidgetSeries[], staleSince: number | null = null): WidgetState => ({
  ...{ status: 'ready', series, staleSince },
})
const at = (entity: string, xPos: unknown, yPos: unknown, temperature: unknown = 20, datasource = 0): WidgetSeries[] =>
  Object.entries({ xPos, yPos, temperature }).map(([key, value]) =>
    caseSeries({
      entity,
      datasource,
      key,
      dataKey: { type: 'attribute' },
      points: value === undefined ? [] : [[ts, value]],
    }),
  )
const value = (entity: string, key: string, one: unknown, datasource: number) =>
  caseSeries({ entity, key, datasource, points: [[ts, one]] })

const floor = (width: number, height: number) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="#eef1f5"/><g fill="none" stroke="#64707f" stroke-width="6"><rect x="20" y="20" width="${width - 40}" height="${height - 40}"/><path d="M20 ${height / 2}H${width - 20}M${width / 3} 20V${height / 2}M${(width * 2) / 3} ${height / 2}V${height - 20}"/></g></svg>`,
  )}`
const imageSource = { sourceType: 'image', url: floor(900, 600) }
const rooms = [
  ...at('Office', 0.15, 0.25, 21),
  ...at('Hall', 0.6, 0.25, 18),
  ...at('Server room', 0.4, 0.75, 29),
  ...at('Store', 0.85, 0.8, 12),
]
const byTemperature = {
  ...{ type: 'range', color: '#7f8794', rangeKey: { name: 'temperature' } },
  range: [
    { from: null, to: 16, color: '#307FE5' },
    { from: 16, to: 25, color: '#2f9e44' },
    { from: 25, to: null, color: '#d81838' },
  ],
}
const label = { pattern: '${entityName}: ${temperature:0} °C' }
const edit = { enabledActions: ['add', 'edit', 'move', 'remove'] }

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  {
    name: 'markers on a floor',
    settings: { imageSource, markers: [{ label, markerShape: { color: byTemperature } }] },
    state: ready(rooms),
  },
  {
    name: 'icons that may be moved, and a room to be placed',
    settings: {
      imageSource,
      markers: [{ edit, markerType: 'icon', markerIcon: { icon: 'thermostat', size: 36, color: byTemperature } }],
    },
    state: ready([...rooms, ...at('Cellar', undefined, undefined)]),
  },
  {
    name: 'rooms as areas, striped, and a circle',
    settings: {
      imageSource,
      polygons: [
        { edit, polygonKey: { name: 'area' }, fillType: 'stripe', label: { show: true }, tooltip: { show: true } },
      ],
      circles: [
        {
          circleKey: { name: 'zone' },
          fillColor: { color: 'rgba(232, 89, 12, 0.3)' },
          strokeColor: { color: '#e8590c' },
        },
      ],
    },
    state: ready([
      value(
        'Office',
        'area',
        [
          [0.03, 0.05],
          [0.33, 0.05],
          [0.33, 0.49],
          [0.03, 0.49],
        ],
        0,
      ),
      value('Access point', 'zone', '{"latitude":0.6,"longitude":0.3,"radius":0.12}', 1),
    ]),
  },
  {
    name: 'a tall picture from an attribute',
    settings: {
      imageSource: { sourceType: 'entityKey', entityKey: { name: 'plan', label: 'plan' } },
      markers: [{ markerShape: { shape: 'markerShape4' } }],
    },
    state: ready([...at('Lift', 0.5, 0.5), value('Tower', 'plan', floor(300, 900), 1)]),
  },
  {
    name: 'positions outside the picture',
    settings: { imageSource },
    state: ready([
      ...at('Text', '0.5', ' 0.5 '),
      ...at('Beyond', 3, 0.5),
      ...at('Negative', -0.1, 0.5),
      ...at('Words', 'left', 'top'),
      ...at('Wrong', Number.NaN, 0.4),
      ...at('Nothing', undefined, undefined),
    ]),
  },
  { name: 'no picture is set', settings: {}, state: ready(rooms) },
  {
    name: 'a picture that is none',
    settings: { imageSource: { sourceType: 'image', url: 'https://example.org/elsewhere.png' } },
    state: ready(rooms),
  },
  { name: 'stale', settings: { imageSource }, state: ready(rooms, ts) },
]
