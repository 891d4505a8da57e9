import { expect, it } from 'vitest'
import { scrollBy } from './scroll-along.ts'

const board = { top: 100, bottom: 900 }
const section = { top: 300, bottom: 420 }

it('near an edge the board scrolls along, the faster the nearer', () => {
  const p = { isSection: false, isResizing: false }
  expect(scrollBy(500, board, p)).toBe(0)
  expect(scrollBy(890, board, p)).toBeGreaterThan(scrollBy(860, board, p))
  expect(scrollBy(110, board, p)).toBeLessThan(0)
  expect(scrollBy(2_000, board, p)).toBe(16)
})

it('a widget that is resized at the edge of a section does not grow by itself', () => {
  const p = { isSection: true, isResizing: true }
  for (const at of [301, 360, 419]) expect(scrollBy(at, section, p)).toBe(0)
  expect(scrollBy(440, section, p)).toBeGreaterThan(0)
  expect(scrollBy(280, section, p)).toBeLessThan(0)
})

it('one that is moved scrolls a section near its edges, and no longer when it is out', () => {
  const p = { isSection: true, isResizing: false }
  expect(scrollBy(360, section, p)).toBe(0)
  expect(scrollBy(415, section, p)).toBeGreaterThan(0)
  expect(scrollBy(421, section, p)).toBe(0)
  expect(scrollBy(299, section, p)).toBe(0)
})
