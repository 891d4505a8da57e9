import { caseWay, wayStart, wayWindow } from '../case-data/ways.ts'
import type { WidgetCase, WidgetSeries, WidgetState } from '../widget.ts'

const ready = (series: WidgetSeries[], staleSince: number | null = null): WidgetState => ({
  ...{ status: 'ready', series, staleSince },
})
const bySpeed = {
  ...{ type: 'range', color: '#7f8794', rangeKey: { name: 'speed' } },
  range: [
    { from: null, to: 40, color: '#2f9e44' },
    { from: 40, to: 60, color: '#e8590c' },
    { from: 60, to: null, color: '#d81838' },
  ],
}
const tooltip = { pattern: '<b>${entityName}</b><br/>${speed:0} km/h, fuel ${fuel} %<br/>${minTime} – ${maxTime}' }
const window = wayWindow

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  {
    ...{ name: 'one way, coloured by speed', window },
    settings: { trips: [{ tooltip, pathStrokeColor: bySpeed, pathStrokeWeight: 5 }] },
    state: ready(caseWay()),
  },
  {
    ...{ name: 'two ways with points and arrows', window },
    settings: {
      trips: [
        {
          ...{ everySource: true, tooltip, showPoints: true, pointSize: 8, usePathDecorator: true },
          pathDecoratorRepeat: 40,
          pathDecoratorSymbolColor: '#1f2937',
          markerShape: { shape: 'tripMarkerShape1' },
        },
      ],
    },
    state: ready([...caseWay(), ...caseWay({ entity: 'Van 2', shift: 0.003 })]),
  },
  {
    ...{ name: 'a marker with an icon, which stays upright', window },
    settings: {
      trips: [
        {
          rotateMarker: false,
          markerType: 'icon',
          markerIcon: { icon: 'local_shipping', color: { color: '#8b5cf6' } },
        },
      ],
      tripTimeline: { snapToRealLocation: true, speedOptions: [1, 10, 60], timeStep: 1_000 },
    },
    state: ready(caseWay()),
  },
  {
    ...{ name: 'stops at some of its points; arrows in the middle of the way', window },
    settings: {
      trips: [
        {
          ...{ tooltip, showPoints: true, usePathDecorator: true, pathDecoratorSymbolColor: '#1f2937' },
          ...{ pathDecoratorOffset: 60, pathEndDecoratorOffset: 60, pathDecoratorRepeat: 30 },
        },
      ],
      tripTimeline: { snapToRealLocation: true, locationSnapFilter: 'return data.speed < 50', timeStep: 1_000 },
    },
    state: ready(caseWay()),
  },
  {
    ...{ name: 'over the date line', window },
    settings: { trips: [{}] },
    state: ready(
      caseWay({
        points: [
          [-18, 177],
          [-17, 179.5],
          [-16, -178],
          [-15, -175.5],
        ],
      }),
    ),
  },
  {
    ...{ name: 'wrong positions in between', window },
    settings: { trips: [{}] },
    state: ready(
      caseWay({
        points: [
          [38.7, -9.14],
          [Number.NaN, -9.13],
          ['38.71', '-9.13'],
          [200, 4],
          ['here', null],
          [38.72, -9.12],
        ],
      }),
    ),
  },
  {
    ...{ name: 'a single position', window },
    settings: { trips: [{}] },
    state: ready(caseWay({ points: [[38.71, -9.13]] })),
  },
  { name: 'nothing moved', settings: {}, state: ready(caseWay({ points: [] })), window },
  { name: 'stale', settings: {}, state: ready(caseWay(), wayStart), window },
]
