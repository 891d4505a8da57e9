import { expect, it } from 'vitest'
import { spreadOver } from './spreading.ts'

it.each([2, 5, 9, 10, 24, 50])('%i markers of one spot do not stand on each other when they are spread', (count) => {
  const places = spreadOver(count)
  expect(places).toHaveLength(count)
  const far = places.flatMap(([x, y], index) => places.slice(index + 1).map(([a, b]) => Math.hypot(x - a, y - b)))
  expect(Math.min(...far)).toBeGreaterThan(24)
  // The spot keeps the number of those that stood there.
  expect(Math.min(...places.map(([x, y]) => Math.hypot(x, y)))).toBeGreaterThan(30)
  expect(Math.max(...places.map(([x, y]) => Math.hypot(x, y)))).toBeLessThan(200)
})
