import { bounded, giveUp, isPlain, primitive, toNumber, toText } from './values.ts'

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
      ...(['log10', 'log1p', 'log2', 'max', 'min', 'pow', 'random', 'round', 'sign', 'sin', 'sqrt'] as const),
      ...(['tan', 'trunc'] as const),
    ] as const
  ).map((name) => [name, ofNumbers(Math[name])]),
)

const only = (args: readonly unknown[]): unknown => (args.length === 1 ? args[0] : giveUp())

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
  ['Array.isArray', (args) => Array.isArray(only(args))],
  ['Number.isFinite', (args) => Number.isFinite(only(args))],
  ['Number.isInteger', (args) => Number.isInteger(only(args))],
  ['Number.isNaN', (args) => Number.isNaN(only(args))],
  ['Number.parseFloat', (args) => Number.parseFloat(toText(only(args)))],
  ['JSON.parse', (args): unknown => JSON.parse(toText(bounded(only(args))))],
  ['JSON.stringify', (args): unknown => bounded(JSON.stringify(only(args)))],
])

/** The built-in function of this name, which nothing in the script may hide. */
export const builtIn = (name: string): Callable | undefined => functions.get(name)

const constants: ReadonlyMap<string, number> = new Map(
  (['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'] as const).map((name) => [
    `Math.${name}`,
    Math[name],
  ]),
)

export const builtInNumber = (name: string): number | undefined => constants.get(name)

type TextMethod = (text: string, args: readonly unknown[]) => unknown
type NumberMethod = (value: number, args: readonly unknown[]) => unknown

const optional = (value: unknown): number | undefined => (value === undefined ? undefined : toNumber(value))

/** Replacements with `$` can multiply the text. */
const replacement = (value: unknown): string => {
  const text = toText(value)
  return text.includes('$') ? giveUp() : text
}
/** Long needles make a search slow. */
const needle = (args: readonly unknown[]): string => {
  const text = toText(only(args))
  return text.length > 100 ? giveUp() : text
}
/** What would be longer than this is left to the sandbox. */
const width = (value: unknown): number => {
  const number = toNumber(value)
  return number > 1_000 ? giveUp() : number
}

const textMethods: ReadonlyMap<string, TextMethod> = new Map<string, TextMethod>([
  ['charAt', (text, [at]) => text.charAt(toNumber(at))],
  ['charCodeAt', (text, [at]) => text.charCodeAt(toNumber(at))],
  ['concat', (text, args) => bounded(text + args.map(toText).join(''))],
  ['endsWith', (text, args) => text.endsWith(needle(args))],
  ['includes', (text, args) => text.includes(needle(args))],
  ['indexOf', (text, args) => text.indexOf(needle(args))],
  ['lastIndexOf', (text, args) => text.lastIndexOf(needle(args))],
  [
    'padEnd',
    (text, [size, fill]) => (fill === undefined ? text.padEnd(width(size)) : text.padEnd(width(size), toText(fill))),
  ],
  [
    'padStart',
    (text, [size, fill]) =>
      fill === undefined ? text.padStart(width(size)) : text.padStart(width(size), toText(fill)),
  ],
  ['replace', (text, [found, by]) => bounded(text.replace(needle([found]), replacement(by)))],
  ['slice', (text, [from, to]) => text.slice(optional(from), optional(to))],
  ['split', (text, args) => text.split(only(args) === undefined ? giveUp() : needle(args))],
  ['startsWith', (text, args) => text.startsWith(needle(args))],
  ['substring', (text, [from, to]) => text.substring(toNumber(from), optional(to))],
  ['toLowerCase', (text) => text.toLowerCase()],
  ['toString', (text) => text],
  ['toUpperCase', (text) => text.toUpperCase()],
  ['trim', (text) => text.trim()],
  ['trimEnd', (text) => text.trimEnd()],
  ['trimStart', (text) => text.trimStart()],
])

const numberMethods: ReadonlyMap<string, NumberMethod> = new Map<string, NumberMethod>([
  ['toFixed', (value, [digits]) => value.toFixed(optional(digits))],
  ['toPrecision', (value, [digits]) => value.toPrecision(optional(digits))],
  ['toString', (value, [radix]) => value.toString(optional(radix))],
])

export const isMethod = (name: string): boolean =>
  name === 'hasOwnProperty' || textMethods.has(name) || numberMethods.has(name)

/** Calls the method that this value has by birth. */
export const callMethod = (target: unknown, name: string, args: readonly unknown[]): unknown => {
  if (typeof target === 'string') return textMethods.get(name)?.(target, args) ?? giveUp()
  if (typeof target === 'number') return numberMethods.get(name)?.(target, args) ?? giveUp()
  if (typeof target === 'boolean' && name === 'toString') return String(target)
  if (name !== 'hasOwnProperty' || !isPlain(target) || Object.hasOwn(target, name)) return giveUp()
  return Object.hasOwn(target, toText(primitive(only(args))))
}
