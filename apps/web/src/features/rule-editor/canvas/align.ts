import type { Box } from './guides.ts'
import { boundsOf } from './guides.ts'
import type { Place } from '../model/places.ts'

export const alignments = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const
export type Alignment = (typeof alignments)[number]
export const distributions = ['columns', 'rows'] as const
export type Distribution = (typeof distributions)[number]

type Boxes = ReadonlyMap<string, Box>

const aligned = (how: Alignment, box: Box, all: Box): Place => {
  switch (how) {
    case 'left':
      return { x: all.x, y: box.y }
    case 'centre':
      return { x: all.x + (all.width - box.width) / 2, y: box.y }
    case 'right':
      return { x: all.x + all.width - box.width, y: box.y }
    case 'top':
      return { x: box.x, y: all.y }
    case 'middle':
      return { x: box.x, y: all.y + (all.height - box.height) / 2 }
    case 'bottom':
      return { x: box.x, y: all.y + all.height - box.height }
  }
}

/** Where boxes are once they stand in line within what they cover together. */
export const align = (boxes: Boxes, how: Alignment): Map<string, Place> => {
  const all = boundsOf([...boxes.values()])
  return new Map([...boxes].map(([id, box]) => [id, aligned(how, box, all)]))
}

/** The same room between any two neighbours; the first and the last stay. */
export const distribute = (boxes: Boxes, how: Distribution): Map<string, Place> => {
  const [at, size] = how === 'columns' ? (['x', 'width'] as const) : (['y', 'height'] as const)
  const sorted = [...boxes].sort(([, a], [, b]) => a[at] - b[at])
  const all = boundsOf([...boxes.values()])
  const filled = sorted.reduce((sum, [, box]) => sum + box[size], 0)
  const room = sorted.length > 1 ? (all[size] - filled) / (sorted.length - 1) : 0
  let next = all[at]
  return new Map(
    sorted.map(([id, box]) => {
      const place = { x: box.x, y: box.y, [at]: next }
      next += box[size] + room
      return [id, place]
    }),
  )
}
