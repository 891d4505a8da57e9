import type { ArrowFunctionExpression, Expression, FunctionExpression, MemberExpression, SpreadElement } from 'acorn'
import { giveUp, keep, spend } from '@thingwire/tbel/budget'
import { builtIn, type Callable, makeError, otherErrors } from './calls.ts'
import { makeMap, makeSet } from './collections.ts'
import { makeDate } from './dates.ts'
import { homeOf } from './classes.ts'
import { callFrom, kindOf, makeInstance, makeParent } from './instances.ts'
import { argumentsFrom, callFunctionMethod, isFunctionMethod } from './function-methods.ts'
import { callsItsArgument } from './lists.ts'
import { memoryMakers } from './memory.ts'
import { callMethod, heldMember, isMethod, isMissing } from './methods.ts'
import { replacedBy } from './own-assign.ts'
import { builtInName, handedSelfOf, memberName, outwards, readerOf, selfOf, skipped } from './names.ts'
import { type Evaluate, type Given, type Scope, unfit, unset } from './scope.ts'
import { type Callback, type Frame, hasOwn, holderOf, isFunction, isInherited, itemsOf, readAt } from './values.ts'

/** What a call of a method counts, in steps. */
const methodSteps = 4

type Arguments = (frame: Frame) => unknown[]
type Item = Expression | SpreadElement | null
type Call = Expression & { type: 'CallExpression' }

/** Functions that others take as one: each looks at the first argument alone. */
const handedOver = new Set(['Number', 'String', 'Boolean', 'parseFloat'])

const isFunctionNode = (node: Given | undefined): node is FunctionExpression | ArrowFunctionExpression =>
  node?.type === 'FunctionExpression' || node?.type === 'ArrowFunctionExpression'

const itemOf = (node: Item, scope: Scope): Evaluate => {
  const name = node?.type === 'Identifier' ? builtInName(node, scope) : undefined
  const known = name !== undefined && handedOver.has(name) ? builtIn(name) : undefined
  if (!known) return scope.compile(node)
  const callback: Callback = ([first]) => known([first])
  return () => callback
}

/** The values of a list or a call. `hold` compiles one of them. */
export const argumentsOf = (
  nodes: readonly Item[],
  scope: Scope,
  hold: (node: Item) => Evaluate = (node) => scope.compile(node),
): Arguments => {
  const parts = nodes.map((node) =>
    node?.type === 'SpreadElement'
      ? { value: scope.compile(node.argument), isSpread: true }
      : { value: hold(node), isSpread: false },
  )
  if (parts.some(({ isSpread }) => isSpread))
    return (frame) => parts.flatMap(({ value, isSpread }) => (isSpread ? itemsOf(value(frame)) : [value(frame)]))
  const values = parts.map(({ value }) => value)
  const [first, second] = values
  if (!first) return () => []
  if (!second) return (frame) => [first(frame)]
  return (frame) => values.map((value) => value(frame))
}

/** A function as a value: it knows the variables of where it was made. */
export const closureOf = (node: FunctionExpression | ArrowFunctionExpression, scope: Scope): Evaluate =>
  madeHere(node, scope, false)

const madeHere = (node: FunctionExpression | ArrowFunctionExpression, scope: Scope, isPassing: boolean): Evaluate => {
  const code = scope.compileFunction(node, isPassing)
  return (frame) => {
    const closure: Callback = (args, self) => code.call(frame, args, self)
    return closure
  }
}

export const callOf = (node: Call, scope: Scope): Evaluate => {
  const { callee } = node
  const known = builtIn(builtInName(callee, scope) ?? '')
  if (known) return builtInCall(known, argumentsOf(node.arguments, scope), replacedBy(callee, scope))
  const applied = callee.type === 'MemberExpression' ? borrowedCall(callee, node.arguments, scope) : null
  if (applied) return applied
  if (callee.type === 'Super') return parentCall(node, scope)
  if (callee.type === 'MemberExpression' && callee.object.type === 'Super') return superCall(callee, node, scope)
  if (callee.type === 'MemberExpression') return filledListOf(callee, node, scope) ?? methodCall(callee, node, scope)
  if (isFunctionNode(callee)) {
    // It runs at once, and nobody else has it.
    const code = scope.compileFunction(callee, true)
    const args = argumentsOf(node.arguments, scope)
    return (frame) => code.call(frame, args(frame))
  }
  if (callee.type === 'ChainExpression') return unfit('a call')
  return callee.type === 'Identifier'
    ? namedCall(callee.name, node, scope)
    : valueCall(scope.compile(callee), node, scope)
}

/** `new Array(24).fill(0)`: without `fill` the list would be one of holes. */
const filledListOf = (callee: MemberExpression, node: Call, scope: Scope): Evaluate | null => {
  const { object } = callee
  if (memberName(callee) !== 'fill' || callee.optional || node.optional || node.arguments.length > 1) return null
  if (object.type !== 'NewExpression' && object.type !== 'CallExpression') return null
  if (builtInName(object.callee, scope) !== 'Array' || object.arguments.length !== 1) return null
  const parts = argumentsOf([...object.arguments, ...node.arguments], scope)
  return (frame) => {
    const [length, value, ...more] = parts(frame)
    if (typeof length !== 'number' || !(length >= 0 && length <= 2_000) || more.length > 0) return giveUp()
    spend(length)
    return Array.from({ length: Number.isInteger(length) ? length : giveUp() }, () => keep(value))
  }
}

const isNothing = (value: unknown): boolean => value === undefined || value === null

/** Calls the function that something is. */
const valueCall = (value: Evaluate, { arguments: nodes, optional }: Call, scope: Scope): Evaluate => {
  const args = argumentsOf(nodes, scope)
  return (frame) => {
    const called = value(frame)
    if (isFunction(called)) return called(args(frame))
    return called === skipped || (optional && isNothing(called)) ? skipped : giveUp()
  }
}

/** A function of the script with a template: its texts are one list, always the same, which nobody may change. */
export const tagOf = ({ tag, quasi }: Expression & { type: 'TaggedTemplateExpression' }, scope: Scope): Evaluate => {
  // It would be called on what holds it.
  if (tag.type !== 'Identifier') return unfit('a tag that is no name')
  const called = scope.compile(tag)
  const texts = Object.freeze(quasi.quasis.map(({ value }) => value.cooked ?? unfit('a text')))
  const args = argumentsOf(quasi.expressions, scope)
  return (frame) => {
    const value = called(frame)
    return isFunction(value) ? value([texts, ...args(frame)]) : giveUp()
  }
}

const builtInCall = (known: Callable, args: Arguments, replaced: Evaluate | null): Evaluate => {
  if (!replaced) return (frame) => known(args(frame))
  return (frame) => {
    const own = replaced(frame)
    return isFunction(own) ? own(args(frame)) : known(args(frame))
  }
}

const selves = new Set(['undefined', 'Math', 'String', 'Number'])
const ofOwn = 'Object.prototype.hasOwnProperty'

const fullName = (node: Given, scope: Scope): string | undefined => {
  if (node?.type !== 'MemberExpression' || node.object.type !== 'MemberExpression') return builtInName(node, scope)
  return `${builtInName(node.object, scope)}.${memberName(node)}`
}

/** `Math.max.apply(null, list)`, `Object.prototype.hasOwnProperty.call(object, name)`. */
const borrowedCall = (callee: MemberExpression, nodes: readonly Item[], scope: Scope): Evaluate | null => {
  const how = memberName(callee)
  const name = fullName(callee.object, scope)
  if (callee.optional || name === undefined || nodes.length !== 2) return null
  if (how === 'call' && name === ofOwn) {
    const args = argumentsOf(nodes, scope)
    return (frame) => {
      const [target, key] = args(frame)
      return hasOwn(key, target)
    }
  }
  const known = how === 'apply' ? builtIn(name) : undefined
  const [self, list] = nodes
  // It has no use for what it is called on, which has no effect of its own.
  const isNone = self?.type === 'Literal' || selves.has(builtInName(self ?? null, scope) ?? '')
  if (replacedBy(callee.object, scope)) return unfit('a function that is replaced')
  if (!known || !isNone || !list || list.type === 'SpreadElement') return null
  const args = scope.compile(list)
  return (frame) => known(argumentsFrom(args(frame)))
}

const namedCall = (name: string, node: Call, scope: Scope): Evaluate => {
  const variable = scope.find(name) ?? unfit(`${name} is not known here`)
  if (variable.kind !== 'function') return valueCall(readerOf(variable, scope), node, scope)
  const args = argumentsOf(node.arguments, scope)
  const distance = scope.distanceTo(variable)
  return (frame) => (variable.code ?? giveUp()).call(outwards(frame, distance), args(frame))
}

/** `super(…)`. */
const parentCall = (node: Call, scope: Scope): Evaluate => {
  const { slot, level } = scope.self()
  const self = scope.find('new')
  if (!self || self.level !== scope.place.level || level !== scope.place.level) return unfit('super in a function')
  const home = readerOf(homeOf(scope), scope)
  const args = argumentsOf(node.arguments, scope)
  return (frame) => {
    const given = args(frame)
    if (frame.slots[slot] !== unset) giveUp()
    const made = makeParent(kindOf(home(frame)), frame.slots[self.slot], given)
    frame.slots[slot] = made
    return made
  }
}

/** `super.name(…)`. */
const superCall = (callee: MemberExpression, node: Call, scope: Scope): Evaluate => {
  const name = memberName(callee)
  if (name === undefined || isInherited(name) || node.optional || scope.find('static'))
    return unfit('a special method of super')
  scope.selfOfClass()
  const self = selfOf(scope)
  const home = readerOf(homeOf(scope), scope)
  const args = argumentsOf(node.arguments, scope)
  return (frame) => {
    const on = self(frame)
    return callFrom(kindOf(home(frame)).parent, on, name, args(frame))
  }
}

const memberCall = (callee: MemberExpression, { arguments: nodes, optional }: Call, scope: Scope): Evaluate => {
  const { object, property } = callee
  const target = scope.compile(object)
  const key = property.type === 'PrivateIdentifier' ? unfit('a private name') : scope.compile(property)
  const args = argumentsOf(nodes, scope)
  const isOptional = callee.optional
  return (frame) => {
    const value = target(frame)
    if (value === skipped || (isOptional && isNothing(value))) return skipped
    const called = readAt(value, key(frame))
    if (isFunction(called)) return called(args(frame), value)
    return optional && isNothing(called) ? skipped : giveUp()
  }
}

/** `f.apply(this, arguments)`, and the same of `call` and `bind`. */
const handingCall = (name: string, callee: MemberExpression, nodes: readonly Item[], scope: Scope): Evaluate => {
  scope.program.countSteps(methodSteps)
  const target = scope.compile(callee.object)
  const self = handedSelfOf(scope)
  const args = argumentsOf(nodes.slice(1), scope)
  return (frame) => {
    const fn = target(frame)
    return isFunction(fn) && !holderOf(fn) ? callFunctionMethod(fn, name, [self(frame), ...args(frame)]) : giveUp()
  }
}

/** Arguments that change nothing. */
const calm = new Set(['Literal', 'Identifier', 'FunctionExpression', 'ArrowFunctionExpression', 'ThisExpression'])

const methodCall = (callee: MemberExpression, node: Call, scope: Scope): Evaluate => {
  const name = memberName(callee)
  const mayHold = node.optional || scope.program.hasFunctions
  // `handlers[type](…)`
  if (name === undefined) return mayHold ? memberCall(callee, node, scope) : unfit('a call')
  if (!isMethod(name) && (isInherited(name) || !mayHold)) return unfit(`a method ${name}`)
  const isHanding = isFunctionMethod(name) && node.arguments[0]?.type === 'ThisExpression'
  if (isHanding && !callee.optional && !node.optional) return handingCall(name, callee, node.arguments, scope)
  // It may go through a text.
  scope.program.countSteps(methodSteps)
  const target = scope.compile(callee.object)
  const callback = callsItsArgument(name) ? node.arguments[0] : undefined
  const args = argumentsOf(node.arguments, scope, (item) =>
    item === callback && isFunctionNode(item) ? madeHere(item, scope, true) : itemOf(item, scope),
  )
  const isOptional = callee.optional
  const isOptionalCall = node.optional
  const isCalm = node.arguments.every(({ type }) => calm.has(type))
  if (!isCalm)
    return (frame) => {
      const value = target(frame)
      if (value === skipped || (isOptional && isNothing(value))) return skipped
      if (isOptionalCall && isMissing(value, name)) return skipped
      const before = heldMember(value, name)
      const given = args(frame)
      // What is called is found before the arguments are.
      return heldMember(value, name) === before ? callMethod(value, name, given) : giveUp()
    }
  if (!isOptional && !isOptionalCall)
    return (frame) => {
      const value = target(frame)
      return value === skipped ? skipped : callMethod(value, name, args(frame))
    }
  return (frame) => {
    const value = target(frame)
    if (value === skipped || (isOptional && isNothing(value))) return skipped
    if (isOptionalCall && isMissing(value, name)) return skipped
    return callMethod(value, name, args(frame))
  }
}

const makers: ReadonlyMap<string, Callable> = new Map<string, Callable>([
  ['Date', makeDate],
  ['Map', makeMap],
  ['Set', makeSet],
  ...memoryMakers,
  ['Array', (args) => (args.length === 1 && typeof args[0] === 'number' ? giveUp() : args.map(keep))],
  ['Object', (args) => (args.length === 0 ? {} : giveUp())],
])
const errors: ReadonlySet<string> = new Set(['Error', ...otherErrors])

export const newOf = (node: Expression & { type: 'NewExpression' }, scope: Scope): Evaluate => {
  const name = builtInName(node.callee, scope) ?? ''
  const args = argumentsOf(node.arguments, scope)
  const make = makers.get(name)
  if (make) return (frame) => make(args(frame))
  if (name === '') {
    const called = scope.compile(node.callee)
    return (frame) => {
      const value = called(frame)
      const given = args(frame)
      return makeInstance(kindOf(value), given)
    }
  }
  return errors.has(name) ? (frame) => makeError(name, args(frame)) : unfit(`new ${name}`)
}
