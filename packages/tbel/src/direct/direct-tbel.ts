import type { Statement } from '../ast.ts'
import { readTbel } from '../compile.ts'
import { CompileError } from '../problem.ts'
import { Scope } from '../scope.ts'
import { staticType } from '../static-type.ts'
import { compile, compileTest } from './expressions.ts'
import { type Frame, Program, Unfit } from './frame.ts'
import { runtime } from './runtime.ts'

/** What a statement that goes on leaves; anything else is the value of the script. */
const goesOn = Symbol('goes on')
type Run = (frame: Frame) => unknown

/** `isLast`: the value of the statement is that of the script. */
type Place = { scope: Scope; program: Program; isLast: boolean }

const bodyOf = (body: readonly Statement[], place: Place): Run => {
  const last = body.at(-1)
  const runs = body.map((statement) => runOf(statement, { ...place, isLast: place.isLast && statement === last }))
  return (frame) => {
    for (let index = 0; index < runs.length; index++) {
      const value = runs[index]?.(frame)
      if (value !== goesOn) return value
    }
    return goesOn
  }
}

const blockOf = (statement: Statement, place: Place): Run =>
  bodyOf(statement.kind === 'block' ? statement.body : [statement], { ...place, scope: new Scope(place.scope) })

const declarationOf = (statement: Statement & { kind: 'declare' }, place: Place): Run => {
  const { scope, program, isLast } = place
  const type = statement.value ? staticType(statement.value, scope) : null
  const value = statement.value ? compile(statement.value, place) : () => null
  scope.declare(statement.name, type)
  const slot = program.slotOf(statement.name, scope)
  return (frame) => {
    const given = value(frame)
    frame.slots[slot] = given
    return isLast ? given : goesOn
  }
}

const runOf = (statement: Statement, place: Place): Run => {
  place.program.countSteps()
  switch (statement.kind) {
    case 'expression': {
      const value = compile(statement.value, place)
      if (place.isLast) return value
      return (frame) => {
        value(frame)
        return goesOn
      }
    }
    case 'declare':
      return declarationOf(statement, place)
    case 'block':
      return blockOf(statement, place)
    case 'if': {
      const test = compileTest(statement.test, place)
      const yes = blockOf(statement.yes, place)
      const no = statement.no ? blockOf(statement.no, place) : () => goesOn
      return (frame) => (test(frame) ? yes(frame) : no(frame))
    }
    case 'return':
      return statement.value ? compile(statement.value, place) : () => null
    default:
      throw new Unfit(statement.kind)
  }
}

/** Runs a script with values of the language; throws when a sandbox has to. */
export type RunTbel = (...args: unknown[]) => unknown

/**
 * A script that only calculates, as functions that need no sandbox; null for all others. What it answers is what the code of
 * `compileTbel` answers. Nothing of the text becomes code.
 */
export const directTbel = (source: string, args: readonly string[]): RunTbel | null => {
  const read = readTbel(source)
  if (!read.ok) return null
  try {
    const program = new Program()
    const scope = new Scope(null)
    for (const name of args) {
      scope.variables.add(name)
      program.slotOf(name, scope)
    }
    const run = bodyOf(read.body, { scope, program, isLast: true })
    return (...values) => {
      const slots = new Array<unknown>(program.size).fill(undefined)
      for (let index = 0; index < values.length; index++) slots[index] = values[index]
      const value = run({ slots, kept: 0 })
      return value === goesOn ? null : value
    }
  } catch (error) {
    if (error instanceof Unfit || error instanceof CompileError || error instanceof RangeError) return null
    throw error
  }
}

/** The values of the language in this process, for what goes into a direct script and comes out of it. */
export const tbelValues = runtime
