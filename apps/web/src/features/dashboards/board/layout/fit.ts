'use client'
import { createContext } from 'react'
import type { Arrangement, Placed } from './arrange.ts'

/** How high things want to be, px, by the id of their widget. */
export type Heights = ReadonlyMap<string, number>
export const noHeights: Heights = new Map()

/** @param height null: as the grid has it */
export const withHeight = (heights: Heights, id: string, height: number | null): Heights => {
  if ((heights.get(id) ?? null) === height) return heights
  const next = new Map(heights)
  if (height === null) next.delete(id)
  else next.set(id, height)
  return next
}

type Fit = (id: string, height: number | null) => void
const FitContext = createContext<Fit | null>(null)
/** Told by what is in a grid and wants to be as high as its content; null where nothing makes room. */
export const FitProvider = FitContext

/**
 * The arrangement with some widgets as high as they want to be; whatever begins below one of them moves by as much as that
 * one grows or shrinks.
 */
export const fitted = (
  arrangement: Arrangement,
  heights: Heights,
  { row, gap }: { row: number; gap: number },
): Arrangement => {
  const growth = arrangement.items.flatMap((item): { bottom: number; by: number }[] => {
    const height = heights.get(item.id)
    if (height === undefined) return []
    const rows = Math.max(1, Math.ceil((height + gap) / (row + gap)))
    return rows === item.rows ? [] : [{ bottom: item.row + item.rows, by: rows - item.rows }]
  })
  if (growth.length === 0) return arrangement
  // Of those that end at the same height, side by side, the one that grows most counts.
  const byBottom = new Map<number, number>()
  for (const { bottom, by } of growth)
    byBottom.set(bottom, Math.max(by, byBottom.get(bottom) ?? Number.NEGATIVE_INFINITY))
  const neighbours = (bottom: number, by: number) =>
    // Something else that ends there and does not shrink keeps what is below where it is.
    by < 0 && arrangement.items.some((item) => item.row + item.rows === bottom && !heights.has(item.id)) ? 0 : by
  const shift = (from: number) =>
    [...byBottom].reduce((sum, [bottom, by]) => (bottom <= from ? sum + neighbours(bottom, by) : sum), 0)
  const items = arrangement.items.map((item): Placed => {
    const height = heights.get(item.id)
    const rows = height === undefined ? item.rows : Math.max(1, Math.ceil((height + gap) / (row + gap)))
    return { ...item, row: Math.max(0, item.row + shift(item.row)), rows }
  })
  return { ...arrangement, items, rows: items.reduce((most, item) => Math.max(most, item.row + item.rows), 0) }
}
