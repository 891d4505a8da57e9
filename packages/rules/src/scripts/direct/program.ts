import { parse, type Program as Parsed } from 'acorn'
import type { ScriptLibrarySource, ScriptSource } from '../script.ts'
import { usedLibraries } from '../script-libraries.ts'
import { beginRun, spend } from '@thingwire/tbel/budget'
import { measureResult } from './measure.ts'
import { compileExpression } from './expressions.ts'
import { compileFunction } from './functions.ts'
import { type Compilers, Scope, unfit, type Variable } from './scope.ts'
import { compileBody, compileStatement } from './statements.ts'
import type { Frame } from './values.ts'

/** Runs a script for one message; throws when the sandbox has to. */
export type RunScript = (...args: unknown[]) => unknown

const compilers: Compilers = {
  expression: compileExpression,
  function: compileFunction,
  statement: compileStatement,
  body: compileBody,
}

const read = (body: string, isFunction: boolean): Parsed =>
  parse(body, { ecmaVersion: 'latest', allowReturnOutsideFunction: isFunction })

type Library = ReadonlyMap<string, Variable>

/** Around a text that uses libraries: their functions, under their names. */
const withFunctions = (body: string, known: ReadonlyMap<string, Library>, outermost: Scope): Scope => {
  const scope = outermost.block()
  for (const name of usedLibraries(body)) for (const entry of known.get(name) ?? []) scope.share(...entry)
  return scope
}

const libraryOf = ({ body }: ScriptLibrarySource, scope: Scope): Library => {
  const own = scope.block()
  const functions = new Map<string, Variable>()
  const nodes = read(body, false).body.map((node) => {
    if (node.type !== 'FunctionDeclaration') return unfit('a library with something else')
    functions.set(node.id.name, own.declare(node.id.name, 'function'))
    return node
  })
  for (const node of nodes) {
    const variable = functions.get(node.id.name)
    if (variable) variable.code = own.compileFunction(node)
  }
  return functions
}

/** Throws Unfit for a script that needs a sandbox, and SyntaxError for what is none. */
export const compileProgram = ({ body, argNames, libraries = [] }: ScriptSource): RunScript => {
  const outermost = Scope.outermost(compilers)
  const { program, place } = outermost
  const known = new Map<string, Library>()
  for (const library of libraries)
    known.set(library.name, libraryOf(library, withFunctions(library.body, known, outermost)))
  const scope = withFunctions(body, known, outermost).block()
  const slots = argNames.map((name) => scope.declare(name, 'parameter').slot)
  const { made: run, steps } = program.measured(() => scope.compileBody(read(body, true).body, true))
  const { initial } = place
  return (...args) => {
    beginRun()
    spend(steps)
    const frame: Frame = { slots: initial.slice(), outer: null, result: undefined }
    for (let at = 0; at < slots.length; at++) frame.slots[slots[at] ?? 0] = args[at]
    run(frame)
    measureResult(frame.result)
    return frame.result
  }
}
