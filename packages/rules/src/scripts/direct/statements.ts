import type { CatchClause, IfStatement, SwitchStatement, TryStatement } from 'acorn'
import { callDepth, returnTo, spend } from '@thingwire/tbel/budget'
import { declarationOf, declareNames, hoistVariables, putDeclared } from './declarations.ts'
import { type End, ends, type Run } from './ends.ts'
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

/** What stands in a block. Its scope is its own. */
const blockOf = (body: readonly StatementNode[], scope: Scope): Run => {
  for (const node of body) if (node.type === 'VariableDeclaration') declareNames(node, scope)
  return inOrder(body.flatMap((node) => (node.type === 'EmptyStatement' ? [] : runOf(node, scope))))
}

/** What stands in a function, whose own functions are there from the start. */
export const compileBody = (body: readonly StatementNode[], outer: Scope, isSimple: boolean): Run => {
  const scope = outer.block(false)
  for (const node of body) hoistVariables(node, scope, isSimple)
  for (const node of body) if (node.type === 'VariableDeclaration') declareNames(node, scope)
  const functions = body.flatMap((node) =>
    node.type === 'FunctionDeclaration' ? [{ node, variable: scope.declare(node.id.name, 'function') }] : [],
  )
  for (const { node, variable } of functions) variable.code = scope.compileFunction(node)
  const rest = body.filter(({ type }) => type !== 'FunctionDeclaration' && type !== 'EmptyStatement')
  return inOrder(rest.map((node) => runOf(node, scope)))
}

const switchOf = ({ discriminant, cases }: SwitchStatement, outer: Scope): Run => {
  const value = outer.compile(discriminant)
  const scope = outer.block()
  const parts = cases.map(({ test, consequent }) => {
    // In a case that is not reached, such a name would be there without its value.
    if (consequent.some((part) => part.type === 'VariableDeclaration' && part.kind !== 'var'))
      return unfit('a declaration in a case')
    return { test: test ? scope.compile(test) : null, run: branchOf(scope, () => blockOf(consequent, scope)) }
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

const conditionOf = ({ test: tested, consequent, alternate }: IfStatement, scope: Scope): Run => {
  const test = scope.compile(tested)
  const yes = branchOf(scope, () => inner(consequent, scope))
  if (!alternate) return (frame) => (test(frame) ? yes(frame) : ends.normally)
  const no = branchOf(scope, () => inner(alternate, scope))
  return (frame) => (test(frame) ? yes(frame) : no(frame))
}

type Catch = (frame: Frame, error: unknown) => End

const catchOf = ({ param, body }: CatchClause, outer: Scope): Catch => {
  const scope = outer.block()
  if (param && param.type !== 'Identifier') return unfit('a pattern')
  if (param) scope.declare(param.name, 'let')
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

const inner = (node: StatementNode, scope: Scope): Run => runOf(node, scope.block())

const simpleOf = (node: StatementNode, scope: Scope): Run => {
  switch (node.type) {
    case 'ExpressionStatement': {
      if (node.directive !== undefined) throw new Unfit('a directive')
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
      return node.label ? unfit('a label') : () => ends.byBreak
    case 'ContinueStatement':
      return node.label ? unfit('a label') : () => ends.byContinue
    case 'EmptyStatement':
      return () => ends.normally
    default:
      throw new Unfit(node.type)
  }
}

const runOf = (node: StatementNode, scope: Scope): Run => {
  scope.program.countSteps()
  switch (node.type) {
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
