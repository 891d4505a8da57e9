import type { Expression } from '../ast.ts'
import { classOf, dottedName, isSafePath, isTruth, operators } from '../emit-expression.ts'
import { isIntArithmetic, staticType } from '../static-type.ts'
import { bounded, giveUp, keep, spend } from '../budget.ts'
import { isCollection, measure, sizeOf } from './measure.ts'
import { checkDate, checkMethod, checkPattern, helper, staticField, staticMethod } from './calls.ts'
import { type Evaluate, type Frame, outwards, type Place, Unfit } from './frame.ts'
import { type Operation, operation, runtime } from './runtime.ts'

/*
 * The same as emit-expression.ts, but instead of code it makes functions. What this file does not know, a sandbox has to do.
 */

const unfit = (what: string): never => {
  throw new Unfit(what)
}

const known: ReadonlyMap<string, string> = new Map(Object.entries(operators))

/** Compares or writes out what may hold lists and maps. */
const looking = new Set([
  'equal',
  'unequal',
  'contains',
  'concatenate',
  'add',
  'firstFilled',
  'less',
  'greater',
  'atMost',
  'atLeast',
])

const operationOf = (sign: string, suffix = ''): Operation => {
  const name = known.get(sign) ?? unfit(sign)
  const found = operation(`${name}${suffix}`)
  if (name === 'matches')
    return (left, right) => {
      if (isCollection(left)) return giveUp()
      checkPattern(runtime.text(left), [right])
      return found(left, right)
    }
  if (name === 'soundsLike' || name === 'similarity')
    return (left, right) => {
      if (isCollection(left) || isCollection(right)) return giveUp()
      spend(sizeOf(left) + sizeOf(right))
      return found(left, right)
    }
  if (!looking.has(name)) return found
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return found(left, right)
    if (isCollection(left) && left !== runtime.empty) measure(left)
    if (isCollection(right) && right !== runtime.empty) measure(right)
    const value = found(left, name === 'contains' ? short(right) : right)
    // Lists grow by it.
    if (Array.isArray(value)) value.forEach(keep)
    return bounded(value)
  }
}

const numberOf = ({ number, text }: Expression & { kind: 'number' }): unknown => {
  if (!/^-?(?:0|[1-9]\d*|\d+\.\d+)$/.test(text)) return unfit(text)
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
  const owner = classOf(target, place.scope)
  if (owner !== null) {
    const field = staticField(owner, name)
    return field === undefined ? giveUp : constant(field)
  }
  const value = compile(target, place)
  const read = operation(isSafePath(target) ? 'readSafely' : 'read')
  return (frame) => {
    const given = value(frame)
    // The common case of both.
    const found = given instanceof Map ? given.get(name) : undefined
    if (found !== undefined) return found
    if (isCollection(given) && !(given instanceof Map)) spend(4)
    const result = read(given, name)
    // Keys and values of a map.
    if (isCollection(result)) spend(sizeOf(result))
    return result
  }
}

const callOf = (call: Expression & { kind: 'call' }, place: Place): Evaluate => {
  const parameters = listOf(call.parameters, place)
  if (!place.scope.seesFunction(call.name)) return calling(helper(call.name) ?? giveUp, parameters)
  const { found, distance } = place.program.functionOf(call.name, place.scope) ?? unfit(call.name)
  return (frame) => {
    const values = parameters.map((parameter) => parameter(frame))
    return (found.code ?? giveUp()).call(outwards(frame, distance), values)
  }
}

const calling =
  (called: (...parameters: unknown[]) => unknown, parameters: readonly Evaluate[]): Evaluate =>
  (frame) =>
    called(...parameters.map((parameter) => parameter(frame)))

/** What a call of a method counts, in steps. */
const methodSteps = 4

/** Long needles make a search slow. */
const short = (value: unknown): unknown => (typeof value === 'string' && value.length > 100 ? giveUp() : value)

const methodOf = (call: Expression & { kind: 'method' }, place: Place): Evaluate => {
  const { target, name } = call
  const parameters = listOf(call.parameters, place)
  const owner = classOf(target, place.scope)
  if (owner !== null) return calling(staticMethod(owner, name) ?? giveUp, parameters)
  // It may go through a text or a list.
  place.program.countSteps(methodSteps)
  const value = compile(target, place)
  const caller = runtime[isSafePath(target) ? 'callSafely' : 'call']
  if (typeof caller !== 'function') return unfit(name)
  return (frame) => {
    const target = runtime.plain(value(frame))
    const given = parameters.map((parameter) => parameter(frame))
    checkMethod(target, name, given)
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

const convertibleOf = (left: Expression, right: Expression, place: Place): Evaluate => {
  const type = dottedName(right, place.scope) ?? unfit('a type')
  const value = compile(left, place)
  const isConvertible = operation('isConvertible')
  return (frame) => isConvertible(value(frame), type)
}

const binaryOf = (binary: Expression & { kind: 'binary' }, place: Place): Evaluate => {
  const { operator, left, right } = binary
  if (operator === '&&' || operator === 'and' || operator === '||') {
    const one = compileTest(left, place)
    const two = compileTest(right, place)
    return operator === '||' ? (frame) => one(frame) || two(frame) : (frame) => one(frame) && two(frame)
  }
  if (operator === '??') {
    const one = compile(left, place)
    const two = compile(right, place)
    return (frame) => one(frame) ?? two(frame)
  }
  if (operator === 'convertable_to') return convertibleOf(left, right, place)
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

/** Where a value comes to; in a map only under what is a name in JSON. */
const placedAt = (target: unknown, at: unknown): void => {
  if (target instanceof Map && typeof at !== 'string' && typeof at !== 'number') giveUp()
  if (isCollection(at)) giveUp()
}

const changeOf = (target: Expression, place: Place): Change => {
  if (target.kind !== 'property' && target.kind !== 'index') return unfit('what is changed')
  const object = compile(target.target, place)
  const index = target.kind === 'index' ? compile(target.index, place) : constant(target.name)
  const read = operation(target.kind === 'index' ? 'readAt' : 'read')
  const write = runtime[target.kind === 'index' ? 'writeAt' : 'write']
  if (typeof write !== 'function') return unfit('what is changed')
  return (frame, make) => {
    const holder = object(frame)
    const at = runtime.plain(index(frame))
    placedAt(holder, at)
    const value = make(() => read(holder, at))
    if (holder instanceof Map) runtime.put(holder, at, keep(value))
    else write(holder, at, keep(value))
    return value
  }
}

/** A variable that an assignment changes or makes. */
const variableOf = (name: string, place: Place): { read: Evaluate; write: (frame: Frame, value: unknown) => void } => {
  const { slot, distance } = place.program.placeOf(name, place.scope)
  if (distance === 0)
    return {
      read: ({ slots }) => slots[slot],
      write: ({ slots }, value) => {
        slots[slot] = value
      },
    }
  return {
    read: (frame) => outwards(frame, distance).slots[slot],
    write: (frame, value) => {
      outwards(frame, distance).slots[slot] = value
    },
  }
}

const readingOf = (name: string, place: Place): Evaluate => {
  if (!place.scope.sees(name)) return giveUp
  const { read } = variableOf(name, place)
  return place.scope.isGiven(name) ? read : (frame) => given(read(frame))
}

const given = (value: unknown): unknown => (value === undefined ? giveUp() : value)

/** Gives what `operate` makes of the old value and this one. */
const changing = (target: Expression, operate: Operation, value: Evaluate, place: Place): Evaluate => {
  if (target.kind === 'name') {
    const old = place.scope.sees(target.name) ? readingOf(target.name, place) : null
    place.scope.assign(target.name, null)
    const variable = variableOf(target.name, place)
    const read = old ?? variable.read
    return (frame) => {
      const result = operate(read(frame), value(frame))
      variable.write(frame, result)
      return result
    }
  }
  const change = changeOf(target, place)
  return (frame) => change(frame, (old) => operate(old(), value(frame)))
}

const assignOf = (assign: Expression & { kind: 'assign' }, place: Place): Evaluate => {
  const { operator, target } = assign
  const type = staticType(assign.value, place.scope)
  const value = compile(assign.value, place)
  if (operator !== '=') return changing(target, operationOf(operator.slice(0, -1)), value, place)
  if (target.kind === 'name') {
    place.scope.assign(target.name, type)
    const { write } = variableOf(target.name, place)
    return (frame) => {
      const result = value(frame)
      write(frame, result)
      return result
    }
  }
  const change = changeOf(target, place)
  return (frame) => change(frame, () => value(frame))
}

/** `x++`; `isUsed` is false where nobody looks at the value. */
export const stepOf = (step: Expression & { kind: 'step' }, isUsed: boolean, place: Place): Evaluate => {
  const sign = step.operator === '++' ? '+' : '-'
  const change = changing(step.target, operationOf(sign), constant(1), place)
  if (!isUsed || step.isPrefix) return change
  const undo = operationOf(sign === '+' ? '-' : '+')
  return (frame) => undo(change(frame), 1)
}

const arrayOf = (expression: Expression & { kind: 'new' | 'new-array' | 'typed-array' }, place: Place): Evaluate => {
  const { type } = expression
  const parts = listOf(expression.kind === 'new-array' ? expression.sizes : partsOf(expression), place)
  const make = runtime[{ new: 'make', 'new-array': 'newArray', 'typed-array': 'arrayOf' }[expression.kind]]
  if (typeof make !== 'function') return unfit(expression.kind)
  return (frame) => {
    const values = parts.map((part) => keep(part(frame)))
    const size = values.reduce((product: number, value) => product * Math.max(1, runtime.numberOf(value)), 1)
    if (expression.kind === 'new-array' && !(size <= 2_000)) giveUp()
    spend(20 + (expression.kind === 'new-array' ? size : values.reduce((sum: number, value) => sum + sizeOf(value), 0)))
    if (type.endsWith('Date')) checkDate(values)
    return make(type, values)
  }
}

const partsOf = (expression: Expression & { kind: 'new' | 'typed-array' }): readonly Expression[] =>
  expression.kind === 'new' ? expression.parameters : expression.items

const mapOf = ({ entries }: Expression & { kind: 'map' }, place: Place): Evaluate => {
  const parts = listOf(entries.flat(), place)
  return (frame) => runtime.map(parts.map((part) => keep(part(frame))))
}

const castOf =
  (value: Evaluate, cast: Operation, type: string): Evaluate =>
  (frame) => {
    const given = value(frame)
    measure(given)
    if (typeof given === 'string') spend(given.length >> 3)
    return bounded(cast(type, given))
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
      return readingOf(expression.name, place)
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
      return (frame) => items.map((item) => keep(item(frame)))
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
    case 'new':
    case 'new-array':
    case 'typed-array':
      return arrayOf(expression, place)
    case 'step':
      return stepOf(expression, true, place)
    case 'cast':
    case 'is-type': {
      const { type } = expression
      const value = compile(expression.value, place)
      const cast = operation('cast')
      const isType = operation('isType')
      return expression.kind === 'is-type' ? (frame) => isType(value(frame), type) : castOf(value, cast, type)
    }
    case 'is-defined': {
      if (!place.scope.sees(expression.name)) return constant(false)
      const { read } = variableOf(expression.name, place)
      return (frame) => read(frame) !== undefined
    }
  }
}
