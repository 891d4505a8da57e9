import { readTbel } from '../compile.ts'
import { CompileError } from '../problem.ts'
import { Scope } from '../scope.ts'
import { beginRun, spend } from '../budget.ts'
import { measureResult } from './measure.ts'
import { type Frame, type Callee, Program, Unfit } from './frame.ts'
import { runtime } from './runtime.ts'
import { bodyOf, goesOn } from './statements.ts'

/** Runs a script with values of the language; throws when a sandbox has to. */
export type RunTbel = (...args: unknown[]) => unknown

/** A library, and those that it uses itself. */
export type DirectLibrary = { name: string; body: string; uses: readonly string[] }

type Library = ReadonlyMap<string, Callee>

const read = (source: string) => {
  const parsed = readTbel(source)
  if (!parsed.ok) throw new Unfit('no script')
  return parsed.body
}

/** A scope that sees the functions of these libraries. */
const scopeWith = (
  uses: readonly string[],
  known: ReadonlyMap<string, Library>,
  outermost: Scope,
  program: Program,
) => {
  if (uses.length === 0) return new Scope(outermost)
  const scope = new Scope(outermost)
  for (const name of uses)
    for (const [functionName, found] of known.get(name) ?? []) program.declareFunction(functionName, scope, found)
  return new Scope(scope)
}

/** Both throw Unfit for what needs a sandbox. */
const libraryOf = (body: string, scope: Scope, program: Program): Library => {
  const statements = read(body)
  bodyOf(statements, { scope, program, isLast: false, isInLoop: false, canBreak: false, isLibrary: true })
  const functions = new Map<string, Callee>()
  for (const statement of statements) {
    if (statement.kind !== 'function') throw new Unfit('a library with something else')
    const { found } = program.functionOf(statement.name, scope) ?? {}
    if (found) functions.set(statement.name, found)
  }
  return functions
}

const compiled = (
  source: string,
  args: readonly string[],
  { libraries, uses }: { libraries: readonly DirectLibrary[]; uses: readonly string[] },
): RunTbel => {
  const program = new Program()
  const outermost = new Scope(null)
  const level = program.beginFunction(outermost)
  const known = new Map<string, Library>()
  for (const { name, body, uses } of libraries)
    known.set(name, libraryOf(body, scopeWith(uses, known, outermost, program), program))
  const scope = scopeWith(uses, known, outermost, program)
  const slots = args.map((name) => {
    scope.variables.add(name)
    return program.placeOf(name, scope).slot
  })
  const { made: run, steps } = program.measured(() =>
    bodyOf(read(source), { scope, program, isLast: true, isInLoop: false, canBreak: false, isLibrary: false }),
  )
  return (...values) => {
    beginRun()
    spend(steps)
    const frame: Frame = { slots: new Array<unknown>(level.size).fill(undefined), outer: null }
    for (let at = 0; at < slots.length; at++) frame.slots[slots[at] ?? 0] = values[at]
    const value = run(frame)
    const result = value === goesOn ? null : value
    measureResult(result)
    return result
  }
}

/**
 * A script that does nothing but work on its message, as functions that need no sandbox; null for all others. What it answers is
 * what the code of `compileTbel` answers. Nothing of the text becomes code.
 * @param given The libraries, each after what it uses, and the names of those that the script uses
 */
export const directTbel = (
  source: string,
  args: readonly string[],
  given: { libraries: readonly DirectLibrary[]; uses: readonly string[] } = { libraries: [], uses: [] },
): RunTbel | null => {
  try {
    return compiled(source, args, given)
  } catch (error) {
    if (error instanceof Unfit || error instanceof CompileError || error instanceof RangeError) return null
    throw error
  }
}

/** The values of the language in this process, for what goes into a direct script and comes out of it. */
export const tbelValues = runtime
