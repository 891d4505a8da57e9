import { type Effort, effortOf, spendOnSearch } from '@thingwire/tbel/bounded-pattern'
import { bounded, giveUp, spend } from '@thingwire/tbel/budget'
import { unfit } from './scope.ts'
import { Special } from './values.ts'
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

type Method = (text: string, pattern: Pattern, args: readonly unknown[]) => unknown

/** What a text does with a regular expression. */
export const patternMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['match', match],
  ['matchAll', matchAll],
  ['search', (text, pattern) => text.search(pattern.for(text))],
  [
    'replace',
    (text, pattern, [, by]) =>
      typeof by === 'string' && !by.includes('$') && by.length < 100 ? text.replace(pattern.for(text), by) : giveUp(),
  ],
  ['split', (text, pattern, args) => (args.length === 1 ? text.split(pattern.for(text)).map(bounded) : giveUp())],
])
