import type { Expression, MemberExpression, ObjectExpression, Property, SpreadElement } from 'acorn'
import { bounded, keep } from '@thingwire/tbel/budget'
import { kindOfName, isKnownMissing } from './built-in-tests.ts'
import { builtInNumber, otherErrors } from './calls.ts'
import { assignmentOf, stepOf } from './assignments.ts'
import { argumentsOf, callOf, closureOf, newOf, tagOf } from './call-expressions.ts'
import { classOf } from './classes.ts'
import { isError, isOfClass } from './instances.ts'
import { memoryKinds } from './memory.ts'
import { builtInName, givenOf, memberName, readerOf, selfOf, skipped } from './names.ts'
import { operationOf } from './operations.ts'
import { safePattern } from './regular-expressions.ts'
import { type Evaluate, type Given, type Scope, unfit } from './scope.ts'
import {
  Failure,
  type Frame,
  isInherited,
  read,
  readAt,
  remove,
  spread,
  Time,
  toNumber,
  toText,
  writeAt,
} from './values.ts'

const literalOf = (node: Expression & { type: 'Literal' }): Evaluate => {
  if (node.regex) {
    const pattern = safePattern(node.regex)
    return () => pattern
  }
  const { value } = node
  const isData = value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return isData ? () => value : unfit('a literal of another kind')
}

const words: ReadonlyMap<string, undefined | number> = new Map([
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
])

const nameOf = (name: string, scope: Scope): Evaluate => {
  if (name === 'arguments') return givenOf(scope)
  const variable = scope.find(name)
  if (variable) return readerOf(variable, scope)
  if (!words.has(name)) return unfit(`${name} is not known here`)
  const value = words.get(name)
  return () => value
}

const keyOf = (node: MemberExpression, scope: Scope): Evaluate =>
  node.property.type === 'PrivateIdentifier' ? unfit('a private name') : scope.compile(node.property)

const memberOf = (node: MemberExpression, scope: Scope): Evaluate => {
  const number = builtInNumber(builtInName(node, scope) ?? '')
  if (number !== undefined) return () => number
  const target = scope.compile(node.object)
  const name = memberName(node)
  if (name !== undefined && isInherited(name)) return unfit(`a member ${name}`)
  const key = name === undefined ? keyOf(node, scope) : null
  const isOptional = node.optional
  return (frame) => {
    const value = target(frame)
    if (value === skipped || (isOptional && (value === undefined || value === null))) return skipped
    return key ? readAt(value, key(frame)) : read(value, name ?? '')
  }
}

const objectOf = ({ properties }: ObjectExpression, scope: Scope): Evaluate => {
  const puts = properties.map((property) => putOf(property, scope))
  return (frame) => {
    const object: Record<string, unknown> = {}
    for (let index = 0; index < puts.length; index++) puts[index]?.(frame, object)
    return object
  }
}

const putOf = (
  property: Property | SpreadElement,
  scope: Scope,
): ((frame: Frame, object: Record<string, unknown>) => void) => {
  if (property.type === 'SpreadElement') {
    const value = scope.compile(property.argument)
    return (frame, object) => spread(object, value(frame))
  }
  const { key, kind, computed } = property
  if (computed && kind === 'init') {
    const name = scope.compile(key)
    const value = scope.compile(property.value)
    return (frame, object) => {
      const at = name(frame)
      writeAt(object, toText(at), value(frame))
    }
  }
  const name =
    key.type === 'Identifier'
      ? key.name
      : key.type === 'Literal' && typeof key.value !== 'object' && typeof key.value !== 'bigint'
        ? String(key.value)
        : undefined
  if (kind !== 'init' || name === undefined || isInherited(name)) return unfit('a special member')
  const value = scope.compile(property.value)
  return (frame, object) => {
    object[name] = keep(value(frame))
  }
}

const unaryOf = (node: Expression & { type: 'UnaryExpression' }, scope: Scope): Evaluate => {
  const { operator, argument } = node
  if (operator === 'delete') return removalOf(argument, scope)
  const kind = operator === 'typeof' ? kindOfName(argument, scope) : undefined
  if (kind !== undefined) return () => kind
  if (isKnownMissing(node, scope)) return () => false
  const value = scope.compile(argument)
  switch (operator) {
    case '!':
      return (frame) => !value(frame)
    case '-':
      return (frame) => -toNumber(value(frame))
    case '+':
      return (frame) => toNumber(value(frame))
    case '~':
      return (frame) => ~toNumber(value(frame))
    case 'typeof':
      return (frame) => typeof value(frame)
    case 'void':
      return (frame) => {
        value(frame)
        return undefined
      }
    default:
      return unfit(operator)
  }
}

const removalOf = (argument: Expression, scope: Scope): Evaluate => {
  if (argument.type !== 'MemberExpression' || argument.optional) return unfit('what is deleted')
  const target = scope.compile(argument.object)
  const name = memberName(argument)
  const key = name === undefined ? keyOf(argument, scope) : () => name
  return (frame) => remove(target(frame), key(frame))
}

const logicalOf = (operator: string, left: Evaluate, right: Evaluate): Evaluate => {
  if (operator === '&&') return (frame) => left(frame) && right(frame)
  if (operator === '||') return (frame) => left(frame) || right(frame)
  return (frame) => left(frame) ?? right(frame)
}

/** Whether a value is of a kind that JavaScript knows. */
const builtInKinds: ReadonlyMap<string, (value: unknown) => boolean> = new Map<string, (value: unknown) => boolean>([
  ['Error', (value) => value instanceof Failure || isError(value)],
  ...otherErrors.map((name): [string, (value: unknown) => boolean] => [
    name,
    (value) => value instanceof Failure && value.error.name === name,
  ]),
  ['Date', (value) => value instanceof Time],
  ['Array', (value) => Array.isArray(value)],
  ...memoryKinds,
])

const kindTestOf = (left: Evaluate, right: Expression, scope: Scope): Evaluate => {
  const known = builtInKinds.get(builtInName(right, scope) ?? '')
  if (known) return (frame) => known(left(frame))
  const kind = scope.compile(right)
  return (frame) => {
    const value = left(frame)
    return isOfClass(value, kind(frame))
  }
}

const binaryOf = (operator: string, left: Evaluate, right: Evaluate): Evaluate => {
  const operation = operationOf(operator)
  return operation ? (frame) => operation(left(frame), right(frame)) : unfit(operator)
}

const templateOf = (node: Expression & { type: 'TemplateLiteral' }, scope: Scope): Evaluate => {
  const texts = node.quasis.map(({ value }) => value.cooked ?? unfit('a text'))
  const values = node.expressions.map((expression) => scope.compile(expression))
  return (frame) => {
    let text = texts[0] ?? ''
    for (let index = 0; index < values.length; index++) text += toText(values[index]?.(frame)) + texts[index + 1]
    return bounded(text)
  }
}

const conditionOf = (node: Expression & { type: 'ConditionalExpression' }, scope: Scope): Evaluate => {
  const test = scope.compile(node.test)
  const yes = scope.compile(node.consequent)
  const no = scope.compile(node.alternate)
  return (frame) => (test(frame) ? yes(frame) : no(frame))
}

const listOf = (node: Expression & { type: 'ArrayExpression' }, scope: Scope): Evaluate => {
  const items = argumentsOf(node.elements, scope)
  return (frame) => items(frame).map(keep)
}

const sequenceOf = (values: readonly Evaluate[]): Evaluate => {
  return (frame) => {
    let last: unknown
    for (const value of values) last = value(frame)
    return last
  }
}

/** Throws Unfit for what has to run in a sandbox. */
export const compileExpression = (node: Given, scope: Scope): Evaluate => {
  scope.program.countSteps()
  switch (node?.type) {
    case 'Literal':
      return literalOf(node)
    case 'Identifier':
      return nameOf(node.name, scope)
    case 'MemberExpression':
      return memberOf(node, scope)
    case 'ChainExpression': {
      const value = scope.compile(node.expression)
      return (frame) => {
        const found = value(frame)
        return found === skipped ? undefined : found
      }
    }
    case 'CallExpression':
      return callOf(node, scope)
    case 'ObjectExpression':
      return objectOf(node, scope)
    case 'ArrayExpression':
      return listOf(node, scope)
    case 'UnaryExpression':
      return unaryOf(node, scope)
    case 'LogicalExpression':
      return logicalOf(node.operator, scope.compile(node.left), scope.compile(node.right))
    case 'BinaryExpression':
      if (node.left.type === 'PrivateIdentifier') return unfit('a private name')
      if (node.operator === 'instanceof') return kindTestOf(scope.compile(node.left), node.right, scope)
      return binaryOf(node.operator, scope.compile(node.left), scope.compile(node.right))
    case 'ConditionalExpression':
      return conditionOf(node, scope)
    case 'TemplateLiteral':
      return templateOf(node, scope)
    case 'TaggedTemplateExpression':
      return tagOf(node, scope)
    case 'AssignmentExpression':
      return assignmentOf(node, scope)
    case 'UpdateExpression':
      return stepOf(node, scope)
    case 'SequenceExpression':
      return sequenceOf(node.expressions.map((expression) => scope.compile(expression)))
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return closureOf(node, scope)
    case 'ClassExpression':
      return classOf(node, scope)
    case 'ThisExpression':
      return selfOf(scope)
    case 'NewExpression':
      return newOf(node, scope)
    default:
      return unfit(node?.type ?? 'a hole')
  }
}
