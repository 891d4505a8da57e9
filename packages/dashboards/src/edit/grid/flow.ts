import type { BreakpointId } from '../../document/model.ts'
import type { Box, Boxes } from '../model.ts'
import { bottom, byPlace, collides, firstFree, right } from './geometry.ts'

/** How many columns a grid for that width has beside one of 24 for a desktop: cells stay about as large. */
const columnShare: Record<BreakpointId, number> = { xs: 1 / 3, sm: 1 / 2, md: 3 / 4, lg: 1, xl: 4 / 3 }
/** How much more of the width a widget needs there, and what shares of it a widget may have. */
const growth: Record<BreakpointId, number> = { xs: 2, sm: 2, md: 4 / 3, lg: 1, xl: 1 }
const shares: Record<BreakpointId, readonly number[]> = {
  xs: [1 / 2, 1],
  sm: [1 / 3, 1 / 2, 2 / 3, 1],
  md: [1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 1],
  lg: [],
  xl: [],
}

export const columnsFor = (breakpoint: BreakpointId, columns: number): number =>
  Math.min(1_008, Math.max(4, Math.round(columns * columnShare[breakpoint])))

export type Flow = {
  breakpoint: BreakpointId
  fromColumns: number
  columns: number
  /** Rows there for each row here; 1: heights stay. */
  heightScale?: number
  /** Those that were placed by hand: the others flow round them. */
  kept?: Boxes
}

const shareFor = (box: Box, { breakpoint, fromColumns }: Flow): number => {
  const share = box.sizeX / fromColumns
  if (shares[breakpoint].length === 0) return share
  const wanted = share * growth[breakpoint]
  return shares[breakpoint].find((one) => one >= wanted - 0.03) ?? 1
}

/** Takes the columns beside a box that are too few for another one. */
const stretched = (boxes: ReadonlyMap<string, Box>, kept: Boxes, columns: number): Map<string, Box> => {
  const result = new Map(boxes)
  for (const [id, box] of result) {
    if (kept.has(id)) continue
    const others = [...result].filter(([other]) => other !== id).map(([, one]) => one)
    const beside = others.filter((one) => one.row < bottom(box) && box.row < bottom(one) && one.col >= right(box))
    const end = Math.min(columns, ...beside.map((one) => one.col))
    const gap = end - right(box)
    const wider = { ...box, sizeX: box.sizeX + gap }
    if (gap > 0 && gap < columns / 4 && !others.some((one) => collides(one, wider))) result.set(id, wider)
  }
  return result
}

/**
 * The widgets of one grid laid out for another width, in reading order, none over another: each as wide as it must be to
 * be read there, small ones beside each other.
 */
export const flowed = (boxes: Boxes, flow: Flow): Boxes => {
  const { columns, heightScale = 1, kept = new Map() } = flow
  const result = new Map<string, Box>(kept)
  let row = 0
  for (const [id, box] of [...boxes].toSorted(([, a], [, b]) => byPlace(a, b))) {
    if (kept.has(id)) continue
    const sizeX = Math.min(columns, Math.max(1, Math.round(shareFor(box, flow) * columns)))
    const sizeY = Math.max(1, Math.round(box.sizeY * heightScale))
    const place = firstFree(result.values(), { sizeX, sizeY }, columns, row)
    // Never above what comes before it: the order on a phone is the order of the desktop.
    row = place.row
    result.set(id, place)
  }
  return stretched(result, kept, columns)
}
