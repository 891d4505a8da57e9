import { caseSeries } from '../case-data/series.ts'
import { idleHost } from '../host/idle-host.ts'
import type { WidgetCase, WidgetState } from '../widget.ts'
import { tankShapes } from './manifest.ts'

const ready = (value: unknown, staleSince: number | null = null): WidgetState => ({
  status: 'ready',
  staleSince,
  series: [
    caseSeries({
      key: 'level',
      dataKey: { label: 'Level', units: '%', decimals: 0 },
      points: value === undefined ? [] : [[Date.UTC(2026, 0, 1), value]],
    }),
  ],
})
const ranges = (low: string, high: string) => ({
  type: 'range',
  color: high,
  rangeList: [
    { from: null, to: 20, color: low },
    { from: 20, to: null, color: high },
  ],
})
const host: WidgetCase['host'] = {
  values: {
    ...idleHost({}).values,
    useAttributes: () => [
      { scope: 'SERVER_SCOPE', key: 'tankShape', ts: 0, value: 'Horizontal Capsule' },
      { scope: 'SERVER_SCOPE', key: 'volume', ts: 0, value: 1_200 },
    ],
  },
}

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  ...tankShapes.map((selectedShape, index) => ({
    name: selectedShape,
    settings: { selectedShape },
    state: ready(35 + index * 5),
  })),
  { name: 'an amount of a volume', settings: { layout: 'absolute', units: 'L' }, state: ready(62) },
  {
    name: 'reported in litres, shown in percent',
    settings: { datasourceUnits: 'L', volumeConstant: 2, volumeUnits: 'm³' },
    state: ready(840),
  },
  { name: 'the picture alone', settings: { layout: 'simple' }, state: ready(62) },
  {
    name: 'low, coloured by ranges',
    settings: { liquidColor: ranges('#E27C7C', '#7A8BFF'), tankColor: ranges('#E73535', '#242770') },
    state: ready(9),
  },
  {
    name: 'described by attributes',
    settings: { tankSelectionType: 'attribute', volumeSource: 'attribute', layout: 'absolute', units: 'L' },
    state: ready(50),
    host,
  },
  {
    name: 'attributes that are missing',
    settings: { volumeUnitsSource: 'attribute', layout: 'absolute', units: 'L' },
    state: ready(50),
    host,
  },
  { name: 'fuller than full', settings: {}, state: ready(135) },
  { name: 'less than empty', settings: {}, state: ready(-5) },
  { name: 'a text', settings: {}, state: ready('unknown') },
  { name: 'null', settings: {}, state: ready(null) },
  { name: 'not a number', settings: {}, state: ready(Number.NaN) },
  { name: 'never reported', settings: {}, state: ready(undefined) },
  { name: 'stale', settings: {}, state: ready(62, Date.UTC(2026, 0, 1)) },
]
