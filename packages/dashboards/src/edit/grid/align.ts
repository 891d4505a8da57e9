import type { Box, Boxes } from '../model.ts'
import { boundsOf, inGrid } from './geometry.ts'

export const alignments = ['left', 'center', 'right', 'top', 'middle', 'bottom'] as const
export type Alignment = (typeof alignments)[number]
export type Direction = 'horizontal' | 'vertical'

const each = (boxes: Boxes, to: (box: Box, id: string) => Box): Boxes =>
  new Map([...boxes].map(([id, box]) => [id, to(box, id)]))

/** Brings boxes to one side or to the middle of what they span together. */
export const aligned = (boxes: Boxes, to: Alignment): Boxes => {
  const span = boundsOf(boxes.values())
  if (!span) return boxes
  return each(boxes, (box) => {
    switch (to) {
      case 'left':
        return { ...box, col: span.col }
      case 'center':
        return { ...box, col: Math.round(span.col + (span.sizeX - box.sizeX) / 2) }
      case 'right':
        return { ...box, col: span.col + span.sizeX - box.sizeX }
      case 'top':
        return { ...box, row: span.row }
      case 'middle':
        return { ...box, row: Math.round(span.row + (span.sizeY - box.sizeY) / 2) }
      case 'bottom':
        return { ...box, row: span.row + span.sizeY - box.sizeY }
    }
  })
}

/** Leaves the first and the last where they are and as much room between any two, to the cell. */
export const distributed = (boxes: Boxes, direction: Direction): Boxes => {
  const [start, size] = direction === 'horizontal' ? (['col', 'sizeX'] as const) : (['row', 'sizeY'] as const)
  const order = [...boxes].toSorted(([, a], [, b]) => a[start] - b[start] || a[size] - b[size])
  const [first, last] = [order[0]?.[1], order.at(-1)?.[1]]
  if (!first || !last || order.length < 3) return boxes
  const taken = order.reduce((sum, [, box]) => sum + box[size], 0)
  const gap = (last[start] + last[size] - first[start] - taken) / (order.length - 1)
  let at = first[start]
  const places = new Map<string, Box>()
  for (const [id, box] of order) {
    places.set(id, { ...box, [start]: Math.max(0, Math.round(at)) })
    at += box[size] + gap
  }
  return each(boxes, (box, id) => places.get(id) ?? box)
}

/** As large as the one that is named, else as the largest; on the grid. */
export const sameSized = (
  boxes: Boxes,
  which: 'width' | 'height' | 'both',
  columns: number,
  like: string | null = null,
): Boxes => {
  const model = like === null ? undefined : boxes.get(like)
  const sizeX = model?.sizeX ?? Math.max(...[...boxes.values()].map((box) => box.sizeX))
  const sizeY = model?.sizeY ?? Math.max(...[...boxes.values()].map((box) => box.sizeY))
  return each(boxes, (box) =>
    inGrid({ ...box, ...(which !== 'height' && { sizeX }), ...(which !== 'width' && { sizeY }) }, columns),
  )
}
