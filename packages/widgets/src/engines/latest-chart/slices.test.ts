import { expect, it } from 'vitest'
import { caseSeries } from '../../case-data/series.ts'
import { commonUnits, slicesOf, totalOf } from './slices.ts'
import { latestUpgrade } from './old-charts.ts'

const options = { units: 'kW', decimals: null, theme: 'light', isSorted: false } as const
const one = (entity: string, value: unknown, color?: string) =>
  caseSeries({
    id: `${entity} ${String(value)}`,
    entity,
    dataKey: { label: 'Power', ...(color ? { color } : {}) },
    points: [[0, value]],
  })

it('newest values become parts; what is no number is none, and what is below zero has no share', () => {
  const slices = slicesOf([one('A', '12.5'), one('A', 'strong'), one('A', -7), one('A', Number.NaN)], options)
  expect(slices.map(({ value }) => value)).toEqual([12.5, null, -7, null])
  expect(totalOf(slices)).toBe(12.5)
  expect(commonUnits(slices)).toBe('kW')
})

it('one key of several entities is told by their names and colours', () => {
  const slices = slicesOf([one('A', 1, '#ff0000'), one('B', 2, '#ff0000')], { ...options, isSorted: true })
  expect(slices.map(({ label }) => label)).toEqual(['B · Power', 'A · Power'])
  expect(new Set(slices.map(({ color }) => color)).size).toBe(2)
})

it('settings of the first generation become those of today', () => {
  expect(
    latestUpgrade(
      { radius: 1, innerRadius: 0.4, showLabels: false, stroke: { width: 5 }, legend: { show: false } },
      'charts.pie',
    ),
  ).toMatchObject({
    radius: 100,
    showLabel: false,
    borderWidth: 5,
    showLegend: false,
  })
  expect(latestUpgrade({ radius: 80 }, 'pie')).toEqual({ radius: 80 })
})
