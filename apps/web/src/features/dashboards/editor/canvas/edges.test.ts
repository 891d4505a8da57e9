import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edges, pulled } from './edges.ts'

const box = { col: 4, row: 4, sizeX: 6, sizeY: 3 }
const limits = { columns: 24, least: { columns: 2, rows: 1 } }

test('a pulled edge moves alone, the opposite one stays', () => {
  expect(pulled(box, 'se', { columns: 2, rows: 1 }, limits)).toEqual({ ...box, sizeX: 8, sizeY: 4 })
  expect(pulled(box, 'nw', { columns: -2, rows: -1 }, limits)).toEqual({ col: 2, row: 3, sizeX: 8, sizeY: 4 })
  expect(pulled(box, 'e', { columns: -9, rows: 5 }, limits)).toEqual({ ...box, sizeX: 2 })
  expect(pulled(box, 'w', { columns: 9, rows: 0 }, limits)).toEqual({ ...box, col: 8, sizeX: 2 })
})

test('whatever is pulled however far, the box stays on the grid and no smaller than allowed', () => {
  const anyBy = fc.record({ columns: fc.integer({ min: -50, max: 50 }), rows: fc.integer({ min: -50, max: 50 }) })
  fc.assert(
    fc.property(fc.constantFrom(...edges), anyBy, (edge, by) => {
      const { col, row, sizeX, sizeY } = pulled(box, edge, by, limits)
      expect(col).toBeGreaterThanOrEqual(0)
      expect(row).toBeGreaterThanOrEqual(0)
      expect(col + sizeX).toBeLessThanOrEqual(limits.columns)
      expect(sizeX).toBeGreaterThanOrEqual(2)
      expect(sizeY).toBeGreaterThanOrEqual(1)
      if (!edge.includes('w')) expect(col).toBe(box.col)
      else expect(col + sizeX).toBe(box.col + box.sizeX)
      if (!edge.includes('n')) expect(row).toBe(box.row)
      else expect(row + sizeY).toBe(box.row + box.sizeY)
    }),
  )
})
