import { bounded, giveUp, keep, spend } from '@thingwire/tbel/budget'
import { base64 } from '../base64.ts'
import { measure } from './measure.ts'
import { memoryFunctions, memorySizes } from './memory.ts'
import {
  type Callback,
  Failure,
  hasOwn,
  Holder,
  isFunction,
  isPlain,
  isInherited,
  itemsOf,
  listOf,
  membersOf,
  namesOf,
  spread,
  Thrown,
  toNumber,
  toText,
  Walkable,
  write,
  writeAt,
} from './values.ts'
import { Walk } from './walks.ts'

/** A function that a script may call: it keeps nothing, and changes none of its arguments. */
export type Callable = (args: readonly unknown[]) => unknown

const ofNumbers =
  (fn: (...numbers: number[]) => number): Callable =>
  (args) =>
    fn(...args.map(toNumber))

const math: Record<string, Callable> = Object.fromEntries(
  (
    [
      ...(['abs', 'acos', 'asin', 'atan', 'atan2', 'cbrt', 'ceil', 'cos', 'exp', 'floor', 'hypot', 'log'] as const),
      ...(['log10', 'log1p', 'log2', 'max', 'min', 'pow', 'random', 'round', 'sign', 'sin', 'sinh', 'sqrt'] as const),
      ...(['tan', 'tanh', 'trunc', 'fround', 'imul', 'clz32', 'cosh', 'expm1', 'asinh', 'acosh', 'atanh'] as const),
    ] as const
  ).map((name) => [name, ofNumbers(Math[name])]),
)

const only = (args: readonly unknown[]): unknown => (args.length === 1 ? args[0] : giveUp())

const short = (value: unknown): unknown => (typeof value === 'string' && value.length > 40 ? giveUp() : value)
const utc = ([year = 0, month = 0, ...more]: number[]): number => Date.UTC(year, month, ...more)

const parseJson: Callable = (args) => {
  const text = toText(bounded(only(args)))
  spend(text.length >> 2)
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    // Its stack is costly.
    spend(1_000)
    throw new Thrown(new Failure(error.name, error.message))
  }
}

const bytes = base64((name, message) => {
  spend(50)
  throw new Thrown(new Failure(name, message))
})
const ofBytes =
  (name: keyof typeof bytes): Callable =>
  (args) => {
    const text = toText(bounded(only(args)))
    spend(text.length)
    return bounded(bytes[name](text))
  }

const stringify: Callable = ([value, replacer, space]) => {
  if (replacer !== undefined && replacer !== null) giveUp()
  measure(value)
  const text: string | undefined = JSON.stringify(value)
  if (space === undefined || text === undefined) return bounded(text)
  // Each line may begin with as much as the text is deep.
  if (text.length > 2_000 || (typeof space !== 'number' && typeof space !== 'string')) return giveUp()
  spend(text.length)
  return bounded(JSON.stringify(value, null, space))
}

/** `Array.from`: of what can be walked through, or of so many. */
const listFrom: Callable = ([given, by]) => {
  if (by === undefined && !isPlain(given)) return itemsOf(given).map(keep)
  const call: Callback = by === undefined ? ([item]) => item : isFunction(by) ? by : giveUp()
  if (isPlain(given)) {
    const length = typeof given.length === 'number' && given.length <= 2_000 ? given.length : giveUp()
    return Array.from({ length }, (_, at) => {
      spend(2)
      return keep(call([given[String(at)], at]))
    })
  }
  const items: unknown[] = []
  // The function may change what it walks through.
  const walk = given instanceof Walkable ? given.walk() : new Walk(itemsOf(given).values(), false)
  for (let step = walk.step(); !step.done; step = walk.step()) items.push(keep(call([step.value, items.length])))
  return items
}

const assign: Callable = ([target, ...sources]) => {
  for (const source of sources) {
    if (target instanceof Holder) assignInto(target, source ?? {})
    else spread(isPlain(target) ? target : giveUp(), source)
  }
  return target
}

const assignInto = (target: Holder, source: unknown): void => {
  const members = membersOf(source)
  for (const name of namesOf(source)) {
    // A setter may have taken it away.
    if (isInherited(name) || !Object.hasOwn(members, name)) giveUp()
    write(target, name, members[name])
  }
}

const fromEntries: Callable = (args) => {
  const made: Record<string, unknown> = {}
  for (const entry of itemsOf(only(args))) {
    const [name, value] = listOf(entry)
    writeAt(made, toText(name), value)
  }
  return made
}

/** Writes signs of a text in another way. */
const ofSigns =
  (write: (text: string) => string): Callable =>
  (args) => {
    const text = toText(bounded(only(args)))
    spend(2 * text.length)
    return bounded(write(text))
  }

/** Errors of JavaScript beside Error itself. */
export const otherErrors = [
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'URIError',
  'EvalError',
] as const

/** `new Error(…)`, and the same without `new`. */
export const makeError = (name: string, [message, ...more]: readonly unknown[]): Failure =>
  more.length > 0 ? giveUp() : new Failure(name, message === undefined ? '' : toText(message))

/** `Object(…)`: what has members already. */
const asObject: Callable = ([value]) => {
  if (value === undefined || value === null) return {}
  return typeof value === 'object' || typeof value === 'function' ? value : giveUp()
}

const descriptor: Callable = ([target, name]) => {
  const at = toText(name)
  if (!isPlain(target)) return giveUp()
  if (!hasOwn(at, target)) return undefined
  return keep({ value: keep(target[at]), writable: true, enumerable: true, configurable: true })
}

const functions: ReadonlyMap<string, Callable> = new Map<string, Callable>([
  ['Number', (args) => toNumber(only(args))],
  ['String', (args) => toText(only(args))],
  ['Boolean', (args) => Boolean(only(args))],
  ['isNaN', (args) => Number.isNaN(toNumber(only(args)))],
  ['isFinite', (args) => Number.isFinite(toNumber(only(args)))],
  ['parseFloat', (args) => Number.parseFloat(toText(only(args)))],
  ['parseInt', ([text, radix]) => Number.parseInt(toText(text), toNumber(radix))],
  ...Object.entries(math).map(([name, fn]): [string, Callable] => [`Math.${name}`, fn]),
  ['Date.now', () => Date.now()],
  ...['log', 'info', 'warn', 'error', 'debug'].map((name): [string, Callable] => [`console.${name}`, () => undefined]),
  ['Array.isArray', (args) => Array.isArray(only(args))],
  ['Number.isFinite', (args) => Number.isFinite(only(args))],
  ['Number.isInteger', (args) => Number.isInteger(only(args))],
  ['Number.isSafeInteger', (args) => Number.isSafeInteger(only(args))],
  ['Object.is', ([one, other]) => Object.is(one, other)],
  ['Object.hasOwn', ([target, name]) => hasOwn(name, target)],
  ['Number.isNaN', (args) => Number.isNaN(only(args))],
  ['Number.parseFloat', (args) => Number.parseFloat(toText(only(args)))],
  ['Number.parseInt', ([text, radix]) => Number.parseInt(toText(text), toNumber(radix))],
  ['Date.parse', (args) => Date.parse(toText(short(only(args))))],
  ['Date.UTC', (args) => (args.length > 1 && args.length < 8 ? utc(args.map(toNumber)) : giveUp())],
  ['String.fromCharCode', (args) => String.fromCharCode(...args.map(toNumber))],
  ['String.fromCodePoint', (args) => String.fromCodePoint(...args.map(toNumber))],
  ...(['encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI', 'escape', 'unescape'] as const).map(
    (name): [string, Callable] => [name, ofSigns(globalThis[name])],
  ),
  ...['Error', ...otherErrors].map((name): [string, Callable] => [name, (args) => makeError(name, args)]),
  ['Array.from', listFrom],
  ['Array.of', (args) => args.map(keep)],
  ['Object.keys', (args) => namesOf(only(args))],
  ['Object.values', ([value]) => namesOf(value).map((name) => keep(membersOf(value)[name]))],
  ['Object.entries', ([value]) => namesOf(value).map((name) => keep([name, keep(membersOf(value)[name])]))],
  ['Object', asObject],
  ['Object.getOwnPropertyDescriptor', descriptor],
  ['Object.assign', assign],
  ['Object.fromEntries', fromEntries],
  ...memoryFunctions,
  ['atob', ofBytes('atob')],
  ['btoa', ofBytes('btoa')],
  ['JSON.parse', parseJson],
  ['JSON.stringify', stringify],
])

/** The built-in function of this name, which nothing in the script may hide. */
export const builtIn = (name: string): Callable | undefined => functions.get(name)

const ofMath = ['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'] as const
const ofNumber = [
  ...(['MAX_SAFE_INTEGER', 'MIN_SAFE_INTEGER', 'MAX_VALUE', 'MIN_VALUE', 'EPSILON'] as const),
  ...(['NaN', 'POSITIVE_INFINITY', 'NEGATIVE_INFINITY'] as const),
] as const
const constants: ReadonlyMap<string, number> = new Map<string, number>([
  ...ofMath.map((name) => [`Math.${name}`, Math[name]] as const),
  ...ofNumber.map((name) => [`Number.${name}`, Number[name]] as const),
  ...memorySizes,
])

export const builtInNumber = (name: string): number | undefined => constants.get(name)
