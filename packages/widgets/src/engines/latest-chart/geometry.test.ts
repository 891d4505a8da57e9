import { describe, expect, it } from 'vitest'
import { arcsOf, niceTicks, placedLabels, ringPath, sectorsOf } from './geometry.ts'

const degrees = ({ start, end }: { start: number; end: number }) =>
  [start, end].map((angle) => Math.round((angle * 180) / Math.PI))

describe('parts of a circle', () => {
  it('follow each other in one direction or the other', () => {
    expect(arcsOf([1, 3], true).map(degrees)).toEqual([
      [0, 90],
      [90, 360],
    ])
    expect(arcsOf([1, 3], false).map(degrees)).toEqual([
      [270, 360],
      [0, 270],
    ])
    expect(arcsOf([0, 0], true).map(degrees)).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(sectorsOf(4, 90).map(degrees)).toEqual([
      [0, 90],
      [90, 180],
      [180, 270],
      [270, 360],
    ])
  })

  it('are closed paths, a whole ring in two halves', () => {
    const center = { x: 50, y: 50 }
    expect(ringPath(center, 0, 40, { start: 0, end: Math.PI / 2 })).toBe(
      'M 50.00 10.00 A 40 40 0 0 1 90.00 50.00 L 50.00 50.00 Z',
    )
    expect(ringPath(center, 20, 40, { start: 0, end: Math.PI * 2 }).match(/M /g)).toHaveLength(2)
    expect(ringPath(center, 20, 40, { start: 0, end: Math.PI * 2 })).not.toContain('NaN')
  })
})

describe('labels beside a pie', () => {
  const place = (count: number, height: number) =>
    placedLabels(
      Array.from({ length: count }, (_, index) => ({ index, angle: 1.4 + index * 0.02, share: index })),
      { center: { x: 100, y: height / 2 }, radius: 80, height, lineHeight: 16 },
    )

  it('do not overlap and stay inside', () => {
    const ys = place(8, 200).map(({ y }) => y)
    expect(ys.every((y, index) => index === 0 || y - (ys[index - 1] ?? 0) >= 16 - 1e-9)).toBe(true)
    expect([Math.min(...ys) >= 8, Math.max(...ys) <= 192]).toEqual([true, true])
  })

  it('are those of the largest parts where there is no room for all', () => {
    expect(
      place(30, 80)
        .map(({ index }) => index)
        .toSorted((a, b) => a - b),
    ).toEqual([25, 26, 27, 28, 29])
  })
})

it('scales have steps that people count in', () => {
  expect(niceTicks(0, 34.2, 4)).toEqual([0, 10, 20, 30, 40])
  expect(niceTicks(-7, 40, 4)).toEqual([-20, 0, 20, 40])
  expect(niceTicks(0, 0.3, 3)).toEqual([0, 0.1, 0.2, 0.3])
  expect(niceTicks(5, 5, 4)).toEqual([5])
  expect(niceTicks(0, 1e300, 4).every(Number.isFinite)).toBe(true)
})
