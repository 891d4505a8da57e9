import { idleHost } from '../host/idle-host.ts'
import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetSeries, WidgetState } from '../widget.ts'

const ts = Date.UTC(2026, 0, 1)
const ready = (series: WidgetSeries[], staleSince: number | null = null): WidgetState => ({
  status: 'ready',
  series,
  staleSince,
})
const at = (entity: string, latitude: unknown, longitude: unknown, temperature: unknown = 20): WidgetSeries[] =>
  Object.entries({ latitude, longitude, temperature }).map(([key, value]) =>
    caseSeries({ entity, key, points: value === undefined ? [] : [[ts, value]] }),
  )
const value = (entity: string, key: string, one: unknown, datasource: number) =>
  caseSeries({ entity, key, datasource, points: [[ts, one]] })

const cities = [
  ...at('Lisbon', 38.72, -9.14, 24),
  ...at('Paris', 48.86, 2.35, 17),
  ...at('Munich', 48.14, 11.58, 9),
  ...at('Warsaw', 52.23, 21.01, 4),
  ...at('Athens', 37.98, 23.73, 28),
]
const byTemperature = {
  type: 'range',
  color: '#7f8794',
  rangeKey: { name: 'temperature' },
  range: [
    { from: null, to: 10, color: '#307FE5' },
    { from: 10, to: 22, color: '#2f9e44' },
    { from: 22, to: null, color: '#e8590c' },
  ],
}
/** Spread evenly over the land and sea of the middle latitudes, the same every time. */
const many = Array.from({ length: 10_000 }, (_, index) =>
  at(`Meter ${index + 1}`, -50 + ((index * 0.618034) % 1) * 115, -170 + ((index * 0.754878) % 1) * 340, index % 40),
).flat()
const area = [
  [47.9, 11.2],
  [48.4, 11.3],
  [48.35, 12],
  [47.95, 11.9],
]
const editable = { edit: { enabledActions: ['add', 'edit', 'move', 'remove'], snappable: true } }
/** Roofs from above. */
const roofs = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><rect width="80" height="80" fill="#c9d7e6"/><path d="M0 40h80M40 0v80M0 0l80 80M80 0L0 80" stroke="#5b7ea4" stroke-width="4"/></svg>',
)}`
const lake = [
  [47.6, 12.1],
  [47.9, 12.3],
  [47.8, 12.7],
  [47.5, 12.6],
]
const tooltip = { pattern: '<b>${entityName}</b><br/>${temperature:1} °C' }

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  {
    name: 'coloured by a value',
    settings: { markers: [{ markerShape: { color: byTemperature }, tooltip }], scales: ['metric'] },
    state: ready(cities),
  },
  {
    name: 'areas, circles and lines',
    settings: {
      markers: [{}],
      polygons: [{ polygonKey: { name: 'area' }, label: { show: true }, tooltip: { show: true } }],
      circles: [
        {
          circleKey: { name: 'zone' },
          fillColor: { color: 'rgba(232, 89, 12, 0.25)' },
          strokeColor: { color: '#e8590c' },
        },
      ],
      polylines: [{ polylineKey: { name: 'way' }, strokeColor: { color: '#2f9e44' } }],
    },
    state: ready([
      ...at('Depot', 48.14, 11.58),
      value('Munich', 'area', area, 1),
      value('Alps', 'zone', '{"latitude":47.4,"longitude":11.2,"radius":20000}', 2),
      value(
        'Brenner',
        'way',
        JSON.stringify([
          [48.14, 11.58],
          [47.6, 11.4],
          [47.26, 11.39],
        ]),
        3,
      ),
    ]),
  },
  {
    name: '10,000 markers, gathered',
    settings: { markers: [{ tooltip, markerClustering: { enable: true } }] },
    state: ready(many),
  },
  {
    name: '10,000 markers, each for itself',
    settings: { markers: [{ label: { show: false }, markerShape: { size: 20, color: byTemperature } }] },
    state: ready(many),
  },
  {
    name: 'areas filled with a picture and with stripes',
    settings: {
      polygons: [
        {
          ...{
            polygonKey: { name: 'area' },
            label: { show: true },
            fillType: 'image',
            strokeColor: { color: '#35608f' },
          },
          fillImage: { image: roofs, opacity: 0.85, angle: 20, scale: 1.5 },
        },
        {
          ...{
            polygonKey: { name: 'lake' },
            label: { show: true },
            fillType: 'stripe',
            strokeColor: { color: '#2f9e44' },
          },
          fillStripe: { color: { color: '#2f9e44' }, spaceColor: { color: 'rgba(47,158,68,0.15)' } },
        },
      ],
    },
    state: ready([value('Munich', 'area', area, 0), value('Chiemsee', 'lake', lake, 1)]),
  },
  {
    name: 'gathered markers coloured by a function',
    settings: {
      markers: [
        {
          tooltip,
          markerClustering: {
            enable: true,
            useClusterMarkerColorFunction: true,
            clusterMarkerColorFunction: 'return childCount > 500 ? "#e8590c" : "#2f9e44"',
          },
        },
      ],
    },
    state: ready(many),
    host: {
      functions: {
        callMany: async (_code, _names, calls) =>
          calls.map(([, count]) => ({ ok: true, value: Number(count) > 500 ? '#e8590c' : '#2f9e44' })),
      },
    },
  },
  {
    name: 'several at one spot, which a click spreads',
    settings: { markers: [{ tooltip, markerClustering: { enable: true, spiderfyOnMaxZoom: true } }] },
    state: ready([
      ...Array.from({ length: 14 }, (_, index) => at(`Meter ${index + 1}`, 48.14, 11.58, index)).flat(),
      ...at('Lisbon', 38.72, -9.14, 24),
    ]),
  },
  {
    name: 'viewers see what they may not change',
    settings: {
      dragModeButton: true,
      markers: [{ ...editable }],
      polygons: [{ ...editable, polygonKey: { name: 'area' } }],
    },
    state: ready([...at('Depot', 48.14, 11.58), value('Munich', 'area', area, 1)]),
    host: { values: { ...idleHost({}).values, mayWrite: () => false } },
  },
  {
    name: 'viewers add, drag, change and remove places',
    settings: {
      dragModeButton: true,
      markers: [{ ...editable, groups: ['Depots'], tooltip: { offsetX: 0.5 } }],
      polygons: [{ ...editable, polygonKey: { name: 'area' }, groups: ['Areas'] }],
      mapActionButtons: [
        { label: 'Help', icon: 'help', color: '#e8590c', action: { type: 'openURL', url: 'https://example.org' } },
      ],
    },
    state: ready([...at('Depot', 48.14, 11.58), value('Munich', 'area', area, 1)]),
  },
  {
    name: 'wrong and missing positions',
    settings: {},
    state: ready([
      ...at('Text', '51.5', ' -0.12 '),
      ...at('Wrong', Number.NaN, 4),
      ...at('Beyond', 120, 4),
      ...at('Words', 'north', 'east'),
      ...at('Nothing', undefined, undefined),
      ...at('x'.repeat(5_000), 45, 5),
    ]),
  },
  { name: 'nobody has a position', settings: {}, state: ready(at('Cellar', undefined, undefined)) },
  {
    name: 'labels by a function that fails',
    settings: { markers: [{ label: { type: 'function', patternFunction: 'return data.a.b' } }] },
    state: ready(cities),
    host: {
      functions: {
        callMany: async (_code, _names, calls) => calls.map(() => ({ ok: false, message: 'a is undefined' })),
      },
    },
  },
  { name: 'stale', settings: { controlsPosition: 'bottomright' }, state: ready(cities, ts) },
]
