import type { Statement } from '../ast.ts'
import { withoutHidden } from '../own-functions.ts'
import { Scope } from '../scope.ts'
import { staticType } from '../static-type.ts'
import { bounded, callDepth, enterCall, giveUp, returnTo, spend } from '../budget.ts'
import { sizeOf } from './measure.ts'
import { compile, compileTest, stepOf } from './expressions.ts'
import { type Callee, type Evaluate, type Frame, type FunctionCode, outwards, type Place, Unfit } from './frame.ts'
import { operation, runtime } from './runtime.ts'

/** What a statement that goes on leaves, and those that end a loop or a round of it; anything else is the value of the script or function. */
export const goesOn = Symbol('goes on')
const breaks = Symbol('breaks')
const continues = Symbol('continues')
export type Run = (frame: Frame) => unknown

/** Where a statement stands. `isLast`: its value is that of the script or function. */
export type Context = Place & { isLast: boolean; isInLoop: boolean; canBreak: boolean; isLibrary: boolean }

const inOrder =
  (runs: readonly Run[]): Run =>
  (frame) => {
    for (let index = 0; index < runs.length; index++) {
      const value = runs[index]?.(frame)
      if (value !== goesOn) return value
    }
    return goesOn
  }

/** The statements of one scope. Functions come last, when all its variables are known, and are there from the start. */
const statementsOf = (all: readonly Statement[], context: Context): Run => {
  const { scope, program } = context
  const body = withoutHidden(all, context.isLibrary)
  const functions: (() => void)[] = []
  const declared = new Map<Statement, Callee>()
  for (const statement of body)
    if (statement.kind === 'function') declared.set(statement, program.declareFunction(statement.name, scope))
  const last = body.findLast(({ kind }) => kind !== 'function')
  const runs = body.flatMap((statement) => {
    const made = declared.get(statement)
    if (statement.kind !== 'function' || !made)
      return [runOf(statement, { ...context, isLast: context.isLast && statement === last })]
    const knownBefore = scope.all()
    functions.push(() => {
      made.code = functionOf(statement, knownBefore, context)
    })
    return []
  })
  for (const compileFunction of functions) compileFunction()
  return inOrder(runs)
}

/** The statements of one scope, and its variables. */
export const bodyOf = (body: readonly Statement[], context: Context): Run => fresh(statementsOf(body, context), context)

/** In a loop, what has variables of its own has new ones each time. */
const fresh = (run: Run, { scope, program, isInLoop }: Context): Run => {
  const slots = isInLoop ? scope.declared.map((name) => program.placeOf(name, scope).slot) : []
  if (slots.length === 0) return run
  return (frame) => {
    for (const slot of slots) frame.slots[slot] = undefined
    return run(frame)
  }
}

const functionOf = (
  statement: Statement & { kind: 'function' },
  knownBefore: ReadonlySet<string>,
  { scope: around, program, isLibrary }: Context,
): FunctionCode => {
  const scope = new Scope(around, knownBefore)
  const level = program.beginFunction(scope)
  const { parameters } = statement
  if (new Set(parameters).size < parameters.length) throw new Unfit('a name for two parameters')
  for (const name of parameters) {
    scope.variables.add(name)
    program.placeOf(name, scope)
  }
  scope.expect(statement.body)
  const context = { scope, program, isLast: true, isInLoop: false, canBreak: false, isLibrary }
  const { made: run, steps } = program.measured(() => bodyOf(statement.body, context))
  return {
    call: (outer, given) => {
      if (given.length > parameters.length) giveUp()
      spend(steps + 2)
      const depth = callDepth()
      enterCall()
      const slots = new Array<unknown>(level.size).fill(undefined)
      for (let at = 0; at < parameters.length; at++) slots[at] = given[at] ?? null
      const value = run({ slots, outer })
      returnTo(depth)
      return value === goesOn ? null : value
    },
  }
}

const partsOf = (statement: Statement): readonly Statement[] =>
  statement.kind === 'block' ? statement.body : [statement]

const blockOf = (statement: Statement, context: Context): Run =>
  bodyOf(partsOf(statement), { ...context, scope: context.scope.branch() })

/** The body of a loop; all its rounds have the same variables. */
const inLoop = (statement: Statement & { body: Statement }, scope: Scope, context: Context): Context => {
  scope.expect([statement.body])
  return { ...context, scope, isLast: false, isInLoop: true, canBreak: true }
}

/** Each round is paid. */
const looping = (test: Evaluate, run: Run, next: Evaluate | null, steps: number, isTestedLate: boolean): Run => {
  return (frame) => {
    for (let isFirst = true; ; isFirst = false) {
      spend(steps + 1)
      if (!(isFirst && isTestedLate) && !test(frame)) return goesOn
      const value = run(frame)
      if (value === breaks) return goesOn
      if (value !== goesOn && value !== continues) return value
      next?.(frame)
    }
  }
}

const loopTest = (statement: Statement & { kind: 'while' | 'do' }, context: Context): Evaluate => {
  const test = compileTest(statement.test, context)
  return statement.isUntil ? (frame) => !test(frame) : test
}

const whileOf = (statement: Statement & { kind: 'while' | 'do' }, context: Context): Run => {
  const isTestedLate = statement.kind === 'do'
  const scope = new Scope(context.scope)
  const { made, steps } = context.program.measured(() => {
    const early = isTestedLate ? null : loopTest(statement, context)
    const run = statementsOf(partsOf(statement.body), inLoop(statement, scope, context))
    return { run, test: early ?? loopTest(statement, context) }
  })
  return fresh(looping(made.test, made.run, null, steps, isTestedLate), { ...context, scope })
}

const forOf = (statement: Statement & { kind: 'for' }, context: Context): Run => {
  const inner = inLoop(statement, context.scope.branch(), context)
  const first = statement.first.map((part) => runOf(part, inner))
  const { made, steps } = context.program.measured(() => {
    const test = statement.test ? compileTest(statement.test, inner) : () => true
    const parts = statement.next.map((part) => discarded(part, inner))
    const next = (frame: Frame): void => {
      for (const part of parts) part(frame)
    }
    return { test, next, run: statementsOf(partsOf(statement.body), inner) }
  })
  const loop = looping(made.test, made.run, made.next, steps, false)
  const run: Run = (frame) => {
    for (const part of first) part(frame)
    return loop(frame)
  }
  return fresh(run, { ...context, scope: inner.scope })
}

const forEachOf = (statement: Statement & { kind: 'foreach' }, context: Context): Run => {
  const items = compile(statement.items, context)
  const scope = new Scope(context.scope)
  scope.variables.add(statement.name)
  const { slot } = context.program.placeOf(statement.name, scope)
  const inner = inLoop(statement, scope, context)
  const { made: run, steps } = context.program.measured(() => statementsOf(partsOf(statement.body), inner))
  const walk: Run = (frame) => {
    const given = items(frame)
    spend(sizeOf(given))
    for (const item of runtime.rounds(given)) {
      spend(steps + 1)
      frame.slots[slot] = item
      const value = run(frame)
      if (value === breaks) return goesOn
      if (value !== goesOn && value !== continues) return value
    }
    return goesOn
  }
  return fresh(walk, { ...context, scope })
}

const switchOf = (statement: Statement & { kind: 'switch' }, context: Context): Run => {
  const equal = operation('equal')
  const inner = { ...context, isLast: false, canBreak: true, scope: context.scope.branch() }
  const value = compile(statement.value, context)
  const parts = statement.cases.map(({ value: label, body }) => ({
    label: label ? compile(label, inner) : null,
    run: inOrder(body.map((part) => runOf(part, inner))),
  }))
  const choose: Run = (frame) => {
    const given = primitive(value(frame))
    let at = parts.findIndex(({ label }) => label !== null && equal(given, primitive(label(frame))))
    if (at < 0) at = parts.findIndex(({ label }) => label === null)
    for (; at >= 0 && at < parts.length; at++) {
      const result = parts[at]?.run(frame)
      if (result === breaks) return goesOn
      if (result !== goesOn) return result
    }
    return goesOn
  }
  return fresh(choose, inner)
}

/** Comparing lists takes its time. */
const primitive = (value: unknown): unknown =>
  value instanceof Map || value instanceof Set || Array.isArray(value) ? giveUp() : bounded(value)

const discarded = (value: Parameters<typeof compile>[0], place: Place): Evaluate =>
  value.kind === 'step' ? stepOf(value, false, place) : compile(value, place)

const declarationOf = (statement: Statement & { kind: 'declare' }, context: Context): Run => {
  const { scope, program, isLast } = context
  const type = statement.value ? staticType(statement.value, scope) : null
  const value = statement.value ? compile(statement.value, context) : () => null
  scope.declare(statement.name, type)
  // In a function it may be one that was there before.
  const { slot, distance } = program.placeOf(statement.name, scope)
  return (frame) => {
    const given = value(frame)
    outwards(frame, distance).slots[slot] = given
    return isLast ? given : goesOn
  }
}

/** Paid for when it is taken. */
const branchOf = (statement: Statement, context: Context): Run => {
  const { made, steps } = context.program.measured(() => blockOf(statement, context))
  return (frame) => {
    spend(steps)
    return made(frame)
  }
}

const runOf = (statement: Statement, context: Context): Run => {
  context.program.countSteps()
  switch (statement.kind) {
    case 'expression': {
      if (context.isLast) return compile(statement.value, context)
      const value = discarded(statement.value, context)
      return (frame) => {
        value(frame)
        return goesOn
      }
    }
    case 'declare':
      return declarationOf(statement, context)
    case 'block':
      return blockOf(statement, context)
    case 'if': {
      const test = compileTest(statement.test, context)
      const yes = branchOf(statement.yes, context)
      const no = statement.no ? branchOf(statement.no, context) : () => goesOn
      return (frame) => (test(frame) ? yes(frame) : no(frame))
    }
    case 'while':
    case 'do':
      return whileOf(statement, context)
    case 'for':
      return forOf(statement, context)
    case 'foreach':
      return forEachOf(statement, context)
    case 'switch':
      return switchOf(statement, context)
    case 'return':
      return statement.value ? compile(statement.value, context) : () => null
    case 'break':
      return context.canBreak ? () => breaks : () => null
    case 'continue':
      return context.isInLoop ? () => continues : giveUp
    default:
      throw new Unfit(statement.kind)
  }
}
