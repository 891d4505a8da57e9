import { expect, it } from 'vitest'
import { orderedRanges, rangeEdges, rangeName } from './ranges.ts'
import { rangeChartSettings } from './manifest.ts'
import { asChart } from './ranges.ts'

const ranges = orderedRanges([
  { from: 30, to: null, color: 'red' },
  { from: null, to: 10, color: 'blue' },
  { from: 5, to: 30, color: 'green' },
  { from: null, to: null, color: 'none' },
])

it('ranges are in order and do not overlap', () => {
  expect(ranges.map(({ from, to }) => [from, to])).toEqual([
    [null, 10],
    [10, 30],
    [30, null],
  ])
  expect(ranges.map((range) => rangeName(range, String))).toEqual(['< 10', '10 – 30', '≥ 30'])
})

it('edges become thresholds, in the order of numbers', () => {
  expect(rangeEdges([...ranges, { from: 100, to: 9, color: '' }])).toEqual([9, 10, 30, 100])
  expect(asChart(rangeChartSettings.parse({}), ranges).thresholds.map((one) => one.value)).toEqual([10, 30])
  expect(asChart(rangeChartSettings.parse({ showRangeThresholds: false }), ranges).thresholds).toEqual([])
})
