/** Where something stands in a script; both count from 1. */
export type Position = { line: number; column: number }

/** Why a script cannot be translated, and where. */
export type Problem = Position & { message: string }

/** Thrown inside the compiler only; compileTbel turns it into a problem. */
export class CompileError extends Error {
  readonly at: Position

  constructor(message: string, at: Position) {
    super(message)
    this.at = at
  }
}
