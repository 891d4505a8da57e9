import { distanceBetween } from '@thingwire/rules'
import { describe, expect, it } from 'vitest'
import {
  away,
  boundsOf,
  circleOutline,
  fromMetres,
  graticule,
  onGlobe,
  outline,
  readRings,
  toMetres,
  writeRings,
} from './geometry.ts'

const berlin = { latitude: 52.52, longitude: 13.405 }

describe('polygons as text', () => {
  it('are read and written as the node reads them: one, or several in a list', () => {
    for (const text of ['[[1, 2], [3, 4], [5, 6]]', '[[[1, 2], [3, 4]], [[5, 6], [7, 8], [9, 1]]]', ''])
      expect(writeRings(readRings(text) ?? [])).toBe(text)
  })

  it('of another form are left to their text', () => {
    for (const text of ['[[1]]', '{"a": 1}', '[["1", "2"]]', '[[1, 2], [[3, 4]]]', 'no'])
      expect(readRings(text), text).toBeNull()
  })

  it('are drawn closed, and two corners as a rectangle', () => {
    expect(
      outline([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    ).toEqual([
      [2, 1],
      [4, 3],
      [6, 5],
      [2, 1],
    ])
    expect(
      outline([
        [0, 0],
        [2, 4],
      ]),
    ).toEqual([
      [0, 0],
      [4, 0],
      [4, 2],
      [0, 2],
      [0, 0],
    ])
  })
})

describe('a circle', () => {
  it('is as far from its centre all around as its radius says', () => {
    for (const [longitude, latitude] of circleOutline(berlin, 2_500))
      expect(distanceBetween(berlin, { latitude, longitude }, 'METER')).toBeCloseTo(2_500, 0)
  })

  it('keeps its length in every unit', () => {
    const there = away(berlin, 1_000, 90)
    for (const unit of ['METER', 'KILOMETER', 'FOOT', 'MILE', 'NAUTICAL_MILE'] as const) {
      expect(toMetres(fromMetres(1_000, unit), unit)).toBeCloseTo(1_000)
      // The units of the node are those of ThingsBoard, which rounds them.
      expect(fromMetres(1_000, unit) / distanceBetween(berlin, there, unit)).toBeCloseTo(1, 4)
    }
  })
})

describe('places', () => {
  it('stay on the globe', () => {
    expect(onGlobe([91, 190])).toEqual([90, -170])
    expect(onGlobe([0, -541])).toEqual([0, 179])
  })

  it('have lines between them at any scale', () => {
    for (const size of [160, 20, 1, 0.01, 0.001]) {
      const { lines } = graticule({ west: 10, south: 10, east: 10 + size, north: 10 + size })
      expect(lines.length, `${size}`).toBeGreaterThanOrEqual(8)
      expect(lines.length, `${size}`).toBeLessThan(60)
    }
  })

  it('have bounds, unless there are none', () => {
    expect(
      boundsOf([
        [1, 5],
        [3, 2],
      ]),
    ).toEqual({ west: 1, south: 2, east: 3, north: 5 })
    expect(boundsOf([])).toBeNull()
  })
})
