'use client'
import type { Box, Boxes } from '@thingwire/dashboards/edit'
import { type RefObject, useLayoutEffect, useRef } from 'react'

type Offset = { x: number; y: number }
type Pitch = { x: number; y: number }
type Input = {
  root: RefObject<HTMLElement | null>
  /** Where widgets are seen now. */
  boxes: Boxes
  pitch: Pitch
  /** Between cells, px. */
  gap: number
  /** Of the grid: another one is no move. */
  name: string
  /** Something is dragged: those that make room are moved by their own style, and what is dragged follows the pointer. */
  isDragging: boolean
  /** Set when the pointer lets go, before anything stands elsewhere: from there what was dragged glides to its place. */
  released: RefObject<Released | null>
}

/** Widgets and how far from their places in `from` they are seen, px; `stretched`: the box between cells of one that was resized. */
export type Released = { ids: readonly string[]; offset: Offset; stretched: Box | null; from: Boxes }

const glideMs = 140
const easing = 'cubic-bezier(0.2, 0, 0, 1)'
const prefersStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches

export const cellsOf = (root: HTMLElement | null, id: string): HTMLElement[] => [
  ...(root?.querySelectorAll<HTMLElement>(`[data-cell="${CSS.escape(id)}"]`) ?? []),
]

/** From the size that the pointer left it with to that of its cells. */
const settle = (cells: readonly HTMLElement[], from: Box, to: Box, pitch: Pitch, gap: number) => {
  const sizeOf = ({ sizeX, sizeY }: Box) => ({
    width: `${sizeX * pitch.x - gap}px`,
    height: `${sizeY * pitch.y - gap}px`,
  })
  const transform = `translate(${(from.col - to.col) * pitch.x}px, ${(from.row - to.row) * pitch.y}px)`
  // What is in a frame would be laid out anew with every step.
  for (const cell of cells)
    if (cell.dataset.stretches !== undefined && cell.dataset.stretches !== 'frame')
      cell.animate(
        [
          { ...sizeOf(from), transform },
          { ...sizeOf(to), transform: 'none' },
        ],
        { duration: glideMs, easing },
      )
}

/**
 * Lets widgets glide to a new place, whoever moved them: a key, a command, undoing, or the pointer that let go. Only
 * what is painted moves, nothing is laid out again.
 */
export const useGlide = ({ root, boxes, pitch, gap, name, isDragging, released }: Input): void => {
  const before = useRef<{ name: string; boxes: Boxes } | null>(null)
  const { x: pitchX, y: pitchY } = pitch
  useLayoutEffect(() => {
    const former = before.current
    before.current = { name, boxes }
    if (isDragging) return
    const freed = released.current
    released.current = null
    if (!former || former.name !== name || (former.boxes === boxes && !freed) || prefersStill()) return
    for (const [id, box] of boxes) {
      const isFreed = freed?.ids.includes(id) ?? false
      if (isFreed && freed?.stretched) {
        settle(cellsOf(root.current, id), freed.stretched, box, { x: pitchX, y: pitchY }, gap)
        continue
      }
      const was = (isFreed ? freed?.from : former.boxes)?.get(id)
      if (!was) continue
      const offset = isFreed && freed ? freed.offset : { x: 0, y: 0 }
      const x = (was.col - box.col) * pitchX + offset.x
      const y = (was.row - box.row) * pitchY + offset.y
      if (Math.abs(x) < 1 && Math.abs(y) < 1) continue
      for (const cell of cellsOf(root.current, id))
        cell.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], {
          duration: glideMs,
          easing,
        })
    }
  }, [root, boxes, pitchX, pitchY, gap, name, isDragging, released])
}
