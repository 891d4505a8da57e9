import { bounded, giveUp, spend } from '@thingwire/tbel/budget'
import { unfit } from './scope.ts'
import { Special } from './values.ts'

/** Longer texts are not searched here. */
const longest = 1_000
/** `\d`, `[A-Z-]`, any other sign; then how often. What is left out here, a sandbox has to do. */
const part =
  /(?:\\[dDwWsSbBnrt.*+?^${}()|[\]\\/-]|\[(?:[^[\]\\]|\\[dDwWsSnrt.*+?^${}()|[\]\\/-])*\]|[^\\[\](){}*+?|])(?:([*+?])|\{(\d{1,2})(,?)(\d{0,2})\})?(\?)?/uy
const group = /\((?:\?:)?|\)(?![*+?{])|\|/uy

/** A regular expression of which is known how many ways it may try. */
export class Pattern extends Special {
  readonly #expression: RegExp
  readonly #ways: number
  readonly #open: number

  constructor(expression: RegExp, ways: number, open: number) {
    super()
    this.#expression = expression
    this.#ways = ways
    this.#open = open
  }

  /** The expression, to be used for this text once. */
  for(text: string): RegExp {
    if (text.length > longest) giveUp()
    spend(4 + (this.#ways * (text.length + 1) ** (this.#open + 1)) / 32)
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
  let ways = 1
  let open = 0
  for (let at = 0; at < pattern.length; ) {
    part.lastIndex = at
    group.lastIndex = at
    const found = part.exec(pattern)
    if (found) {
      const [text, sign, least, comma, most] = found
      if (sign === '?') ways *= 2
      else if (sign || (comma && !most)) open++
      else if (most) ways *= Math.max(1, Number(most) - Number(least) + 1)
      at += text.length
    } else {
      const [text] = group.exec(pattern) ?? unfit('a regular expression')
      if (text === '|') ways *= 2
      at += text.length
    }
  }
  if (ways > 1_000_000 || open > 8) return unfit('a regular expression')
  return new Pattern(new RegExp(pattern, flags), ways, open)
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

type Method = (text: string, pattern: Pattern, args: readonly unknown[]) => unknown

/** What a text does with a regular expression. */
export const patternMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['match', match],
  ['search', (text, pattern) => text.search(pattern.for(text))],
  [
    'replace',
    (text, pattern, [, by]) =>
      typeof by === 'string' && !by.includes('$') && by.length < 100 ? text.replace(pattern.for(text), by) : giveUp(),
  ],
  ['split', (text, pattern, args) => (args.length === 1 ? text.split(pattern.for(text)).map(bounded) : giveUp())],
])
