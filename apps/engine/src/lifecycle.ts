/**
 * A part of the engine. Constructing one has no effect; `start` does the work; `stop` ends within the deadline and
 * leaves nothing running. `compose.ts` starts parts in order and stops them in reverse.
 */
export type Part = {
  name: string
  start(): Promise<void>
  /** `deadlineMs`: epoch ms after which what is left is cut off. */
  stop(deadlineMs: number): Promise<void>
}
