import { expect, it } from 'vitest'
import { shownRange, thresholdStart } from './threshold-start.ts'

const series = (values: readonly unknown[], more: { role?: string; yAxisId?: string } = {}) => ({
  role: more.role ?? 'main',
  dataKey: { settings: more.yAxisId === undefined ? {} : { yAxisId: more.yAxisId } },
  points: values.map((value, index) => [index, value] as const),
})
const first = { id: 'default', isLog: false }

it.each([
  [16.35, 16.83, 16.6],
  [0, 100, 60],
  [-5, 5, 0],
  [1e9, 3e9, 2e9],
  [-1.7e308, 1.7e308, 0],
  [0.001, 0.0018, 0.0014],
  [21.5, 21.5, 21.5],
  [0, 0, 0],
])('between %d and %d a line begins at %d', (least, most, at) => {
  expect(thresholdStart({ least, most }, [])).toBe(at)
})

it.each([
  [16.35, 16.83],
  [-273.15, -40.01],
  [99_999.1, 100_000.3],
  [1e-9, 7e-9],
  [-1e300, 3],
])('a line never begins beyond %d and %d', (least, most) => {
  for (const taken of [[], [thresholdStart({ least, most }, [])]]) {
    const at = thresholdStart({ least, most }, taken)
    expect(at).toBeGreaterThanOrEqual(least)
    expect(at).toBeLessThanOrEqual(most)
  }
})

it('further lines stand beside the first', () => {
  const range = { least: 0, most: 100 }
  const one = thresholdStart(range, [])
  const two = thresholdStart(range, [one])
  expect(new Set([one, two, thresholdStart(range, [one, two])]).size).toBe(3)
})

it('where nothing is seen it begins at zero', () => {
  expect(thresholdStart(shownRange([], first), [])).toBe(0)
  expect(thresholdStart(shownRange([series(['on', null, Number.NaN, ''])], first), [])).toBe(0)
})

it('what counts is what stands on the axis, and not what is compared with', () => {
  const all = [series([20, '24']), series([900, 1000], { yAxisId: 'axis2' }), series([-50], { role: 'comparison' })]
  expect(shownRange(all, first)).toEqual({ least: 20, most: 24 })
  expect(shownRange(all, { id: 'axis2', isLog: false })).toEqual({ least: 900, most: 1000 })
  expect(shownRange(all, { id: 'axis3', isLog: false })).toEqual({ least: 20, most: 1000 })
})

it('on a logarithmic axis it stands above zero', () => {
  expect(shownRange([series([-3, 0, 10, 1000])], { id: 'default', isLog: true })).toEqual({ least: 10, most: 1000 })
})
