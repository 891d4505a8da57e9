import { expect, it } from 'vitest'
import { boxUnder } from './use-incoming.ts'

const measures = { gap: 10, outer: 10, column: 40, row: 40, columns: 24 }
const size = { sizeX: 6, sizeY: 3 }

it('a widget stands under the pointer, and never over the side of the grid', () => {
  expect(boxUnder({ x: 510, y: 260 }, size, measures)).toEqual({ col: 8, row: 5, sizeX: 6, sizeY: 3 })
  expect(boxUnder({ x: -90, y: -4 }, size, measures)).toEqual({ col: 0, row: 0, sizeX: 6, sizeY: 3 })
  expect(boxUnder({ x: 9_000, y: 0 }, size, measures).col).toBe(18)
  expect(boxUnder({ x: 0, y: 0 }, { sizeX: 40, sizeY: 0 }, measures)).toMatchObject({ sizeX: 24, sizeY: 1 })
  expect(boxUnder({ x: 0, y: 0 }, size, { ...measures, columns: 4 }).sizeX).toBe(1)
})
