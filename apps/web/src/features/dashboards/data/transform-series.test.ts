import { readTransformations } from '@thingwire/dashboards'
import type { WidgetSeries } from '@thingwire/widgets/manifests'
import { describe, expect, it } from 'vitest'
import { transformSeries } from './transform-series.ts'

const series = (
  entity: string,
  key: string,
  points: WidgetSeries['points'],
  more: Partial<WidgetSeries> = {},
): WidgetSeries => ({
  id: `${entity} ${key}`,
  ...{ datasource: 0, datasourceName: 'Pumps', role: 'main', points },
  entity: { id: { entityType: 'DEVICE', id: entity }, name: entity, label: '', type: 'pump' },
  dataKey: { name: key, label: key, type: 'timeseries', color: '#123456', units: 'bar', settings: { own: true } },
  ...more,
})
const a = series('A', 'in', [
  [10, 4],
  [20, 6],
])
const b = series('A', 'out', [
  [10, 1],
  [20, 2],
])
const beside = series('A', 'limit', [[5, 9]], { role: 'beside' })
const run = (list: readonly WidgetSeries[], files: object[], isLatest = false) =>
  transformSeries(list, readTransformations(files), { ts: 99, isLatest })

const joined = { type: 'join', by: 'time' }
const difference = {
  type: 'calculate',
  name: 'difference',
  units: 'bar',
  how: { kind: 'binary', left: { column: 'in' }, operation: '-', right: { column: 'out' } },
}

describe('series after transformations', () => {
  it('are the same where no step is on', () => {
    const list = [a, b]
    expect(run(list, [])).toBe(list)
    expect(run(list, [{ ...joined, off: true }])).toBe(list)
  })

  it('have what was calculated, and keep entity, colour and settings of what stays', () => {
    const [first, second, third, last] = run([a, b, beside], [joined, difference])
    expect(first).toMatchObject({
      entity: a.entity,
      dataKey: { name: 'in', color: '#123456', settings: { own: true } },
    })
    expect(second?.points).toEqual(b.points)
    expect(third).toMatchObject({ dataKey: { label: 'difference', units: 'bar' }, role: 'main' })
    expect(third?.points).toEqual([
      [10, 3],
      [20, 4],
    ])
    expect(last).toBe(beside)
  })

  it('of several entities keep what each column is of', () => {
    const level = series('B', 'level', [[10, 40]], {
      dataKey: { name: 'level', label: 'level', type: 'timeseries', units: '%', settings: {} },
    })
    expect(run([a, level], [joined]).map(({ entity, dataKey }) => [entity.name, dataKey.label, dataKey.units])).toEqual(
      [
        ['A', 'A · in', 'bar'],
        ['B', 'B · level', '%'],
      ],
    )
  })

  it('without times are one value each, of the entity or of the row', () => {
    const group = { type: 'group', by: ['Entity'], folds: [{ of: 'Value', how: 'max', as: 'highest' }] }
    expect(run([a, b, series('B', 'in', [[10, 8]])], [group])).toMatchObject([
      { entity: { name: 'A', id: { entityType: 'DEVICE' } }, dataKey: { label: 'highest' }, points: [[99, 6]] },
      { entity: { name: 'B' }, points: [[99, 8]] },
    ])
    const byKey = { type: 'group', by: ['Key'], folds: [{ of: 'Value', how: 'sum', as: 'sum' }] }
    const rows = run([a, b], [byKey])
    expect(rows.map(({ entity, points }) => [entity.name, points[0]?.[1]])).toEqual([
      ['in', 10],
      ['out', 3],
    ])
    expect(new Set(rows.map(({ entity }) => entity.id.id)).size).toBe(2)
  })

  it('of widgets for newest values have one point', () => {
    expect(run([a, b], [joined, difference], true).map(({ points }) => points.length)).toEqual([1, 1, 1])
  })

  it('survive steps that do not fit, and nothing at all', () => {
    expect(run([], [joined, difference])).toEqual([])
    expect(run([a], [{ type: 'pivot', rows: 'No', columns: 'Such', values: 'Column' }])[0]?.points).toEqual(a.points)
  })
})
