import { expect, it } from 'vitest'
import { snapped } from './snap.ts'

const square = [
  [0, 0],
  [100, 0],
  [100, 100],
  [0, 100],
  [0, 0],
] as const

it('a corner is caught before the edge that goes to it', () => {
  expect(snapped([96, 5], [square], 12)).toEqual([100, 0])
  expect(snapped([50, 8], [square], 12)).toEqual([50, 0])
})

it('nothing is caught that is farther away than said', () => {
  expect(snapped([50, 13], [square], 12)).toBeNull()
  expect(snapped([50, 50], [], 12)).toBeNull()
})

it('edges end at their corners, and one without length is its corner', () => {
  expect(
    snapped(
      [110, -2],
      [
        [
          [0, 0],
          [100, 0],
        ],
      ],
      8,
    ),
  ).toBeNull()
  expect(
    snapped(
      [3, 4],
      [
        [
          [0, 0],
          [0, 0],
        ],
      ],
      5,
    ),
  ).toEqual([0, 0])
})

it('what is no number catches nothing', () => {
  expect(snapped([Number.NaN, 0], [square], 12)).toBeNull()
})
