import { bounded, giveUp, spend } from '@thingwire/tbel/budget'
import { Pattern, patternMethods, replacement } from './regular-expressions.ts'
import { isFunction, toNumber, toText } from './values.ts'

type TextMethod = (text: string, args: readonly unknown[]) => unknown

const optional = (value: unknown): number | undefined => (value === undefined ? undefined : toNumber(value))

/** Long needles make a search slow. */
const needle = (value: unknown): string => {
  const text = toText(value)
  return text.length > 100 ? giveUp() : text
}
/** `text.indexOf(sought, from)` and the like. */
const searching =
  (search: (text: string, sought: string, from?: number) => unknown): TextMethod =>
  (text, args) => {
    if (args.length === 0 || args.length > 2) giveUp()
    spend(text.length >> 4)
    const [sought, from] = args
    return search(text, needle(sought), optional(from))
  }
/** What would be longer than this is left to the sandbox. */
const width = (value: unknown): number => {
  const number = toNumber(value)
  return number > 1_000 ? giveUp() : number
}

const replace: TextMethod = (text, [found, by]) => {
  if (!isFunction(by)) return bounded(text.replace(needle(found), replacement(by)))
  return bounded(text.replace(needle(found), (...match: unknown[]) => toText(by(match))))
}

const replaceAll: TextMethod = (text, [found, by]) => {
  spend(text.length)
  const given = replacement(isFunction(by) ? giveUp() : by)
  // `$&` is what is looked for, which may be long.
  if (given.includes('$')) giveUp()
  return bounded(text.replaceAll(needle(found), given))
}

const plainMethods: ReadonlyMap<string, TextMethod> = new Map<string, TextMethod>([
  ['charAt', (text, [at]) => text.charAt(toNumber(at))],
  ['charCodeAt', (text, [at]) => text.charCodeAt(toNumber(at))],
  ['concat', (text, args) => bounded(text + args.map(toText).join(''))],
  ['endsWith', searching((text, sought, from) => text.endsWith(sought, from))],
  ['includes', searching((text, sought, from) => text.includes(sought, from))],
  ['indexOf', searching((text, sought, from) => text.indexOf(sought, from))],
  ['lastIndexOf', searching((text, sought, from) => text.lastIndexOf(sought, from))],
  [
    'padEnd',
    (text, [size, fill]) => (fill === undefined ? text.padEnd(width(size)) : text.padEnd(width(size), toText(fill))),
  ],
  [
    'padStart',
    (text, [size, fill]) =>
      fill === undefined ? text.padStart(width(size)) : text.padStart(width(size), toText(fill)),
  ],
  ['replace', replace],
  ['replaceAll', replaceAll],
  ['repeat', (text, [count]) => (text.length * toNumber(count) > 10_000 ? giveUp() : text.repeat(toNumber(count)))],
  ['at', (text, [at]) => text.at(toNumber(at))],
  ['codePointAt', (text, [at]) => text.codePointAt(toNumber(at))],
  ['substr', (text, [from, count]) => text.substr(toNumber(from), optional(count))],
  ['slice', (text, [from, to]) => text.slice(optional(from), optional(to))],
  [
    'split',
    (text, [by, most]) =>
      text.split(by === undefined ? giveUp() : needle(by), most === undefined ? most : toNumber(most)),
  ],
  ['startsWith', searching((text, sought, from) => text.startsWith(sought, from))],
  ['substring', (text, [from, to]) => text.substring(toNumber(from), optional(to))],
  ['toLowerCase', (text) => text.toLowerCase()],
  ['toString', (text) => text],
  ['toUpperCase', (text) => text.toUpperCase()],
  ['trim', (text) => text.trim()],
  ['trimEnd', (text) => text.trimEnd()],
  ['trimLeft', (text) => text.trimStart()],
  ['trimRight', (text) => text.trimEnd()],
  ['trimStart', (text) => text.trimStart()],
])

export const isTextMethod = (name: string): boolean => plainMethods.has(name) || patternMethods.has(name)

export const callTextMethod = (text: string, name: string, args: readonly unknown[]): unknown => {
  spend(text.length >> 5)
  const [pattern] = args
  if (pattern instanceof Pattern) return bounded(patternMethods.get(name)?.(text, pattern, args) ?? null)
  return bounded((plainMethods.get(name) ?? giveUp())(text, args))
}
