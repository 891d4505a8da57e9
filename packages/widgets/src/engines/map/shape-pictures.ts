import type { CanvasSourceSpecification, Map as MapLibre } from 'maplibre-gl'
import { artId } from './art.ts'
import { type Bounds, boundsOf, type Position } from './coordinates.ts'
import type { ShapeDrawing } from './drawing.ts'
import { mercator } from './plane.ts'

type Filled = ShapeDrawing & { picture: NonNullable<ShapeDrawing['picture']> }
type Ring = readonly Position[]

/** Each is a texture of its own. */
const mostPictures = 60
/** px of the longer side. */
const longest = 768

const ringsOf = ({ geometry }: ShapeDrawing): Ring[] =>
  geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : []

const nameOf = (id: string) => `picture of ${id}`

/** How large a picture is drawn so that it fills a box, or is stretched to it. */
export const fillingSize = (
  box: { width: number; height: number },
  picture: { width: number; height: number },
  keeps: boolean,
): { width: number; height: number } => {
  if (!keeps) return box
  const scale = Math.max(box.width / picture.width, box.height / picture.height)
  return { width: picture.width * scale, height: picture.height * scale }
}

/** The picture cut out by the rings; null without graphics. */
const cutOut = (image: HTMLImageElement, { picture }: Filled, rings: readonly Ring[], bounds: Bounds) => {
  const [left, bottom] = mercator([bounds[0], bounds[1]])
  const [right, top] = mercator([bounds[2], bounds[3]])
  const [across, down] = [right - left, bottom - top]
  if (!(across > 0) || !(down > 0)) return null
  const scale = longest / Math.max(across, down)
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width: Math.max(1, across * scale), height: Math.max(1, down * scale) })
  const context = canvas.getContext('2d')
  if (!context) return null
  context.beginPath()
  for (const ring of rings) {
    ring.forEach((at, index) => {
      const [x, y] = mercator(at)
      const [px, py] = [(x - left) * scale, (y - top) * scale]
      if (index === 0) context.moveTo(px, py)
      else context.lineTo(px, py)
    })
    context.closePath()
  }
  context.clip('evenodd')
  context.globalAlpha = picture.opacity
  context.translate(canvas.width / 2, canvas.height / 2)
  context.rotate((picture.angle * Math.PI) / 180)
  context.scale(picture.scale, picture.scale)
  const natural = { width: image.naturalWidth || 1, height: image.naturalHeight || 1 }
  const { width, height } = fillingSize(canvas, natural, picture.keeps)
  context.drawImage(image, -width / 2, -height / 2, width, height)
  return canvas
}

/** Pictures that areas are filled with, each cut out by its area. */
export class ShapePictures {
  readonly #map: MapLibre
  readonly #pictureOf: (id: string) => HTMLImageElement | null
  /** What each was drawn of, by the area. */
  readonly #drawn = new Map<string, string>()

  constructor(map: MapLibre, pictureOf: (artId: string) => HTMLImageElement | null) {
    this.#map = map
    this.#pictureOf = pictureOf
  }

  /** The style is another one, which has none. */
  clear(): void {
    this.#drawn.clear()
  }

  draw(shapes: readonly ShapeDrawing[]): void {
    const filled = shapes.filter((one): one is Filled => one.picture !== null).slice(0, mostPictures)
    const wanted = new Set(filled.map(({ id }) => id))
    for (const id of this.#drawn.keys()) if (!wanted.has(id)) this.#remove(id)
    for (const shape of filled) this.#drawOne(shape)
  }

  #drawOne(shape: Filled): void {
    const image = this.#pictureOf(artId({ kind: 'image', link: shape.picture.link }))
    const rings = ringsOf(shape)
    const bounds = boundsOf(rings.flat())
    if (!image || !bounds) return
    const of = JSON.stringify([shape.picture, rings])
    if (this.#drawn.get(shape.id) === of) return
    this.#remove(shape.id)
    const canvas = cutOut(image, shape, rings, bounds)
    if (!canvas) return
    const [west, south, east, north] = bounds
    const source: CanvasSourceSpecification = {
      ...{ type: 'canvas', canvas, animate: false },
      coordinates: [
        [west, north],
        [east, north],
        [east, south],
        [west, south],
      ],
    }
    const id = nameOf(shape.id)
    this.#map.addSource(id, source)
    this.#map.addLayer({ id, type: 'raster', source: id, paint: { 'raster-fade-duration': 0 } }, 'striped')
    this.#drawn.set(shape.id, of)
  }

  #remove(id: string): void {
    const name = nameOf(id)
    if (this.#map.getLayer(name)) this.#map.removeLayer(name)
    if (this.#map.getSource(name)) this.#map.removeSource(name)
    this.#drawn.delete(id)
  }
}
