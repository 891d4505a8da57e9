import { describe, expect, it } from 'vitest'
import { type Course, foldIn, replaceTail, trimBefore } from './fold.ts'

const course = (points: Course['points'] = []): Course => ({ points, open: null, lastTs: 0 })
const average = { agg: 'AVG' as const, interval: 1_000, limit: 100 }

describe('folding live points into a series', () => {
  it('keeps the open bucket at the value of all its points', () => {
    const one = foldIn(
      course([[500, 7]]),
      [
        [1_100, 10],
        [1_900, 20],
      ],
      average,
    )
    expect(one.points).toEqual([
      [500, 7],
      [1_500, 15],
    ])
    const two = foldIn(
      one,
      [
        [1_950, 30],
        [2_100, 5],
      ],
      average,
    )
    expect(two.points).toEqual([
      [500, 7],
      [1_500, 20],
      [2_500, 5],
    ])
  })

  it('counts a point once that arrives twice', () => {
    const one = foldIn(course(), [[1_100, 10]], average)
    expect(foldIn(one, [[1_100, 10]], average)).toBe(one)
    expect(
      foldIn(
        one,
        [
          [1_100, 10],
          [1_200, 20],
        ],
        average,
      ).points,
    ).toEqual([[1_500, 15]])
  })

  it.each([
    ['MIN', 1],
    ['MAX', 4],
    ['SUM', 7],
    ['COUNT', 3],
  ] as const)('by %s gives %i', (agg, value) => {
    expect(
      foldIn(
        course(),
        [
          [1, 2],
          [2, 1],
          [3, 4],
        ],
        { ...average, agg },
      ).points,
    ).toEqual([[500, value]])
  })

  it('leaves texts out of buckets and keeps them raw', () => {
    expect(
      foldIn(
        course(),
        [
          [1, 'on'],
          [2, 3],
        ],
        average,
      ).points,
    ).toEqual([[500, 3]])
    expect(
      foldIn(
        course(),
        [
          [1, 'on'],
          [2, 3],
        ],
        { agg: 'NONE', interval: 0, limit: 10 },
      ).points,
    ).toEqual([
      [1, 'on'],
      [2, 3],
    ])
  })

  it('keeps no more raw points than the limit', () => {
    expect(
      foldIn(
        course([[1, 1]]),
        [
          [2, 2],
          [3, 3],
        ],
        { agg: 'NONE', interval: 0, limit: 2 },
      ).points,
    ).toEqual([
      [2, 2],
      [3, 3],
    ])
  })
})

describe('a window that moves on', () => {
  it('drops what has left it and keeps the array when nothing has', () => {
    const points: Course['points'] = [
      [1, 1],
      [2, 2],
    ]
    expect(trimBefore(points, 1)).toBe(points)
    expect(trimBefore(points, 2)).toEqual([[2, 2]])
    expect(trimBefore(points, 3)).toEqual([])
  })

  it('takes a newer reading of the tail in place of the older one', () => {
    expect(
      replaceTail(
        [
          [1, 1],
          [5, 2],
        ],
        [
          [5, 3],
          [9, 4],
        ],
        5,
      ),
    ).toEqual([
      [1, 1],
      [5, 3],
      [9, 4],
    ])
  })
})
