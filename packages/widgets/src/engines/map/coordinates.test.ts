import { describe, expect, it } from 'vitest'
import { boundsOf, centreOf, circleOf, polygonsOf, polylinesOf, positionOf } from './coordinates.ts'

describe('positions', () => {
  it.each([
    [48.1, 11.5, [11.5, 48.1]],
    ['48.1', ' 11.5 ', [11.5, 48.1]],
    [0, 0, [0, 0]],
    [Number.NaN, 11, null],
    [91, 11, null],
    [48, 181, null],
    ['', 11, null],
    [null, 11, null],
    [true, 11, null],
  ])('%s, %s', (latitude, longitude, expected) => expect(positionOf(latitude, longitude)).toEqual(expected))
  it('of centres are latitude first', () => {
    expect(centreOf('48.1,11.5')).toEqual([11.5, 48.1])
    expect(centreOf('0')).toBeNull()
  })
})

describe('polygons', () => {
  const ring = [
    [0, 1],
    [10, 1],
    [10, 20],
  ]
  const drawn = [
    [1, 0],
    [1, 10],
    [20, 10],
    [1, 0],
  ]
  it('are closed, from lists and from text', () => {
    expect(polygonsOf(ring)).toEqual([[drawn]])
    expect(polygonsOf(JSON.stringify(ring))).toEqual([[drawn]])
    expect(polygonsOf(ring.map(([lat, lng]) => ({ lat, lng })))).toEqual([[drawn]])
  })
  it('have holes, and may be many', () => {
    expect(polygonsOf([ring, ring])).toEqual([[drawn, drawn]])
    expect(polygonsOf([[ring], [ring, ring]])).toEqual([[drawn], [drawn, drawn]])
  })
  it('of two corners are rectangles', () =>
    expect(
      polygonsOf([
        [0, 1],
        [10, 20],
      ])?.[0]?.[0],
    ).toHaveLength(5))
  it.each([[null], ['{'], [[]], [[[0, 1]]], [[...ring, [99, 1]]], [{}], [7]])('are not made of %j', (value) =>
    expect(polygonsOf(value)).toBeNull(),
  )
})

describe('lines', () => {
  it('are one or several', () => {
    const line = [
      [0, 1],
      [10, 20],
    ]
    expect(polylinesOf(line)).toHaveLength(1)
    expect(polylinesOf([line, line])).toHaveLength(2)
    expect(polylinesOf('no')).toBeNull()
  })
})

describe('circles', () => {
  it('are as wide as their radius', () => {
    const ring = circleOf('{"latitude":0,"longitude":20,"radius":111195}')?.[0]?.[0] ?? []
    const [west, south, east, north] = boundsOf(ring) ?? []
    expect(west).toBeCloseTo(19, 3)
    expect(east).toBeCloseTo(21, 3)
    expect(south).toBeCloseTo(-1, 3)
    expect(north).toBeCloseTo(1, 3)
  })
  it.each([[{ latitude: 1, longitude: 1, radius: 0 }], [{ latitude: 1, radius: 5 }], [null], ['x']])(
    'are not made of %j',
    (value) => expect(circleOf(value)).toBeNull(),
  )
})
