import { emitScript } from './emit.ts'
import { parse } from './parse.ts'
import { CompileError, type Problem } from './problem.ts'

/** The longest script that is accepted, in characters. */
export const maxSourceLength = 50_000

export type Compiled =
  | {
      ok: true
      /** An expression of JavaScript; its value is `($: runtime) => (...args) => result`. */
      js: string
    }
  | { ok: false; problems: Problem[] }

/**
 * Translates a TBEL script, the inside of a function with these arguments, to JavaScript that needs nothing but the
 * value of `tbelRuntime`. Never throws: what cannot be translated is a problem with its line and column.
 */
export const compileTbel = (source: string, { args }: { args: readonly string[] }): Compiled => {
  if (source.length > maxSourceLength) {
    return {
      ok: false,
      problems: [{ line: 1, column: 1, message: `a script has at most ${maxSourceLength} characters` }],
    }
  }
  try {
    return { ok: true, js: emitScript(parse(source), args) }
  } catch (error) {
    // Each limit of the parser holds alone; together they can still fill the stack.
    if (error instanceof RangeError)
      return { ok: false, problems: [{ line: 1, column: 1, message: 'the script nests too deep' }] }
    if (!(error instanceof CompileError)) throw error
    return { ok: false, problems: [{ ...error.at, message: error.message }] }
  }
}
