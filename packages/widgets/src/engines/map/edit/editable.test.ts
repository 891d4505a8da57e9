import { describe, expect, it } from 'vitest'
import { caseSeries } from '../../../case-data/series.ts'
import type { Position } from '../coordinates.ts'
import { placesOf } from '../places.ts'
import { geoPlane, imagePlane, type Plane } from '../plane.ts'
import { layersOf, mapSettings } from '../settings.ts'
import {
  coordinatesOf,
  editableOf,
  handlesOf,
  moved,
  type SketchKind,
  shapeOfEditable,
  sketched,
  storedOf,
  withoutCorner,
} from './editable.ts'

const words = { corner: 'c', middle: 'm', marker: 'p', centre: 'o', edge: 'e' }
const kindOf = {
  marker: 'markers',
  polygon: 'polygons',
  rectangle: 'polygons',
  circle: 'circles',
  polyline: 'polylines',
} as const
const layerFor = (kind: SketchKind) => {
  const [layer] = layersOf(mapSettings.parse({ [kindOf[kind]]: [{}] }))
  if (!layer) throw new Error('no layer')
  return layer
}
const square: Position[] = [
  [10, 1],
  [20, 1],
  [20, 5],
]
const stored = (kind: SketchKind, places: Position[], plane: Plane = geoPlane) => {
  const editable = sketched(kind, places)
  return editable && storedOf(editable, layerFor(kind), plane).map(([key, value]) => [key.name, value])
}

describe('what is drawn', () => {
  it.each<[SketchKind, Position[], unknown]>([
    [
      'marker',
      [[11.5, 48.1]],
      [
        ['latitude', 48.1],
        ['longitude', 11.5],
      ],
    ],
    [
      'polygon',
      square,
      [
        [
          'perimeter',
          [
            [1, 10],
            [1, 20],
            [5, 20],
          ],
        ],
      ],
    ],
    [
      'rectangle',
      [
        [10, 1],
        [20, 5],
      ],
      [
        [
          'perimeter',
          [
            [1, 10],
            [1, 20],
            [5, 20],
            [5, 10],
          ],
        ],
      ],
    ],
    [
      'polyline',
      [
        [10, 1],
        [20, 5],
      ],
      [
        [
          'perimeter',
          [
            [1, 10],
            [5, 20],
          ],
        ],
      ],
    ],
    [
      'circle',
      [
        [20, 0],
        [21, 0],
      ],
      [['perimeter', { latitude: 0, longitude: 20, radius: 111195.08 }]],
    ],
    [
      'marker',
      [[371.5, 48.1]],
      [
        ['latitude', 48.1],
        ['longitude', 11.5],
      ],
    ],
  ])('as a %s is stored as files have it', (kind, places, expected) => expect(stored(kind, places)).toEqual(expected))

  it('is nothing with too few places', () => {
    expect(stored('polygon', square.slice(0, 2))).toBeNull()
    expect(stored('circle', square.slice(0, 1))).toBeNull()
    expect(stored('marker', [])).toBeNull()
  })

  it('is read back where it was drawn, on the globe and on a picture', () => {
    for (const plane of [geoPlane, imagePlane(3)])
      for (const kind of ['marker', 'polygon', 'polyline', 'circle'] as const) {
        const at = (a: number, b: number) => plane.place(a, b) ?? [0, 0]
        const editable = sketched(
          kind,
          kind === 'marker' ? [at(0.25, 0.5)] : [at(0.25, 0.5), at(0.5, 0.5), at(0.5, 0.75)],
        )
        if (!editable) throw new Error('nothing')
        const layer = layerFor(kind)
        const series = storedOf(editable, layer, plane).map(([key, value]) =>
          caseSeries({ key: key.name, points: [[1, value]] }),
        )
        const [place] = placesOf([layer], series, plane).places
        const again = place && editableOf(layer, place, plane)
        const drawn = shapeOfEditable(editable, plane)?.coordinates.flat(9) ?? []
        const redrawn = (again && shapeOfEditable(again, plane)?.coordinates.flat(9)) ?? []
        expect(redrawn.length, kind).toBe(drawn.length)
        for (const [index, value] of drawn.entries()) expect(redrawn[index], kind).toBeCloseTo(value as number, 4)
      }
  })
})

describe('corners', () => {
  const polygon = () => {
    const made = sketched('polygon', square)
    if (!made) throw new Error('nothing')
    return made
  }
  const corners = (editable: ReturnType<typeof polygon>) =>
    handlesOf(editable, words).filter(({ kind }) => kind === 'corner')

  it('come from middles that are moved, each with a name of its own', () => {
    let editable = polygon()
    for (let n = 0; n < 4; n += 1) {
      const middle = handlesOf(editable, words).find(({ kind }) => kind === 'middle')
      if (!middle) throw new Error('no middle')
      editable = moved(editable, middle.id, [15 + n, 0])
      editable = moved(editable, middle.id, [15 + n, -1])
    }
    expect(corners(editable)).toHaveLength(7)
    const ids = handlesOf(editable, words).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('are taken away down to the least that makes a form', () => {
    const middle = handlesOf(polygon(), words).find(({ kind }) => kind === 'middle')
    const four = moved(polygon(), middle?.id ?? '', [15, 0])
    const three = withoutCorner(four, corners(four)[0]?.id ?? '')
    expect(corners(three)).toHaveLength(3)
    expect(withoutCorner(three, corners(three)[0]?.id ?? '')).toEqual(three)
  })

  it('of circles are the centre, which takes the edge along, and the edge', () => {
    const circle = sketched('circle', [
      [10, 0],
      [12, 0],
    ])
    const made = circle && moved(circle, 'centre', [20, 0])
    expect(made).toMatchObject({ centre: [20, 0], edge: [22, 0] })
  })
})

it('code of a file gets what was drawn as it would be stored, markers with both coordinates', () => {
  expect(coordinatesOf({ kind: 'marker', at: [11.5, 48.25] }, geoPlane)).toEqual({ x: 48.25, y: 11.5 })
  const line = [
    { id: '0', at: [11, 48] as Position },
    { id: '1', at: [12, 49] as Position },
  ]
  expect(coordinatesOf({ kind: 'polyline', lines: [line] }, geoPlane)).toEqual([
    [48, 11],
    [49, 12],
  ])
})
