import type { Frame } from './values.ts'

/** How a statement ended. */
export const ends = { normally: 0, byReturn: 1, byBreak: 2, byContinue: 3 } as const
export type End = (typeof ends)[keyof typeof ends]

/** A compiled statement. */
export type Run = (frame: Frame) => End
