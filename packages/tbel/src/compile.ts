import type { Statement } from './ast.ts'
import { emitLibrary, emitScript } from './emit.ts'
import { parse } from './parse.ts'
import { CompileError, type Problem } from './problem.ts'

/** The longest script that is accepted, in characters. */
export const maxSourceLength = 50_000

export type Compiled =
  | {
      ok: true
      /** An expression of JavaScript; its value is `($: runtime, imported functions by name) => (...args) => result`. */
      js: string
    }
  | { ok: false; problems: Problem[] }

export type CompiledLibrary =
  | {
      ok: true
      /** An expression of JavaScript; its value is `($: runtime, imported functions by name) => functions by name`. */
      js: string
      functions: string[]
    }
  | { ok: false; problems: Problem[] }

/**
 * Translates a TBEL script, the inside of a function with these arguments, to JavaScript that needs nothing but the
 * value of `tbelRuntime` and the functions of libraries whose names are `imports`. Never throws: what cannot be translated
 * is a problem with its line and column.
 */
export const compileTbel = (
  source: string,
  { args, imports = [] }: { args: readonly string[]; imports?: readonly string[] },
): Compiled => compile(source, (body) => ({ ok: true, js: emitScript(body, args, imports) }))

/** Translates functions that scripts share. They see each other and `imports`, and keep nothing from call to call. */
export const compileTbelLibrary = (
  source: string,
  { imports = [] }: { imports?: readonly string[] } = {},
): CompiledLibrary => compile(source, (body) => ({ ok: true, ...emitLibrary(body, imports) }))

/** The statements of a script, for editors that look closer than the compiler. Never throws. */
export const readTbel = (source: string): { ok: true; body: Statement[] } | { ok: false; problems: Problem[] } =>
  compile(source, (body) => ({ ok: true, body }))

const compile = <T>(source: string, emit: (body: Statement[]) => T): T | { ok: false; problems: Problem[] } => {
  if (source.length > maxSourceLength) {
    return {
      ok: false,
      problems: [{ line: 1, column: 1, message: `a script has at most ${maxSourceLength} characters` }],
    }
  }
  try {
    return emit(parse(source))
  } catch (error) {
    // Each limit of the parser holds alone; together they can still fill the stack.
    if (error instanceof RangeError)
      return { ok: false, problems: [{ line: 1, column: 1, message: 'the script nests too deep' }] }
    if (!(error instanceof CompileError)) throw error
    return { ok: false, problems: [{ ...error.at, message: error.message }] }
  }
}
