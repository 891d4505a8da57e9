import type { Pattern } from 'acorn'
import { patternOf, type Put } from './assignments.ts'
import { callDepth, enterCall, returnTo, spend } from '@thingwire/tbel/budget'
import { Given } from './function-methods.ts'
import { type FunctionCode, type FunctionNode, type Scope, unfit, type Variable } from './scope.ts'
import type { Frame } from './values.ts'

/** Puts the value of a parameter where its pattern says. */
const parameterOf = (pattern: Pattern, scope: Scope, declared: Variable[]): Put =>
  patternOf(pattern, scope, (node) => {
    if (node.type !== 'Identifier') return unfit('a parameter')
    const variable = scope.declare(node.name, 'parameter')
    declared.push(variable)
    const { slot } = variable
    return ({ slots }, value) => {
      slots[slot] = value
    }
  })

type Bind = (frame: Frame, args: readonly unknown[]) => void

const bindOf = (pattern: Pattern, at: number, scope: Scope, declared: Variable[]): Bind => {
  if (pattern.type !== 'RestElement') {
    const put = parameterOf(pattern, scope, declared)
    return (frame, args) => put(frame, args[at])
  }
  const put = parameterOf(pattern.argument, scope, declared)
  return (frame, args) => put(frame, args.slice(at))
}

const contentOf = ({ body, params }: FunctionNode, scope: Scope): ((frame: Frame) => unknown) => {
  if (body.type !== 'BlockStatement') return scope.compile(body)
  const run = scope.compileBody(
    body.body,
    params.every(({ type }) => type === 'Identifier'),
  )
  return (frame) => {
    run(frame)
    return frame.result
  }
}

const codeOf = (node: FunctionNode, around: Scope, isPassing: boolean, first: readonly string[]): FunctionCode => {
  if (node.async || node.generator) return unfit('a special function')
  around.program.hasFunctions = true
  const scope = around.function(isPassing, node.type === 'ArrowFunctionExpression')
  const before = first.map((name) => scope.declare(name, 'parameter'))
  if (before[0]) {
    // It stands in a class.
    scope.place.self = before[0]
    scope.place.isStrict = true
  }
  const declared: Variable[] = []
  const { made, steps } = scope.program.measured(() => ({
    binds: [
      ...before.map(
        ({ slot }, at): Bind =>
          ({ slots }, args) => {
            slots[slot] = args[at]
          },
      ),
      ...node.params.map((pattern, at) => bindOf(pattern, at + first.length, scope, declared)),
    ],
    content: contentOf(node, scope),
  }))
  const { binds, content } = made
  const { initial, asked, given, isStrict } = scope.place
  // They would change with it.
  const areTied = !isStrict && node.params.every(({ type }) => type === 'Identifier')
  if (given && areTied && declared.some(({ isChanged }) => isChanged)) unfit('arguments that change')
  return {
    call: (outer, args, self) => {
      spend(steps + 2)
      const depth = callDepth()
      enterCall()
      const frame: Frame = { slots: initial.slice(), outer, result: undefined }
      if (asked && ((typeof self === 'object' && self !== null) || typeof self === 'function'))
        frame.slots[asked.slot] = self
      if (given) frame.slots[given.slot] = new Given(args)
      for (let at = 0; at < binds.length; at++) binds[at]?.(frame, args)
      const value = content(frame)
      returnTo(depth)
      return value
    },
  }
}

/** Throws Unfit for a function that needs a sandbox. The name of an expression stands for it inside. */
export const compileFunction = (
  node: FunctionNode,
  around: Scope,
  isPassing: boolean,
  first: readonly string[],
): FunctionCode => {
  if (node.type !== 'FunctionExpression' || !node.id) return codeOf(node, around, isPassing, first)
  const scope = around.block()
  const variable = scope.declare(node.id.name, 'function')
  // Under its name it may be handed on.
  const code = codeOf(node, scope, false, first)
  variable.code = code
  return code
}
