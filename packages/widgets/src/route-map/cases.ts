import { caseSeries } from '../case-data/series.ts'
import { caseWay, wayStart, wayWindow } from '../case-data/ways.ts'
import type { WidgetCase, WidgetSeries, WidgetState } from '../widget.ts'

const ready = (series: WidgetSeries[], staleSince: number | null = null): WidgetState => ({
  ...{ status: 'ready', series, staleSince },
})
const window = wayWindow
const depot = (['latitude', 'longitude'] as const).map((key, index) =>
  caseSeries({
    entity: 'Depot',
    datasource: 1,
    role: 'beside',
    key,
    points: [[wayStart, index === 0 ? 38.714 : -9.136]],
  }),
)

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'a way and where it ended', settings: {}, state: ready(caseWay()), window },
  {
    ...{ name: 'dashes, and a depot beside it', window },
    settings: {
      trips: [
        { usePathDecorator: true, pathDecoratorSymbol: 'dash', pathDecoratorSymbolColor: '#ffffff', groups: ['Vans'] },
      ],
      markers: [{ groups: ['Depots'], markerShape: { shape: 'markerShape6', color: { color: '#e8590c' } } }],
    },
    state: ready([...caseWay(), ...depot]),
  },
  { name: 'nothing moved', settings: {}, state: ready(caseWay({ points: [] })), window },
  { name: 'stale', settings: {}, state: ready(caseWay(), wayStart), window },
]
