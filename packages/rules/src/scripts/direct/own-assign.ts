import type { Expression } from 'acorn'
import { builtInName, memberName, readerOf } from './names.ts'
import { type Evaluate, type Given, type Scope, type StatementNode, unfit } from './scope.ts'
import type { Frame } from './values.ts'

/*
 * Decoders of devices bring an `Object.assign` of their own, which joins lists.
 */

const name = 'Object.assign'

/** The function in `Object.defineProperty(Object, 'assign', { value: … })`, whose other members do not matter. */
const definedBy = (node: Expression): Expression | null => {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return null
  const { object } = node.callee
  if (object.type !== 'Identifier' || object.name !== 'Object' || memberName(node.callee) !== 'defineProperty')
    return null
  const [on, key, property] = node.arguments
  if (on?.type !== 'Identifier' || on.name !== 'Object' || key?.type !== 'Literal' || key.value !== 'assign')
    return null
  if (property?.type !== 'ObjectExpression') return null
  let value: Expression | null = null
  for (const part of property.properties) {
    if (part.type !== 'Property' || part.computed || part.key.type !== 'Identifier' || part.kind !== 'init') return null
    const isValue = part.key.name === 'value' && part.value.type === 'FunctionExpression'
    if (isValue) value = part.value
    else if (part.value.type !== 'Literal' || !flags.has(part.key.name)) return null
  }
  return value
}
const flags = new Set(['enumerable', 'configurable', 'writable'])

/** Declares what the statements of a script put in the place of `Object.assign`. */
export const declareOwnAssign = (body: readonly StatementNode[], scope: Scope): void => {
  const isOwn = body.some((node) => node.type === 'ExpressionStatement' && definedBy(node.expression))
  if (!isOwn || scope.find('Object')) return
  // Libraries would see it.
  if (scope.program.hasFunctions) unfit('a library beside a function that replaces another one')
  scope.declare(name, 'var')
}

/** Puts it there; null for another statement. */
export const ownAssignOf = (node: Expression, scope: Scope): ((frame: Frame) => void) | null => {
  const variable = scope.find(name)
  const made = variable && definedBy(node)
  if (!variable || !made) return null
  if (variable.level !== scope.place.level || scope.find('Object')) return unfit('a function that replaces another one')
  const value = scope.compile(made)
  const { slot } = variable
  return (frame) => {
    frame.slots[slot] = value(frame)
  }
}

/** Whether the script replaces what is called here. */
export const replacedBy = (callee: Given, scope: Scope): Evaluate | null => {
  const variable = builtInName(callee, scope) === name ? scope.find(name) : undefined
  return variable ? readerOf(variable, scope) : null
}
