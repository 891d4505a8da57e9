import { describe, expect, it } from 'vitest'
import { type Course, foldIn, mergeByTs, replaceRange } from './fold.ts'

const course = (points: Course['points'] = []): Course => ({ points, buckets: [], rawSince: 0 })
const average = { agg: 'AVG' as const, interval: 1_000, limit: 100 }

describe('folding live points into a series', () => {
  it('keeps the open bucket at the value of all its points', () => {
    const { course: one } = foldIn(
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
    const { course: two } = foldIn(
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
    const { course: one } = foldIn(course(), [[1_100, 10]], average)
    expect(foldIn(one, [[1_100, 10]], average).course).toBe(one)
    expect(
      foldIn(
        one,
        [
          [1_100, 10],
          [1_200, 20],
        ],
        average,
      ).course.points,
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
      ).course.points,
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
      ).course.points,
    ).toEqual([[500, 3]])
    expect(
      foldIn(
        course(),
        [
          [1, 'on'],
          [2, 3],
        ],
        { agg: 'NONE', interval: 0, limit: 10 },
      ).course.points,
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
      ).course.points,
    ).toEqual([
      [2, 2],
      [3, 3],
    ])
  })
})

describe('points out of order', () => {
  const raw = { agg: 'NONE' as const, interval: 0, limit: 4 }

  it('stand in order of their time, each moment once, the later arrival counting', () => {
    const { course: one } = foldIn(
      course([[10, 1]]),
      [
        [30, 3],
        [20, 2],
        [20, 4],
      ],
      raw,
    )
    expect(one.points).toEqual([
      [10, 1],
      [20, 4],
      [30, 3],
    ])
    const { course: two } = foldIn(
      one,
      [
        [5, 0],
        [10, 9],
      ],
      raw,
    )
    expect(two.points).toEqual([
      [5, 0],
      [10, 9],
      [20, 4],
      [30, 3],
    ])
    expect(foldIn(two, [[25, 5]], raw).course.points).toEqual([
      [10, 9],
      [20, 4],
      [25, 5],
      [30, 3],
    ])
  })

  it('count in the bucket they belong to, also shortly after it closed', () => {
    const { course: one } = foldIn(
      course(),
      [
        [1_900, 10],
        [2_100, 5],
      ],
      average,
    )
    const { course: two, stale } = foldIn(
      one,
      [
        [1_100, 20],
        [1_900, 10],
      ],
      average,
    )
    expect(two.points).toEqual([
      [1_500, 15],
      [2_500, 5],
    ])
    expect(stale).toBeNull()
    expect(foldIn(two, [[500, 7]], average).course.points[0]).toEqual([500, 7])
  })

  it('correct the value of a moment that is written anew', () => {
    const { course: one } = foldIn(
      course(),
      [
        [1_100, 10],
        [1_200, 20],
      ],
      average,
    )
    expect(foldIn(one, [[1_100, 30]], average).course.points).toEqual([[1_500, 25]])
  })

  it('leave buckets alone whose raw points are not known any more, and name them', () => {
    const { course: one } = foldIn(
      { ...course([[500, 7]]), rawSince: 1_000 },
      [
        [1_100, 1],
        [2_100, 2],
      ],
      average,
    )
    const { course: two } = foldIn(
      one,
      [
        [3_100, 3],
        [4_100, 4],
      ],
      average,
    )
    const { course: three, stale } = foldIn(
      two,
      [
        [1_200, 9],
        [300, 9],
        [4_200, 6],
      ],
      average,
    )
    expect(stale).toEqual({ fromTs: 0, toTs: 1_000 })
    expect(three.points).toEqual([
      [500, 7],
      [1_500, 1],
      [2_500, 2],
      [3_500, 3],
      [4_500, 5],
    ])
  })
})

describe('merging by time', () => {
  it('takes the newer of two points with one moment', () => {
    expect(
      mergeByTs(
        [
          [1, 1],
          [3, 3],
        ],
        [
          [0, 0],
          [3, 9],
          [5, 5],
        ],
      ),
    ).toEqual([
      [0, 0],
      [1, 1],
      [3, 9],
      [5, 5],
    ])
    expect(mergeByTs([], [[1, 1]])).toEqual([[1, 1]])
    expect(mergeByTs([[1, 1]], [])).toEqual([[1, 1]])
  })
})

describe('a window that moves on', () => {
  it('takes a newer reading of a part in place of the older one', () => {
    expect(
      replaceRange(
        [
          [1, 1],
          [5, 2],
          [9, 3],
        ],
        [
          [5, 4],
          [7, 5],
        ],
        5,
        9,
      ),
    ).toEqual([
      [1, 1],
      [5, 4],
      [7, 5],
      [9, 3],
    ])
  })
})
