import { expect, it } from 'vitest'
import { panFor, spreadOver } from './spreading.ts'

it.each([2, 5, 9, 10, 24, 50])('%i markers of one spot do not stand on each other when they are spread', (count) => {
  const places = spreadOver(count)
  expect(places).toHaveLength(count)
  const far = places.flatMap(([x, y], index) => places.slice(index + 1).map(([a, b]) => Math.hypot(x - a, y - b)))
  expect(Math.min(...far)).toBeGreaterThan(24)
  // The spot keeps the number of those that stood there.
  expect(Math.min(...places.map(([x, y]) => Math.hypot(x, y)))).toBeGreaterThan(30)
  expect(Math.max(...places.map(([x, y]) => Math.hypot(x, y)))).toBeLessThan(320)
})

it.each([
  ['stays where there is room', { x: 300, y: 200 }, [0, 0]],
  ['moves away from the left and from below', { x: 80, y: 390 }, [-60, 90]],
  ['moves away from the right', { x: 590, y: 200 }, [90, 0]],
] as const)('a map %s', (_, spot, expected) => {
  const around = [
    [-100, 0],
    [60, 60],
    [0, -60],
  ] as const
  expect(panFor(spot, around, { clientWidth: 600, clientHeight: 400, margin: { x: 0, y: 0 } })).toEqual(expected)
})

it('a map that is too small has the spot in its middle', () => {
  const room = { clientWidth: 100, clientHeight: 80, margin: { x: 0, y: 0 } }
  const around = [
    [-100, -100],
    [100, 100],
  ] as const
  expect(panFor({ x: 10, y: 70 }, around, room)).toEqual([-40, 30])
})
