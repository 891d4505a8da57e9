import { readDashboard } from '@thingwire/dashboards'
import { expect, test } from 'vitest'
import { arrange } from './arrange.ts'
import { fitted, noHeights, withHeight } from './fit.ts'

const places = {
  box: { col: 0, row: 0, sizeX: 12, sizeY: 6 },
  beside: { col: 12, row: 0, sizeX: 12, sizeY: 4 },
  below: { col: 0, row: 6, sizeX: 24, sizeY: 2 },
}
const arrangement = (boxes: object = places) => {
  const { document } = readDashboard({
    widgets: Object.fromEntries(Object.keys(boxes).map((id) => [id, { id, typeFullFqn: 'system.x', config: {} }])),
    states: { default: { root: true, layouts: { main: { widgets: boxes, gridSettings: { columns: 24 } } } } },
  })
  const layout = document.states.get('default')?.layouts.main
  if (!layout) throw new Error('no layout')
  return arrange(layout, 1_400)
}
const track = { row: 40, gap: 10 }
const rowsOf = (heights: ReadonlyMap<string, number>, boxes?: object) =>
  Object.fromEntries(fitted(arrangement(boxes), heights, track).items.map(({ id, row, rows }) => [id, [row, rows]]))

test('what is below goes down with a box that grows, and up with one that shrinks', () => {
  expect(rowsOf(new Map([['box', 390]]))).toEqual({ box: [0, 8], beside: [0, 4], below: [8, 2] })
  expect(rowsOf(new Map([['box', 40]]))).toEqual({ box: [0, 1], beside: [0, 4], below: [1, 2] })
  expect(fitted(arrangement(), new Map([['box', 290]]), track)).toMatchObject({ rows: 8 })
})

test('of two side by side the larger counts', () => {
  const pair = { ...places, beside: { ...places.beside, sizeY: 6 } }
  expect(
    rowsOf(
      new Map([
        ['box', 40],
        ['beside', 190],
      ]),
      pair,
    ).below,
  ).toEqual([4, 2])
  expect(rowsOf(new Map([['box', 40]]), pair).below).toEqual([6, 2])
})

test('nothing changes where nothing wants to', () => {
  const before = arrangement()
  expect(fitted(before, noHeights, track)).toBe(before)
  expect(withHeight(noHeights, 'box', null)).toBe(noHeights)
  const one = withHeight(noHeights, 'box', 3)
  expect(withHeight(one, 'box', 3)).toBe(one)
  expect(withHeight(one, 'box', null).size).toBe(0)
})
