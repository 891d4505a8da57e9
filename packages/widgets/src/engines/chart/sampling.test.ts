import type { LivePoint } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { toCourse } from './course.ts'
import { aligned, drawable, sample, sampleTogether } from './sampling.ts'

const many = (count: number, valueAt: (i: number) => number) =>
  toCourse(
    Array.from({ length: count }, (_, i): LivePoint => [i * 1_000, valueAt(i)]),
    { interval: 0 },
  )
const all = { startTs: 0, endTs: 1e9 }
const values = (course: Float64Array) => Array.from(course).filter((_, index) => index % 2 === 1)
const times = (course: Float64Array) => Array.from(course).filter((_, index) => index % 2 === 0)

describe('the part of a course that is drawn', () => {
  it('is the course itself, not a copy, where it has room', () => {
    const course = many(1_000, (i) => i)
    const part = sample(course, { startTs: 100_500, endTs: 200_500 }, 800)
    expect(part.buffer).toBe(course.buffer)
    expect([times(part)[0], times(part).at(-1)]).toEqual([100_000, 201_000])
  })

  it('has at most five points a pixel, in order, and all extremes', () => {
    const course = many(100_000, (i) => (i === 31_415 ? 900 : i === 65_535 ? -900 : Math.sin(i / 50)))
    const part = sample(course, all, 800)
    expect(part.length / 2).toBeLessThanOrEqual(4_000)
    expect([Math.max(...values(part)), Math.min(...values(part))]).toEqual([900, -900])
    expect(times(part)).toEqual(times(part).toSorted((a, b) => a - b))
    expect([times(part)[0], times(part).at(-1)]).toEqual([0, 99_999_000])
  })

  it('keeps holes', () => {
    const points = Array.from({ length: 50_000 }, (_, i): LivePoint => [i * 1_000 + (i > 25_000 ? 600_000 : 0), 1])
    const part = sample(toCourse(points, { interval: 0 }), all, 400)
    expect(values(part).filter(Number.isNaN)).toHaveLength(1)
  })

  it('reads each point once or twice, however many there are', () => {
    let reads = 0
    const counted = new Proxy(
      many(100_000, (i) => i % 7),
      {
        get: (target, name) => {
          if (typeof name === 'string' && /^\d+$/.test(name)) reads++
          const found: unknown = Reflect.get(target, name)
          return typeof found === 'function' ? found.bind(target) : found
        },
      },
    )
    sample(counted, all, 800)
    expect(reads).toBeLessThan(100_000 * 6)
  })
})

it('values that no axis can hold are drawn at its end', () => {
  const wild = Float64Array.of(0, 1e308, 1, -1e308, 2, Number.NaN)
  const [top = 0, bottom = 0, hole] = values(drawable(wild))
  expect(top - bottom).toBeLessThan(Number.POSITIVE_INFINITY)
  expect(hole).toBeNaN()
  const tame = Float64Array.of(0, 1)
  expect(drawable(tame)).toBe(tame)
})

describe('courses that are stacked', () => {
  it('stay as they are when they have the same times', () => {
    const courses = [many(10, () => 1), many(10, () => 2)]
    expect(aligned(courses, false)).toEqual(courses)
  })

  it('get what their line has at the times of the others, and nothing beyond their ends', () => {
    const a = toCourse(
      [
        [0, 0],
        [10, 10],
      ],
      { interval: 0 },
    )
    const b = toCourse(
      [
        [5, 1],
        [15, 1],
      ],
      { interval: 0 },
    )
    const [first, second] = aligned([a, b], false)
    expect(Array.from(first ?? [])).toEqual([0, 0, 5, 5, 10, 10, 15, Number.NaN])
    expect(Array.from(second ?? [])).toEqual([0, Number.NaN, 5, 1, 10, 1, 15, 1])
    expect(values(aligned([a, b], true)[0] ?? new Float64Array())).toEqual([0, Number.NaN, 10, Number.NaN])
  })

  it('are thinned out at the same moments, with the largest sum', () => {
    const a = many(20_000, (i) => (i === 777 ? 50 : 1))
    const b = many(20_000, (i) => (i === 778 ? 60 : 1))
    const [first, second] = sampleTogether([a, b], all, 300)
    expect(times(first ?? new Float64Array())).toEqual(times(second ?? new Float64Array()))
    expect(Math.max(...values(second ?? new Float64Array()))).toBe(60)
  })
})
