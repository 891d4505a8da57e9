'use client'
import { type Box, type Boxes, type LayoutAddress, pushed } from '@thingwire/dashboards/edit'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { gridUnder } from '../canvas/grid-under.ts'
import { scrollAlong } from '../canvas/scroll-along.ts'
import { incoming } from './incoming.ts'

type Input = {
  root: RefObject<HTMLElement | null>
  at: LayoutAddress
  start: Boxes
  locked: ReadonlySet<string>
  isFree: boolean
  /** px; `column` and `row` without the gap. */
  measures: { gap: number; outer: number; column: number; row: number; columns: number }
}

/** What a grid shows of a widget that is dragged over it: where it would stand, and how others make room. */
export type Arriving = { ghost: Box; title: string; boxes: Boxes }

const ghostId = ''

const isSameBox = (a: Box | null, b: Box | null) =>
  a === b || (a !== null && b !== null && a.col === b.col && a.row === b.row)

/** The box of a widget of so many columns of 24 under a point of the grid, px; it hangs at its upper left part. */
export const boxUnder = (
  { x, y }: { x: number; y: number },
  size: { sizeX: number; sizeY: number },
  { gap, outer, column, row, columns }: Input['measures'],
): Box => {
  const sizeX = Math.max(1, Math.min(columns, Math.round((size.sizeX * columns) / 24)))
  const sizeY = Math.max(1, size.sizeY)
  const col = Math.floor((x - outer) / (column + gap)) - Math.floor(sizeX / 3)
  return {
    col: Math.max(0, Math.min(columns - sizeX, col)),
    row: Math.max(0, Math.floor((y - outer) / (row + gap))),
    sizeX,
    sizeY,
  }
}

/** Of a grid while something comes from the library; drawn anew only as it goes from cell to cell. */
export const useIncoming = (input: Input): Arriving | null => {
  const newest = useRef(input)
  useEffect(() => {
    newest.current = input
  })
  const [arriving, setArriving] = useState<{ box: Box; title: string } | null>(null)
  useEffect(
    () =>
      incoming.listen(() => {
        const { root, at, measures } = newest.current
        const one = incoming.get()
        const element = root.current
        const view = element?.parentElement?.getBoundingClientRect()
        const under = one === null ? null : gridUnder(one.x, one.y)
        const isOver =
          one !== null &&
          (under === null || under === element) &&
          view !== undefined &&
          one.x >= view.left &&
          one.x <= view.right &&
          one.y >= view.top &&
          one.y <= view.bottom
        if (!isOver || !element) return setArriving(null)
        scrollAlong(element, one.y)
        const grid = element.getBoundingClientRect()
        const box = boxUnder({ x: one.x - grid.left, y: one.y - grid.top }, one.widget, measures)
        incoming.aim({ at, place: box })
        setArriving((before) => (isSameBox(before?.box ?? null, box) ? before : { box, title: one.widget.title }))
      }),
    [],
  )
  if (!arriving) return null
  const { start, locked, isFree, measures } = input
  const ghosts = new Map([[ghostId, arriving.box]])
  const boxes = isFree ? start : pushed(start, ghosts, { columns: measures.columns, locked })
  return { ghost: boxes.get(ghostId) ?? arriving.box, title: arriving.title, boxes }
}
