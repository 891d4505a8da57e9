import type { Position } from './coordinates.ts'

/** Fewer than this are drawn all. */
const leastToThin = 2_000
/** Of markers with one look that stand nearer than this, px, the eye sees one. */
const cellPx = 6
/** px around the world at zoom 0. */
const worldPx = 512
/** From here on all are drawn, wherever they stand; a map of a picture goes no nearer. */
const lastZoom = 12

export type Look = { at: Position; look: string }

/** Web Mercator, 0 to 1 from west to east and from north to south. */
const onWorld = ([lng, lat]: Position): [x: number, y: number] => {
  const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180)
  return [lng / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)]
}

/**
 * The whole zoom from which each marker is drawn. Looked at from afar, ten thousand markers lie on each other a hundredfold, and
 * all of them would be painted with every frame. One of each look is kept in each small square; as one comes nearer the
 * others follow, before they could be told apart. Null: all are drawn at all zooms.
 */
export const firstZooms = (markers: readonly Look[]): number[] | null => {
  if (markers.length < leastToThin) return null
  const looks = new Map<string, number>()
  const places = markers.map(({ at, look }) => {
    const number = looks.get(look) ?? looks.size
    looks.set(look, number)
    return [...onWorld(at), number] as const
  })
  const zooms = markers.map(() => lastZoom)
  const kept: number[] = []
  let left = markers.map((_, index) => index)
  for (let zoom = 0; zoom < lastZoom && left.length > 0; zoom++) {
    const cells = (worldPx * 2 ** zoom) / cellPx
    const rows = Math.ceil(cells) + 1
    const cellOf = (index: number): number => {
      const [x, y, look] = places[index] ?? [0, 0, 0]
      return (look * rows + Math.floor(y * cells)) * rows + Math.floor(x * cells)
    }
    const taken = new Set(kept.map(cellOf))
    const covered: number[] = []
    for (const index of left) {
      const cell = cellOf(index)
      if (taken.has(cell)) covered.push(index)
      else {
        taken.add(cell)
        kept.push(index)
        zooms[index] = zoom
      }
    }
    left = covered
  }
  return zooms
}
