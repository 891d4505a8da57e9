import type { CatchClause, IfStatement, LabeledStatement, SwitchStatement, TryStatement } from 'acorn'
import { callDepth, returnTo, spend } from '@thingwire/tbel/budget'
import { classOf } from './classes.ts'
import { declarationOf, declareNames, hoistVariables, namesOf, putDeclared } from './declarations.ts'
import { type End, ends, type Run } from './ends.ts'
import { declareOwnAssign, ownAssignOf } from './own-assign.ts'
import { isKnownMissing } from './built-in-tests.ts'
import { forEachOf, forOf, whileOf } from './loops.ts'
import { type Scope, type StatementNode, Unfit, unfit } from './scope.ts'
import { type Frame, Thrown } from './values.ts'

const inOrder =
  (runs: readonly Run[]): Run =>
  (frame) => {
    for (let index = 0; index < runs.length; index++) {
      const end = runs[index]?.(frame) ?? ends.normally
      if (end !== ends.normally) return end
    }
    return ends.normally
  }

/** Makes known what is declared for one block. */
const declareOf = (body: readonly StatementNode[], scope: Scope): void => {
  for (const node of body) {
    if (node.type === 'VariableDeclaration') declareNames(node, scope)
    if (node.type === 'ClassDeclaration') scope.declare(node.id.name, 'const')
  }
}

const classDeclarationOf = (node: StatementNode & { type: 'ClassDeclaration' }, scope: Scope): Run => {
  const value = classOf(node, scope)
  const variable = scope.find(node.id.name) ?? unfit(node.id.name)
  variable.isReady = true
  const { slot } = variable
  return (frame) => {
    frame.slots[slot] = value(frame)
    return ends.normally
  }
}

/** What stands in a block. Its scope is its own. */
const blockOf = (body: readonly StatementNode[], scope: Scope): Run => {
  declareOf(body, scope)
  for (const node of body) if (node.type === 'FunctionDeclaration') declareInBlock(node.id.name, scope)
  compileFunctions(body, scope)
  const rest = body.filter(({ type }) => type !== 'FunctionDeclaration' && type !== 'EmptyStatement')
  return inOrder(rest.map((node) => runOf(node, scope)))
}

/** Without strictness it is also a variable of the whole function, which nobody may see here. */
const declareInBlock = (name: string, scope: Scope): void => {
  const isKnown = name in globalThis || scope.find(name)
  if (scope.isInLoop || (!scope.place.isStrict && isKnown)) unfit('a function in a block')
  if (!scope.place.isStrict) scope.program.taken.add(name)
  scope.declare(name, 'function')
}

const compileFunctions = (body: readonly StatementNode[], scope: Scope): void => {
  for (const node of body) {
    const variable = node.type === 'FunctionDeclaration' ? scope.find(node.id.name) : undefined
    if (node.type === 'FunctionDeclaration' && variable) variable.code = scope.compileFunction(node)
  }
}

/** What stands in a function, whose own functions are there from the start. */
export const compileBody = (body: readonly StatementNode[], outer: Scope, isSimple: boolean): Run => {
  const scope = outer.block(false)
  if (body.some((node) => node.type === 'ExpressionStatement' && node.directive === 'use strict'))
    scope.place.isStrict = true
  for (const node of body) hoistVariables(node, scope, isSimple)
  declareOf(body, scope)
  if (!scope.place.outer) declareOwnAssign(body, scope)
  const functions = new Map(body.flatMap((node) => (node.type === 'FunctionDeclaration' ? [[node.id.name, node]] : [])))
  for (const name of functions.keys()) scope.declare(name, 'function')
  // Of several with one name it is the last.
  compileFunctions([...functions.values()], scope)
  const rest = body.filter(({ type }) => type !== 'FunctionDeclaration' && type !== 'EmptyStatement')
  return inOrder(rest.map((node) => runOf(node, scope)))
}

const switchOf = ({ discriminant, cases }: SwitchStatement, outer: Scope): Run => {
  const value = outer.compile(discriminant)
  const scope = outer.block()
  const parts = cases.map(({ test, consequent }) => {
    if (consequent.some(({ type }) => type === 'FunctionDeclaration')) return unfit('a function in a case')
    const part = { test: test ? scope.compile(test) : null, run: branchOf(scope, () => blockOf(consequent, scope)) }
    // In the next case they would be there without a value.
    scope.forgetValues()
    return part
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

/** Paid for when it is taken. */
const branchOf = (scope: Scope, compile: () => Run): Run => {
  const { made, steps } = scope.program.measured(compile)
  return (frame) => {
    spend(steps)
    return made(frame)
  }
}

const nothing: Run = () => ends.normally

const conditionOf = ({ test: tested, consequent, alternate }: IfStatement, scope: Scope): Run => {
  // What it would bring is there.
  if (isKnownMissing(tested, scope)) return alternate ? branchOf(scope, () => inner(alternate, scope)) : nothing
  const test = scope.compile(tested)
  const yes = branchOf(scope, () => inner(consequent, scope))
  if (!alternate) return (frame) => (test(frame) ? yes(frame) : ends.normally)
  const no = branchOf(scope, () => inner(alternate, scope))
  return (frame) => (test(frame) ? yes(frame) : no(frame))
}

type Catch = (frame: Frame, error: unknown) => End

const catchOf = ({ param, body }: CatchClause, outer: Scope): Catch => {
  const scope = outer.block()
  if (param) for (const name of namesOf(param)) scope.declare(name, 'let')
  const put = param ? putDeclared('let', param, scope) : null
  const run = blockOf(body.body, scope.block())
  return (frame, error) => {
    put?.(frame, error)
    return run(frame)
  }
}

const tryOf = ({ block, handler, finalizer }: TryStatement, scope: Scope): Run => {
  const run = blockOf(block.body, scope.block())
  const rescue = handler ? catchOf(handler, scope) : null
  const last = finalizer ? blockOf(finalizer.body, scope.block()) : null
  const caught: Run = rescue
    ? (frame) => {
        const depth = callDepth()
        try {
          return run(frame)
        } catch (error) {
          // Nothing else is the script's.
          if (!(error instanceof Thrown)) throw error
          returnTo(depth)
          return rescue(frame, error.value)
        }
      }
    : run
  return last ? (frame) => finished(frame, caught, last) : caught
}

const finished = (frame: Frame, run: Run, last: Run): End => {
  const depth = callDepth()
  let end: End
  try {
    end = run(frame)
  } catch (error) {
    if (!(error instanceof Thrown)) throw error
    returnTo(depth)
    const instead = last(frame)
    if (instead === ends.normally) throw error
    return instead
  }
  const { result } = frame
  const instead = last(frame)
  if (instead !== ends.normally) return instead
  frame.result = result
  return end
}

const loops: ReadonlySet<StatementNode['type']> = new Set<StatementNode['type']>([
  ...(['ForStatement', 'WhileStatement', 'DoWhileStatement', 'ForOfStatement', 'ForInStatement'] as const),
])

const leaving = (end: End): Run => {
  return () => end
}

const labelledOf = ({ label, body }: LabeledStatement, scope: Scope): Run =>
  scope.program.labelled(label.name, ({ end }) => {
    if (body.type === 'FunctionDeclaration') return unfit('a function with a label')
    const run = runOf(body, scope)
    scope.program.takeLabels()
    return (frame) => {
      const ended = run(frame)
      return ended === end ? ends.normally : ended
    }
  })

const inner = (node: StatementNode, scope: Scope): Run => runOf(node, scope.block())

const simpleOf = (node: StatementNode, scope: Scope): Run => {
  switch (node.type) {
    case 'ExpressionStatement': {
      const put = ownAssignOf(node.expression, scope)
      if (put)
        return (frame) => {
          put(frame)
          return ends.normally
        }
      const value = scope.compile(node.expression)
      return (frame) => {
        value(frame)
        return ends.normally
      }
    }
    case 'ReturnStatement': {
      const value = node.argument ? scope.compile(node.argument) : null
      return (frame) => {
        frame.result = value?.(frame)
        return ends.byReturn
      }
    }
    case 'ThrowStatement': {
      const value = scope.compile(node.argument)
      return (frame) => {
        throw new Thrown(value(frame))
      }
    }
    case 'BreakStatement':
      return leaving(node.label ? scope.program.labelOf(node.label.name).end : ends.byBreak)
    case 'ContinueStatement':
      return leaving(node.label ? scope.program.labelOf(node.label.name).end + 1 : ends.byContinue)
    case 'EmptyStatement':
      return nothing
    default:
      throw new Unfit(node.type)
  }
}

const runOf = (node: StatementNode, scope: Scope): Run => {
  scope.program.countSteps()
  if (!loops.has(node.type) && node.type !== 'LabeledStatement') scope.program.takeLabels()
  switch (node.type) {
    case 'ClassDeclaration':
      return classDeclarationOf(node, scope)
    case 'VariableDeclaration':
      return declarationOf(node, scope)
    case 'BlockStatement':
      return blockOf(node.body, scope.block())
    case 'IfStatement':
      return conditionOf(node, scope)
    case 'SwitchStatement':
      return switchOf(node, scope)
    case 'TryStatement':
      return tryOf(node, scope)
    case 'LabeledStatement':
      return labelledOf(node, scope)
    case 'ForStatement':
      return forOf(node, scope)
    case 'WhileStatement':
    case 'DoWhileStatement':
      return whileOf(node, scope)
    case 'ForOfStatement':
    case 'ForInStatement':
      return forEachOf(node, scope)
    default:
      return simpleOf(node, scope)
  }
}

export const compileStatement = inner
