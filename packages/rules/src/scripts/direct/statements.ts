import type { Program as Parsed, Statement, SwitchStatement, VariableDeclaration } from 'acorn'
import { compile, type Evaluate, unset } from './expressions.ts'
import { Program, Scope, Unfit } from './scope.ts'
import type { Frame } from './values.ts'

/** How a statement ended. */
const ends = { normally: 0, byReturn: 1, byBreak: 2 } as const
type End = (typeof ends)[keyof typeof ends]
type Run = (frame: Frame) => End

const blockOf = (body: readonly Parsed['body'][number][], scope: Scope): Run => {
  const runs = body.flatMap((statement) => (statement.type === 'EmptyStatement' ? [] : runOf(statement, scope)))
  return (frame) => {
    for (let index = 0; index < runs.length; index++) {
      const end = runs[index]?.(frame) ?? ends.normally
      if (end !== ends.normally) return end
    }
    return ends.normally
  }
}

const declarationOf = ({ kind, declarations }: VariableDeclaration, scope: Scope): Run => {
  if (kind !== 'var' && kind !== 'let' && kind !== 'const') throw new Unfit(kind)
  const steps = declarations.map(({ id, init }) => {
    if (id.type !== 'Identifier') throw new Unfit('a pattern')
    // The value before the name, which it cannot see.
    const value = init ? compile(init, scope) : null
    const { slot } = kind === 'var' ? scope.declareOutside(id.name) : scope.declare(id.name, kind === 'const')
    return (frame: Frame) => {
      if (value) frame.slots[slot] = value(frame)
    }
  })
  return (frame) => {
    for (const step of steps) step(frame)
    return ends.normally
  }
}

const switchOf = ({ discriminant, cases }: SwitchStatement, outer: Scope): Run => {
  const value = compile(discriminant, outer)
  const scope = new Scope(outer.program, outer)
  const parts = cases.map(({ test, consequent }) => {
    // In a case that is not reached, such a name would be there without its value.
    if (consequent.some((part) => part.type === 'VariableDeclaration' && part.kind !== 'var'))
      throw new Unfit('a declaration in a case')
    return { test: test ? compile(test, scope) : null, run: blockOf(consequent, scope) }
  })
  return (frame) => {
    const given = value(frame)
    let at = parts.findIndex(({ test }) => test !== null && test(frame) === given)
    if (at < 0) at = parts.findIndex(({ test }) => test === null)
    for (; at >= 0 && at < parts.length; at++) {
      const end = parts[at]?.run(frame) ?? ends.normally
      if (end !== ends.normally) return end === ends.byBreak ? ends.normally : end
    }
    return ends.normally
  }
}

const conditionOf = (test: Evaluate, yes: Run, no: Run | null): Run =>
  no ? (frame) => (test(frame) ? yes(frame) : no(frame)) : (frame) => (test(frame) ? yes(frame) : ends.normally)

const inner = (statement: Statement, scope: Scope): Run => runOf(statement, new Scope(scope.program, scope))

const runOf = (statement: Parsed['body'][number], scope: Scope): Run => {
  scope.program.countSteps()
  switch (statement.type) {
    case 'ExpressionStatement': {
      if (statement.directive !== undefined) throw new Unfit('a directive')
      const value = compile(statement.expression, scope)
      return (frame) => {
        value(frame)
        return ends.normally
      }
    }
    case 'VariableDeclaration':
      return declarationOf(statement, scope)
    case 'ReturnStatement': {
      const value = statement.argument ? compile(statement.argument, scope) : null
      return (frame) => {
        frame.result = value?.(frame)
        return ends.byReturn
      }
    }
    case 'BlockStatement':
      return blockOf(statement.body, new Scope(scope.program, scope))
    case 'IfStatement': {
      const test = compile(statement.test, scope)
      const yes = inner(statement.consequent, scope)
      return conditionOf(test, yes, statement.alternate ? inner(statement.alternate, scope) : null)
    }
    case 'SwitchStatement':
      return switchOf(statement, scope)
    case 'BreakStatement':
      if (statement.label) throw new Unfit('a label')
      return () => ends.byBreak
    default:
      throw new Unfit(statement.type)
  }
}

/** Runs a script for one message; throws when the sandbox has to. */
export type RunScript = (...args: unknown[]) => unknown

/** Throws Unfit for a script that needs a sandbox. */
export const compileProgram = (parsed: Parsed, argNames: readonly string[]): RunScript => {
  const program = new Program()
  const scope = new Scope(program, null)
  for (const name of argNames) scope.declare(name, false)
  const run = blockOf(parsed.body, scope)
  const initial = program.initialValues(unset).slice(argNames.length)
  return (...args) => {
    const frame: Frame = { slots: [...args, ...initial], result: undefined, kept: 0 }
    run(frame)
    return frame.result
  }
}
