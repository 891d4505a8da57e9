import { type Effort, effortOf, spendOnSearch } from '@thingwire/tbel/bounded-pattern'
import { bounded, giveUp, spend } from '@thingwire/tbel/budget'
import { unfit } from './scope.ts'
import { isFunction, Special, toText } from './values.ts'
import { Walk } from './walks.ts'

/** A regular expression of which is known how many ways it may try. */
export class Pattern extends Special {
  readonly #expression: RegExp
  readonly #effort: Effort

  constructor(expression: RegExp, effort: Effort) {
    super()
    this.#expression = expression
    this.#effort = effort
  }

  /** The expression, to be used for this text once. */
  for(text: string): RegExp {
    spendOnSearch(this.#effort, text)
    this.#expression.lastIndex = 0
    return this.#expression
  }

  get isGlobal(): boolean {
    return this.#expression.global
  }
}

/** Throws Unfit for an expression that may try too many ways: with groups that are repeated, looks around or references. */
export const safePattern = ({ pattern, flags }: { pattern: string; flags: string }): Pattern => {
  if (!/^[gi]*$/.test(flags)) return unfit('a flag')
  const effort = effortOf(pattern) ?? unfit('a regular expression')
  return new Pattern(new RegExp(pattern, flags), effort)
}

/** No text grows beyond while parts of it are replaced. */
const longestText = 10_000

/** What was found once also has names among its items. */
const matches = new WeakSet<object>()
export const isMatch = (value: object): boolean => matches.has(value)

const match = (text: string, pattern: Pattern): unknown => {
  const found = text.match(pattern.for(text))
  // As JSON it is a list like any other.
  const items = found && [...found].map(bounded)
  if (items && !pattern.isGlobal) matches.add(items)
  return items
}

/** What comes in the place of something that is found: with `$`, parts of the text, which can multiply it. */
export const replacement = (value: unknown): string => {
  const text = toText(value)
  if (!text.includes('$')) return text
  spend(text.length)
  return text.length > 100 || /\$[`'<]/.test(text) ? giveUp() : text
}

/** All at once: neither the text nor the expression changes. */
const matchAll = (text: string, pattern: Pattern): Walk => {
  if (!pattern.isGlobal) giveUp()
  const found = Array.from(text.matchAll(pattern.for(text)), (one) => {
    spend(2 + one.length)
    const items = [...one].map(bounded)
    matches.add(items)
    return items
  })
  return new Walk(found.values(), true)
}

/** What comes in the place of each match: a text, in which `$1` and the like are parts of the match, or what a function of the script says. */
const replace: Method = (text, pattern, [, by]) => {
  if (isFunction(by)) {
    let length = text.length
    return text.replace(pattern.for(text), (...found: unknown[]) => {
      spend(4)
      const put = toText(by(found))
      length += put.length
      return length > longestText ? giveUp() : put
    })
  }
  const given = replacement(by)
  if (given.length > 100) giveUp()
  // Each `$1` may be as long as all of the text.
  spend((given.length * text.length) >> 8)
  return text.replace(pattern.for(text), given)
}

type Method = (text: string, pattern: Pattern, args: readonly unknown[]) => unknown

/** What a text does with a regular expression. */
export const patternMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['match', match],
  ['matchAll', matchAll],
  ['search', (text, pattern) => text.search(pattern.for(text))],
  ['replace', replace],
  ['replaceAll', (text, pattern, args) => (pattern.isGlobal ? replace(text, pattern, args) : giveUp())],
  ['split', (text, pattern, args) => (args.length === 1 ? text.split(pattern.for(text)).map(bounded) : giveUp())],
])
