import { describe, expect, it } from 'vitest'
import { artsOf, cardOffset, placeDrawing } from './drawing.ts'
import { layerSchemas } from './layer-settings.ts'
import type { Place } from './places.ts'
import type { MapLayer } from './settings.ts'

const schemas = layerSchemas('geo')
const marker = (settings: object): Extract<MapLayer, { kind: 'marker' }> => ({
  ...{ kind: 'marker', sources: null, settings: schemas.markers.parse(settings) },
})

describe('a card', () => {
  const offset = (settings: object) => {
    const layer = marker(settings)
    return cardOffset(layer, layer.settings.tooltip)
  }

  it('stands above its marker as long as the file says nothing else', () => {
    expect(offset({ markerShape: { size: 40 } })).toEqual([0, -44])
    expect(offset({ markerShape: { size: 40 }, markerOffsetY: 0.5 })).toEqual([0, -24])
  })

  it('is moved by so many widths and heights of it', () => {
    expect(offset({ markerShape: { size: 40 }, tooltip: { offsetX: 0.5, offsetY: -2 } })).toEqual([20, -84])
  })

  it('stays near where numbers are none or huge', () => {
    const [right, down] = offset({ tooltip: { offsetX: 1e9, offsetY: 'up' } })
    expect(right).toBeLessThan(1_000)
    expect(Number.isFinite(down)).toBe(true)
  })
})

describe('an area filled with a picture', () => {
  const place: Place = {
    ...{ id: 'a', layer: 0, source: 0, alias: '', values: new Map() },
    entity: { id: { entityType: 'ASSET', id: '1' }, name: 'Yard', label: '', type: 'yard' },
    shape: {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ],
        ],
      ],
    },
  }
  const shapesOf = (settings: object, made: ReadonlyMap<string, string> = new Map()) =>
    placeDrawing([{ kind: 'polygon', sources: null, settings: schemas.polygons.parse(settings) }], [place], {
      made,
      problem: null,
    }).shapes

  it('has no colour below it, and its picture is asked for', () => {
    const shapes = shapesOf({ fillType: 'image', fillImage: { image: 'roof.png', opacity: 7, scale: 'x' } })
    expect(shapes).toMatchObject([
      { fill: 'rgba(0,0,0,0)', picture: { link: 'roof.png', keeps: true, opacity: 1, angle: 0, scale: 1 } },
    ])
    expect(artsOf({ markers: [], movers: [], shapes })).toEqual([{ kind: 'image', link: 'roof.png' }])
  })

  it('is that of a function where there is one', () => {
    const fillImage = { type: 'function', images: ['one.png'] }
    expect(shapesOf({ fillType: 'image', fillImage }, new Map([['image a', 'two.png']]))[0]?.picture?.link).toBe(
      'two.png',
    )
    expect(shapesOf({ fillType: 'image', fillImage })[0]?.picture?.link).toBe('one.png')
  })

  it('keeps its colour without one', () => {
    expect(shapesOf({ fillType: 'image' })).toMatchObject([{ picture: null, fill: expect.stringContaining('51') }])
  })
})
