import type { Frame } from './values.ts'

/** How a statement ended. */
export const ends = { normally: 0, byReturn: 1, byBreak: 2, byContinue: 3 } as const
/** Greater numbers leave statements that have a label. */
export const firstLabelEnd = 4
export type End = number

/** A compiled statement. */
export type Run = (frame: Frame) => End
