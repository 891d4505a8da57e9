import { describe, expect, it } from 'vitest'
import { caseSeries } from '../../case-data/series.ts'
import { pathDrawing } from './drawing.ts'
import { layersOf, mapSettingsOf } from './settings.ts'
import { directionOf, momentOf, spanOfTrips, tripPlace, tripsOf, valuesAt } from './trips.ts'

const layers = (trip: Record<string, unknown> = {}) =>
  layersOf(mapSettingsOf('geo', true).parse({ trips: [trip] }), 'trip')
const series = (points: Record<string, readonly (readonly [number, unknown])[]>, entity = 'Van') =>
  Object.entries(points).map(([key, values]) =>
    caseSeries({ entity, key, points: values.map(([ts, value]) => [ts, value]) }),
  )
const only = (points: Record<string, readonly (readonly [number, unknown])[]>) => {
  const { trips, unplaced } = tripsOf(layers(), series(points))
  return { trip: trips[0], unplaced }
}
const straight = {
  latitude: [
    [0, 0],
    [1_000, 0],
    [3_000, 10],
  ],
  longitude: [
    [0, 0],
    [1_000, 10],
    [3_000, 10],
  ],
} as const

describe('a way that goes from stop to stop', () => {
  const { trip } = only({
    ...straight,
    speed: [
      [0, 9],
      [1_000, 0],
      [3_000, 7],
    ],
  } as never)
  const stopping = (stops: number[]) => trip && { ...trip, stops }
  const at = (stops: number[], ts: number) => {
    const way = stopping(stops)
    return way && tripPlace(way, ts, true, {})[0]
  }

  it('stands at the last stop until the next one, with the values that it had there', () => {
    expect(at([1_000], 3_000)?.shape).toEqual({ type: 'Point', coordinates: [10, 0] })
    expect(at([1_000], 3_000)?.values.get('speed')).toBe(0)
    expect(at([0, 3_000], 2_000)?.shape).toEqual({ type: 'Point', coordinates: [0, 0] })
  })
  it('waits at its first stop before it', () => {
    expect(at([1_000], 0)?.shape).toEqual({ type: 'Point', coordinates: [10, 0] })
  })
  it('moves between all its points where it does not stop', () => {
    const way = stopping([1_000])
    expect(way && momentOf(way, 2_000, false)?.at).toEqual([10, 5])
  })
})

describe('ways', () => {
  it('are positions at the times that have both keys', () => {
    const { trip } = only({ ...straight, latitude: [...straight.latitude, [4_000, 5]] })
    expect(trip?.points.map(({ ts }) => ts)).toEqual([0, 1_000, 3_000])
  })
  it('carry a key on where the two never come together', () => {
    const { trip } = only({
      latitude: [
        [0, 1],
        [2_000, 2],
      ],
      longitude: [
        [1_000, 5],
        [3_000, 6],
      ],
    })
    expect(trip?.points).toEqual([
      { ts: 1_000, at: [5, 1] },
      { ts: 2_000, at: [5, 2] },
      { ts: 3_000, at: [6, 2] },
    ])
  })
  it('leave out what is no place, and say so', () => {
    const { trip, unplaced } = only({
      latitude: [
        [0, 1],
        [1, 200],
        [2, Number.NaN],
        [3, 'x'],
        [4, null],
        [5, '2'],
      ],
      longitude: [
        [0, 1],
        [1, 1],
        [2, 1],
        [3, 1],
        [4, 1],
        [5, '3'],
      ],
    })
    expect(trip?.points.map(({ at }) => at)).toEqual([
      [1, 1],
      [3, 2],
    ])
    expect(unplaced).toBe(1)
    expect(only({ latitude: [[0, 'x']], longitude: [[0, 'y']] }).trip).toBeUndefined()
  })
  it('go on over the date line', () => {
    const { trip } = only({
      latitude: [
        [0, 0],
        [1, 0],
        [2, 0],
      ],
      longitude: [
        [0, 179],
        [1, -179],
        [2, 179],
      ],
    })
    expect(trip?.points.map(({ at }) => at[0])).toEqual([179, 181, 179])
  })
})

describe('a moment of a way', () => {
  const { trip } = only(straight)
  if (!trip) throw new Error('no way')
  it.each([
    [-5, [0, 0]],
    [500, [5, 0]],
    [1_000, [10, 0]],
    [2_000, [10, 5]],
    [9_000, [10, 10]],
    [Number.POSITIVE_INFINITY, [10, 10]],
  ])('at %s', (ts, at) => expect(momentOf(trip, ts, false)?.at).toEqual(at))
  it('stays at the last point where it snaps', () => expect(momentOf(trip, 2_900, true)?.at).toEqual([10, 0]))
  it('heads where the way goes, and at the end where it went', () => {
    expect(momentOf(trip, 100, false)?.heading).toBeCloseTo(0)
    expect(momentOf(trip, 1_500, false)?.heading).toBeCloseTo(-90)
    expect(momentOf(trip, 3_000, false)?.heading).toBeCloseTo(-90)
    expect(directionOf([0, 0], [-1, 0])).toBeCloseTo(180)
  })
  it('knows the last value of each key', () => {
    const { trip: known } = only({
      ...straight,
      fuel: [
        [500, 60],
        [2_500, 50],
      ],
    })
    if (!known) throw new Error('no way')
    expect([0, 500, 2_400, 9_000].map((ts) => valuesAt(known, ts, { minTime: 'a' }).get('fuel'))).toEqual([
      undefined,
      60,
      60,
      50,
    ])
    expect(valuesAt(known, 0, { minTime: 'a' }).get('minTime')).toBe('a')
  })
})

it('the span of all ways is from the first point to the last', () => {
  const all = [...series(straight, 'A'), ...series({ latitude: [[-5, 1]], longitude: [[-5, 1]] }, 'B')]
  expect(spanOfTrips(tripsOf(layers(), all).trips)).toEqual({ startTs: -5, endTs: 3_000 })
  expect(spanOfTrips([])).toBeNull()
})

it('a way is drawn in one piece for each colour', () => {
  const color = {
    ...{ type: 'range', color: '#000000', rangeKey: { name: 'speed' } },
    range: [{ from: 50, to: null, color: '#ff0000' }],
  }
  const drawn = layers({ pathStrokeColor: color, showPoints: true })
  const data = series({
    latitude: [0, 1, 2, 3].map((n) => [n, n]),
    longitude: [0, 1, 2, 3].map((n) => [n, n]),
    speed: [
      [0, 10],
      [1, 10],
      [2, 60],
    ],
  })
  const { paths, points } = pathDrawing(drawn, tripsOf(drawn, data).trips, { made: new Map(), problem: null })
  expect(paths.map(({ color: one, line }) => [one, line.length])).toEqual([
    ['rgb(0, 0, 0)', 3],
    ['rgb(255, 0, 0)', 2],
  ])
  expect(points).toHaveLength(4)
})
