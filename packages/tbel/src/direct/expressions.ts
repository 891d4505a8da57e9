import type { Expression } from '../ast.ts'
import { isSafePath, isTruth, operators } from '../emit-expression.ts'
import { isIntArithmetic, staticType } from '../static-type.ts'
import { helper, isMethod, mathField, staticMethod } from './calls.ts'
import { bounded, type Evaluate, type Frame, giveUp, keep, type Place, Unfit } from './frame.ts'
import { type Operation, operation, runtime } from './runtime.ts'

/*
 * The same as emit-expression.ts, but instead of code it makes functions. What this file does not know, a sandbox has to do.
 */

const unfit = (what: string): never => {
  throw new Unfit(what)
}

/** Nothing that looks at patterns. */
const known: ReadonlyMap<string, string> = new Map(Object.entries(operators).filter(([sign]) => sign !== '~='))

const operationOf = (sign: string, suffix = ''): Operation => {
  const name = known.get(sign) ?? unfit(sign)
  const found = operation(`${name}${suffix}`)
  if (name === 'contains') return (left, right) => found(left, short(right))
  if (name === 'concatenate') return (left, right) => bounded(found(left, right))
  if (name !== 'add') return found
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return found(left, right)
    // Lists grow by it.
    return Array.isArray(left) ? giveUp() : bounded(found(left, right))
  }
}

const numberOf = ({ number, text }: Expression & { kind: 'number' }): unknown => {
  if (!/^(?:0|[1-9]\d*|\d+\.\d+)$/.test(text)) return unfit(text)
  if (number === 'int') return Number(text)
  if (number === 'long') return BigInt(text)
  return number === 'double' ? runtime.double(Number(text)) : runtime.float(Number(text))
}

const constant = (value: unknown): Evaluate => {
  return () => value
}

const literals = { null: null, true: true, false: false, empty: runtime.empty }

/** Something that must be a boolean. */
export const compileTest = (test: Expression, place: Place): Evaluate => {
  const value = compile(test, place)
  if (isTruth(test)) return value
  return (frame) => {
    const given = value(frame)
    return typeof given === 'boolean' ? given : giveUp()
  }
}

const listOf = (items: readonly Expression[], place: Place): Evaluate[] => items.map((item) => compile(item, place))

const propertyOf = (property: Expression & { kind: 'property' }, place: Place): Evaluate => {
  const { target, name } = property
  const field = mathField(target, name, place.scope)
  if (field !== undefined) return constant(field)
  const value = compile(target, place)
  const read = operation(isSafePath(target) ? 'readSafely' : 'read')
  return (frame) => {
    const given = value(frame)
    // The common case of both.
    const found = given instanceof Map ? given.get(name) : undefined
    return found === undefined ? read(given, name) : found
  }
}

const callOf = (call: Expression & { kind: 'call' }, place: Place): Evaluate => {
  const called = place.scope.seesFunction(call.name) ? undefined : helper(call.name)
  return called ? calling(called, listOf(call.parameters, place)) : unfit(call.name)
}

const calling =
  (called: (...parameters: unknown[]) => unknown, parameters: readonly Evaluate[]): Evaluate =>
  (frame) =>
    bounded(called(...parameters.map((parameter) => parameter(frame))))

/** What a call of a method counts, in steps. */
const methodSteps = 10

/** Long needles make a search slow. */
const short = (value: unknown): unknown => (typeof value === 'string' && value.length > 100 ? giveUp() : value)

const methodOf = (call: Expression & { kind: 'method' }, place: Place): Evaluate => {
  const { target, name } = call
  const parameters = listOf(call.parameters, place)
  const method = staticMethod(target, name, place.scope)
  if (method) return calling(method, parameters)
  if (!isMethod(name)) return unfit(name)
  // It may go through a text or a list.
  place.program.countSteps(methodSteps)
  const value = compile(target, place)
  const caller = runtime[isSafePath(target) ? 'callSafely' : 'call']
  if (typeof caller !== 'function') return unfit(name)
  return (frame) => {
    const target = value(frame)
    const given = parameters.map((parameter) => short(parameter(frame)))
    return bounded(caller(target, name, given))
  }
}

const unaryOf = (unary: Expression & { kind: 'unary' }, place: Place): Evaluate => {
  if (unary.operator === '!') {
    const test = compileTest(unary.value, place)
    return (frame) => !test(frame)
  }
  const { value: given } = unary
  if (unary.operator === '-' && given.kind === 'number' && given.number === 'int' && given.text !== '0')
    return constant(-Number(numberOf(given)))
  const value = compile(given, place)
  const change = operation(unary.operator === '~' ? 'bitNot' : 'negate')
  return (frame) => change(value(frame), undefined)
}

const binaryOf = (binary: Expression & { kind: 'binary' }, place: Place): Evaluate => {
  const { operator, left, right } = binary
  if (operator === '&&' || operator === 'and' || operator === '||') {
    const one = compileTest(left, place)
    const two = compileTest(right, place)
    return operator === '||' ? (frame) => one(frame) || two(frame) : (frame) => one(frame) && two(frame)
  }
  if (operator === 'contains') place.program.countSteps(methodSteps)
  const operate = operationOf(operator, isIntArithmetic(binary, place.scope) ? 'Ints' : '')
  const one = compile(left, place)
  const two = compile(right, place)
  return (frame) => operate(one(frame), two(frame))
}

const conditionOf = (condition: Expression & { kind: 'condition' }, place: Place): Evaluate => {
  const test = compileTest(condition.test, place)
  const yes = compile(condition.yes, place)
  const no = compile(condition.no, place)
  return (frame) => (test(frame) ? yes(frame) : no(frame))
}

/** `make` gets what is there. */
type Change = (frame: Frame, make: (old: () => unknown) => unknown) => unknown

const changeOf = (target: Expression, place: Place): Change => {
  if (target.kind === 'property') {
    const object = compile(target.target, place)
    const read = operation('read')
    return (frame, make) => {
      const map = object(frame)
      // Anything else is no place that a script without a sandbox writes to.
      if (!(map instanceof Map)) return giveUp()
      const value = make(() => read(map, target.name))
      runtime.put(map, target.name, keep(frame, value))
      return value
    }
  }
  if (target.kind !== 'index') return unfit('what is changed')
  const object = compile(target.target, place)
  const index = compile(target.index, place)
  const read = operation('readAt')
  return (frame, make) => {
    const map = object(frame)
    const at = index(frame)
    if (!(map instanceof Map) || typeof at !== 'string') return giveUp()
    const value = make(() => read(map, at))
    runtime.put(map, at, keep(frame, value))
    return value
  }
}

const assignOf = (assign: Expression & { kind: 'assign' }, place: Place): Evaluate => {
  const { operator, target } = assign
  const type = staticType(assign.value, place.scope)
  const value = compile(assign.value, place)
  const operate = operator === '=' ? null : operationOf(operator.slice(0, -1))
  if (target.kind === 'name') {
    place.scope.assign(target.name, operate ? null : type)
    const slot = place.program.slotOf(target.name, place.scope)
    return (frame) => {
      const result = operate ? operate(frame.slots[slot], value(frame)) : value(frame)
      frame.slots[slot] = result
      return result
    }
  }
  const change = changeOf(target, place)
  return operate
    ? (frame) => change(frame, (old) => operate(old(), value(frame)))
    : (frame) => change(frame, () => value(frame))
}

const mapOf = ({ entries }: Expression & { kind: 'map' }, place: Place): Evaluate => {
  const parts = listOf(entries.flat(), place)
  return (frame) => runtime.map(parts.map((part) => keep(frame, part(frame))))
}

/** Declares in the place's scope what the expression assigns. Throws Unfit for what has to run in a sandbox. */
export const compile = (expression: Expression, place: Place): Evaluate => {
  place.program.countSteps()
  switch (expression.kind) {
    case 'number':
      return constant(numberOf(expression))
    case 'string':
      return constant(expression.value)
    case 'literal':
      return constant(literals[expression.value])
    case 'name': {
      const slot = place.program.slotOf(expression.name, place.scope)
      return ({ slots }) => slots[slot]
    }
    case 'property':
      return propertyOf(expression, place)
    case 'index': {
      const target = compile(expression.target, place)
      const index = compile(expression.index, place)
      const read = operation('readAt')
      return (frame) => read(target(frame), index(frame))
    }
    case 'call':
      return callOf(expression, place)
    case 'method':
      return methodOf(expression, place)
    case 'list': {
      const items = listOf(expression.items, place)
      return (frame) => items.map((item) => keep(frame, item(frame)))
    }
    case 'map':
      return mapOf(expression, place)
    case 'unary':
      return unaryOf(expression, place)
    case 'binary':
      return binaryOf(expression, place)
    case 'condition':
      return conditionOf(expression, place)
    case 'assign':
      return assignOf(expression, place)
    default:
      return unfit(expression.kind)
  }
}
