import type { Callable } from '../runtime/types.ts'
import { effortOf, spendOnSearch } from '../bounded-pattern.ts'
import { bounded, giveUp, keep, keepMany, spend } from '../budget.ts'
import { isCollection, measure, sizeOf } from './measure.ts'
import { runtime } from './runtime.ts'

/*
 * Calls of what the language brings, with what they cost. The functions are those that stand in a sandbox; here it is looked at
 * first how much they will have to do.
 */

/** Reads numbers digit by digit, in numbers that grow. */
const ofDigits = /^(?:parse(?:Int|Long|Float|Double|HexIntLongToFloat)|valueOf)$/
/** Compares what may hold lists and maps. */
const comparing = new Set([
  ...[
    'equals',
    'hashCode',
    'contains',
    'indexOf',
    'lastIndexOf',
    'containsAll',
    'containsValue',
    'remove',
    'removeAll',
  ],
  ...[
    'retainAll',
    'replace',
    'toString',
    'join',
    'sort',
    'toSorted',
    'sortByValue',
    'sortByKey',
    'toFlatMap',
    'stringify',
  ],
])
/** Takes a pattern; here only one that may try so many ways and no more. */
const patterned = new Set(['split', 'replaceAll', 'replaceFirst', 'matches'])
/** Makes something of each sign of a text. */
const bySign = new Set([
  'indent',
  'stripIndent',
  'translateEscapes',
  'split',
  'replaceAll',
  'replaceFirst',
  'replace',
  'getBytes',
  'toCharArray',
  'hashCode',
])

/** Steps of what takes longer than what it is given looks like. */
const dear: ReadonlyMap<string, number> = new Map([
  ...['parseByteToBinaryArray', 'parseBytesToBinaryArray', 'parseLongToBinaryArray'].map(
    (name) => [name, 200] as const,
  ),
  ...(['isInsidePolygon', 'toFlatMap', 'format', 'randomUUID'] as const).map((name) => [name, 60] as const),
])

const priceOf = (value: unknown): number => {
  const size = sizeOf(value)
  return isCollection(value) ? size : size >> 3
}

/** Compares each part of one list with each of another. */
const crossing = new Set(['disjoint', 'indexOfSubList', 'lastIndexOfSubList', 'frequency'])

/** A form of a text may hold many widths. */
const checkForm = (form: unknown): void => {
  if (typeof form !== 'string') return
  if (/\d{4}/.test(form)) giveUp()
  spend(form.length)
}

/** Looks at the parameters of a helper or a method of a class. */
const check = (name: string, parameters: readonly unknown[]): void => {
  let price = dear.get(name) ?? 10
  for (let index = 0; index < parameters.length; index++) {
    const value = parameters[index]
    price += 2 * priceOf(value)
    if (typeof value === 'string' && value.length > 100 && ofDigits.test(name)) giveUp()
    // A width, or a number of digits.
    if (index > 0 && Math.abs(runtime.numberOf(value)) > 1_000) giveUp()
    if (isCollection(value) && value !== runtime.empty) measure(value)
  }
  if (comparing.has(name)) price += 4 * sizeOf(parameters[0])
  if (crossing.has(name)) price += sizeOf(parameters[0]) * sizeOf(parameters[1])
  if (name === 'isInsidePolygon') price += (sizeOf(parameters[2]) ** 2) >> 8
  if (name === 'format') checkForm(parameters[0])
  spend(price)
}

const checked =
  (name: string, called: Callable): Callable =>
  (...parameters) => {
    check(name, parameters)
    const result = called(...parameters)
    if (isCollection(result)) {
      keepMany(sizeOf(result))
      spend(sizeOf(result))
    }
    return bounded(result)
  }

/** A function that every script has. */
export const helper = (name: string): Callable | undefined => {
  const found = runtime.helpers[name]
  return found && checked(name, found)
}

const ofMath = new Set(['Math', 'StrictMath'])
/** Their second parameters are numbers like any other, no widths. */
const ofNumbers = new Set(['Integer', 'Long', 'Short', 'Byte', 'Double', 'Float', 'Boolean', 'Character'])
/** Makes or reads a text by a pattern, a language or a time zone. */
const priceOfDateText = 2_500
/** Before a date is made of more than a number. */
export const checkDate = (parameters: readonly unknown[]): void => {
  const [first] = parameters
  if (parameters.length > 1 && parameters.some((value) => typeof value === 'string')) spend(priceOfDateText)
  // The name of a time zone, or of a month.
  else if (typeof first === 'string' && /[A-Z][a-z]/.test(first)) spend(500)
}

export const staticMethod = (owner: string, name: string): Callable | undefined => {
  const members = runtime.classes[owner]
  const found = members && Object.hasOwn(members, name) ? members[name] : undefined
  if (typeof found !== 'function') return undefined
  const called: Callable = (...parameters) => found(...parameters)
  if (ofMath.has(owner)) return called
  if (ofNumbers.has(owner))
    return (...parameters) => {
      spend(parameters.reduce((price: number, value) => price + 2 * priceOf(value), 10))
      parameters.forEach(measure)
      return bounded(called(...parameters))
    }
  if (owner === 'Date' && name === 'parse')
    return (...parameters) => {
      checkDate(parameters)
      return checked(name, called)(...parameters)
    }
  return checked(name, called)
}

export const staticField = (owner: string, name: string): unknown => {
  const members = runtime.classes[owner]
  const found = members && Object.hasOwn(members, name) ? members[name] : undefined
  return typeof found === 'function' ? undefined : found
}

const priceOfTarget = (target: unknown, name: string): number => {
  if (target instanceof runtime.Instance) return 40
  if (!(target instanceof runtime.Date)) return 4
  return /^to(?!ISO|JSON)/.test(name) ? priceOfDateText : 30
}

/** Before a value gets a call of this method. */
export const checkMethod = (target: unknown, name: string, parameters: readonly unknown[]): void => {
  let price = priceOfTarget(target, name) + priceOf(target)
  let product = sizeOf(target)
  for (const parameter of parameters) {
    keep(parameter)
    price += priceOf(parameter)
    if (isCollection(parameter)) product *= sizeOf(parameter)
    // Long needles make a search slow.
    if (typeof target === 'string' && typeof parameter === 'string' && parameter.length > 100) giveUp()
  }
  if (isCollection(target)) keepMany(sizeOf(target) >> 2)
  if (name === 'formatted') checkForm(target)
  if ((name === 'repeat' || name === 'indent') && sizeOf(target) * runtime.numberOf(parameters[0]) > 10_000) giveUp()
  if (typeof target === 'string' && patterned.has(name)) checkPattern(target, parameters)
  if (typeof target === 'string' && bySign.has(name)) price += target.length
  if (comparing.has(name)) {
    measure(target)
    for (const parameter of parameters) measure(parameter)
    if (isCollection(target)) price += product
  }
  spend(price)
}

const longestPattern = 200

/** Before a text is searched. A pattern that is not known yet has to be read, too. */
export const checkPattern = (text: string, [pattern, by]: readonly unknown[]): void => {
  const known = typeof pattern === 'string' && pattern.length <= longestPattern ? pattern : giveUp()
  spend(4 * known.length)
  spendOnSearch(effortOf(known) ?? giveUp(), text)
  if (typeof by !== 'string') return
  // Each `$1` may be as long as all of the text.
  spend((by.length * text.length) >> 8)
  if (by.length > 100) giveUp()
}
