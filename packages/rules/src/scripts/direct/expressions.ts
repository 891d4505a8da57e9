import type { Expression, MemberExpression, ObjectExpression, Pattern, Property, SpreadElement, Super } from 'acorn'
import { builtIn, builtInNumber, type Callable, callMethod, isMethod } from './calls.ts'
import { operationOf } from './operations.ts'
import { type Scope, Unfit, type Variable } from './scope.ts'
import {
  bounded,
  type Frame,
  giveUp,
  isInherited,
  keep,
  read,
  readAt,
  remove,
  spread,
  toNumber,
  toText,
  write,
  writeAt,
} from './values.ts'

/** A compiled expression. */
export type Evaluate = (frame: Frame) => unknown

type Given = Expression | SpreadElement | Super | Pattern | null

/** What a variable holds before its first assignment, when nobody declares it. */
export const unset = Symbol('unset')
/** What a call of a method counts, in steps. */
const methodSteps = 10
/** The value of the rest of `a?.b.c` when there is no `a`. */
const skipped = Symbol('skipped')

const unfit = (what: string): never => {
  throw new Unfit(what)
}

const literalOf = (node: Expression & { type: 'Literal' }): Evaluate => {
  const { value } = node
  const isData = value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return isData ? () => value : unfit('a literal of another kind')
}

const words: ReadonlyMap<string, undefined | number> = new Map([
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
])

const readerOf = ({ slot, isUndeclared }: Variable): Evaluate =>
  isUndeclared
    ? ({ slots }) => {
        const value = slots[slot]
        return value === unset ? giveUp() : value
      }
    : ({ slots }) => slots[slot]

const nameOf = (name: string, scope: Scope): Evaluate => {
  const variable = scope.find(name)
  if (variable) return readerOf(variable)
  if (!words.has(name)) return unfit(`${name} is not known here`)
  const value = words.get(name)
  return () => value
}

/** The name of a member that stands in the script; undefined: only the run shows it. */
const memberName = ({ computed, property }: MemberExpression): string | undefined => {
  const name = !computed && property.type === 'Identifier' ? property.name : undefined
  const text =
    computed && property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined
  return name ?? text
}

/** `Math.round`, when nothing hides `Math`. */
const builtInName = (node: Given, scope: Scope): string | undefined => {
  if (node?.type === 'Identifier') return scope.find(node.name) ? undefined : node.name
  if (node?.type !== 'MemberExpression' || node.computed || node.object.type !== 'Identifier') return undefined
  return scope.find(node.object.name) ? undefined : `${node.object.name}.${memberName(node)}`
}

const keyOf = (node: MemberExpression, scope: Scope): Evaluate =>
  node.property.type === 'PrivateIdentifier' ? unfit('a private name') : compile(node.property, scope)

const memberOf = (node: MemberExpression, scope: Scope): Evaluate => {
  const number = builtInNumber(builtInName(node, scope) ?? '')
  if (number !== undefined) return () => number
  const target = compile(node.object, scope)
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

const callOf = (node: Expression & { type: 'CallExpression' }, scope: Scope): Evaluate => {
  const { callee } = node
  const known = builtIn(builtInName(callee, scope) ?? '')
  const args = node.arguments.map((item) => compile(item, scope))
  if (known) return node.optional ? unfit('an optional call') : builtInCall(known, args)
  if (callee.type !== 'MemberExpression' || callee.computed || node.optional) return unfit('a call')
  const name = memberName(callee)
  if (name === undefined || !isMethod(name)) return unfit(`a method ${name}`)
  // It may go through a text.
  scope.program.countSteps(methodSteps)
  const target = compile(callee.object, scope)
  const isOptional = callee.optional
  return (frame) => {
    const value = target(frame)
    if (value === skipped || (isOptional && (value === undefined || value === null))) return skipped
    return callMethod(
      value,
      name,
      args.map((arg) => arg(frame)),
    )
  }
}

const builtInCall =
  (known: Callable, args: readonly Evaluate[]): Evaluate =>
  (frame) =>
    known(args.map((arg) => arg(frame)))

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
    const value = compile(property.argument, scope)
    return (frame, object) => spread(frame, object, value(frame))
  }
  const { key, kind, computed } = property
  const name =
    key.type === 'Identifier'
      ? key.name
      : key.type === 'Literal' && typeof key.value !== 'object' && typeof key.value !== 'bigint'
        ? String(key.value)
        : undefined
  if (kind !== 'init' || computed || name === undefined || isInherited(name)) return unfit('a special member')
  const value = compile(property.value, scope)
  return (frame, object) => {
    object[name] = keep(frame, value(frame))
  }
}

const unaryOf = (node: Expression & { type: 'UnaryExpression' }, scope: Scope): Evaluate => {
  const { operator, argument } = node
  if (operator === 'delete') return removalOf(argument, scope)
  const value = compile(argument, scope)
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
    default:
      return unfit(operator)
  }
}

const removalOf = (argument: Expression, scope: Scope): Evaluate => {
  if (argument.type !== 'MemberExpression' || argument.optional) return unfit('what is deleted')
  const target = compile(argument.object, scope)
  const name = memberName(argument)
  const key = name === undefined ? keyOf(argument, scope) : () => name
  return (frame) => remove(target(frame), key(frame))
}

const logicalOf = (operator: string, left: Evaluate, right: Evaluate): Evaluate => {
  if (operator === '&&') return (frame) => left(frame) && right(frame)
  if (operator === '||') return (frame) => left(frame) || right(frame)
  return (frame) => left(frame) ?? right(frame)
}

const binaryOf = (operator: string, left: Evaluate, right: Evaluate): Evaluate => {
  const operation = operationOf(operator)
  return operation ? (frame) => operation(left(frame), right(frame)) : unfit(operator)
}

const templateOf = (node: Expression & { type: 'TemplateLiteral' }, scope: Scope): Evaluate => {
  const texts = node.quasis.map(({ value }) => value.cooked ?? unfit('a text'))
  const values = node.expressions.map((expression) => compile(expression, scope))
  return (frame) => {
    let text = texts[0] ?? ''
    for (let index = 0; index < values.length; index++) text += toText(values[index]?.(frame)) + texts[index + 1]
    return bounded(text)
  }
}

/** Where something is assigned: `change` gets what is there and says what comes there; its answer is the value. */
type Target = (frame: Frame, change: (old: () => unknown) => unknown) => unknown

const targetOf = (node: Pattern | Expression, scope: Scope): Target => {
  if (node.type === 'Identifier') {
    const variable = scope.find(node.name) ?? scope.invent(node.name)
    if (variable.isConstant) return unfit('a constant changes')
    const reader = readerOf(variable)
    return (frame, change) => {
      const value = change(() => reader(frame))
      frame.slots[variable.slot] = value
      return value
    }
  }
  if (node.type !== 'MemberExpression') return unfit('an assignment to a pattern')
  const target = compile(node.object, scope)
  const name = memberName(node)
  if (name !== undefined && isInherited(name)) return unfit(`a member ${name}`)
  if (name !== undefined)
    return (frame, change) => {
      const object = target(frame)
      const value = change(() => read(object, name))
      write(frame, object, name, value)
      return value
    }
  const key = keyOf(node, scope)
  return (frame, change) => {
    const object = target(frame)
    const at = key(frame)
    const value = change(() => readAt(object, at))
    writeAt(frame, object, at, value)
    return value
  }
}

const assignmentOf = (node: Expression & { type: 'AssignmentExpression' }, scope: Scope): Evaluate => {
  const { operator, left } = node
  if (operator === '=') {
    // What is assigned cannot see a variable that the assignment makes.
    if (left.type === 'Identifier') {
      const value = compile(node.right, scope)
      const target = targetOf(left, scope)
      return (frame) => target(frame, () => value(frame))
    }
    const target = targetOf(left, scope)
    const value = compile(node.right, scope)
    return (frame) => target(frame, () => value(frame))
  }
  const operation = operationOf(operator.slice(0, -1))
  if (!operation || (left.type === 'Identifier' && !scope.find(left.name))) return unfit(operator)
  const target = targetOf(left, scope)
  const value = compile(node.right, scope)
  return (frame) => target(frame, (old) => operation(old(), value(frame)))
}

const stepOf = (node: Expression & { type: 'UpdateExpression' }, scope: Scope): Evaluate => {
  const { argument, prefix, operator } = node
  if (argument.type === 'Identifier' && !scope.find(argument.name)) return unfit(argument.name)
  const target = targetOf(argument, scope)
  const by = operator === '++' ? 1 : -1
  return (frame) => {
    let before = 0
    const after = target(frame, (old) => {
      before = toNumber(old())
      return before + by
    })
    return prefix ? after : before
  }
}

const conditionOf = (node: Expression & { type: 'ConditionalExpression' }, scope: Scope): Evaluate => {
  const test = compile(node.test, scope)
  const yes = compile(node.consequent, scope)
  const no = compile(node.alternate, scope)
  return (frame) => (test(frame) ? yes(frame) : no(frame))
}

const listOf = (node: Expression & { type: 'ArrayExpression' }, scope: Scope): Evaluate => {
  const items = node.elements.map((item) => compile(item, scope))
  return (frame) => items.map((item) => keep(frame, item(frame)))
}

/** Throws Unfit for what has to run in a sandbox. */
export const compile = (node: Given, scope: Scope): Evaluate => {
  scope.program.countSteps()
  switch (node?.type) {
    case 'Literal':
      return literalOf(node)
    case 'Identifier':
      return nameOf(node.name, scope)
    case 'MemberExpression':
      return memberOf(node, scope)
    case 'ChainExpression': {
      const value = compile(node.expression, scope)
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
      return logicalOf(node.operator, compile(node.left, scope), compile(node.right, scope))
    case 'BinaryExpression':
      if (node.left.type === 'PrivateIdentifier') return unfit('a private name')
      return binaryOf(node.operator, compile(node.left, scope), compile(node.right, scope))
    case 'ConditionalExpression':
      return conditionOf(node, scope)
    case 'TemplateLiteral':
      return templateOf(node, scope)
    case 'AssignmentExpression':
      return assignmentOf(node, scope)
    case 'UpdateExpression':
      return stepOf(node, scope)
    default:
      return unfit(node?.type ?? 'a hole')
  }
}
