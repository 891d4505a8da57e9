import type { WidgetSeries, WidgetState } from '@thingwire/widgets/manifests'
import { widgetManifests } from '@thingwire/widgets/manifests'
import { expect, it } from 'vitest'
import { deviceId } from '../data/fake-server.ts'
import { createCut, isCut } from './past-state.ts'

const series = (id: string, times: readonly number[], role: WidgetSeries['role'] = 'main'): WidgetSeries => ({
  ...{ id, datasource: 0, datasourceName: '', role },
  entity: { id: deviceId(1), name: '', label: '', type: '' },
  dataKey: { name: 'a', type: 'timeseries', label: '', settings: {} } as WidgetSeries['dataKey'],
  points: times.map((ts) => [ts, ts]),
})
const ready = (...all: WidgetSeries[]): WidgetState => ({ status: 'ready', series: all, staleSince: null })
const timesOf = (state: WidgetState) =>
  state.status === 'ready' ? state.series.map(({ points }) => points.map(([ts]) => ts)) : []

it('what came after the moment is cut off, and what stays the same is the same', () => {
  const cut = createCut()
  const state = ready(series('a', [1, 5, 9]), series('b', [1, 2]), series('c', [7], 'beside'))
  const first = cut(state, 5)
  expect(timesOf(first)).toEqual([[1, 5], [1, 2], [7]])
  const second = cut(state, 8)
  expect(second.status === 'ready' && first.status === 'ready' && second.series[0] === first.series[0]).toBe(true)
  expect(timesOf(cut(state, 0))).toEqual([[], [], [7]])
  expect(timesOf(cut(state, 9))).toEqual([[1, 5, 9], [1, 2], [7]])
  const loading: WidgetState = { status: 'loading' }
  expect(cut(loading, 1)).toBe(loading)
})

it('tables and ways are cut, charts mark the moment', () => {
  const types = (is: boolean) =>
    widgetManifests.filter((one) => one.data === 'series' && isCut(one) === is).map(({ type }) => type)
  expect(types(true)).toEqual(
    expect.arrayContaining(['time-series-table', 'trip-map', 'route-map', 'value-chart-card']),
  )
  expect(types(false)).toEqual(expect.arrayContaining(['time-series-chart', 'line-chart', 'state-chart']))
})
