import type { Plane } from './plane.ts'
import { cornersOf } from './plane.ts'

type TileSet = { template: string; maxZoom: number }

/** What a map is drawn on. */
export type Ground =
  | { kind: 'outlines' }
  /** `template`: address of a tile with `{z}`, `{x}` and `{y}`; `overlays` lie over it, the first lowest. */
  | { kind: 'tiles'; template: string; maxZoom: number; isDimmed: boolean; overlays: readonly TileSet[] }
  | { kind: 'picture' }

/** A picture as a map can draw it, and the plane whose places are fractions of it. */
export type Picture = { canvas: HTMLCanvasElement; plane: Plane }

/** px of the longer side: what graphics everywhere can hold. */
const largest = 4_096
/** Of drawings, which have no size of their own. */
const drawnSize = 2_048

/** The picture on a canvas; null where there are no graphics. A drawing without a size counts as a square. */
export const pictureOf = (image: HTMLImageElement, planeOf: (aspect: number) => Plane): Picture | null => {
  const [width, height] = [image.naturalWidth || drawnSize, image.naturalHeight || drawnSize]
  const isDrawing = /^data:image\/svg|\.svg(\?|$)/i.test(image.src)
  const longer = Math.max(width, height)
  const scale = Math.min(largest / longer, isDrawing ? Math.max(1, drawnSize / longer) : 1)
  const canvas = document.createElement('canvas')
  const [across, down] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))]
  Object.assign(canvas, { width: across, height: down })
  const context = canvas.getContext('2d')
  if (!context) return null
  context.drawImage(image, 0, 0, across, down)
  return { canvas, plane: planeOf(width / height) }
}

/** How a map is told of a picture. */
export const pictureSource = ({ canvas, plane }: Picture) => ({
  ...{ type: 'canvas' as const, canvas, animate: false },
  coordinates: cornersOf(plane),
})
