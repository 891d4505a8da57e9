import { ExpressionError } from './functions.ts'

export type Token = { at: number } & (
  | { kind: 'number'; value: number }
  | { kind: 'name'; name: string }
  | { kind: 'operator'; sign: Sign }
  | { kind: 'open' | 'close' | 'comma' | 'end' }
)
export type Sign = '+' | '-' | '*' | '/' | '%' | '^'

const blank = /\s+/y
/** An `e` without digits behind it belongs to what follows: 2e is 2 · e, and 2exp(1) is 2 · exp(1). */
const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
const name = /[\p{Alphabetic}_][\p{Alphabetic}\d_.]*/uy
const signs = '+-*/%^'
const isSign = (text: string): text is Sign => signs.includes(text)

/**
 * Splits an expression. A run of letters that is no name is split into the longest names it begins with: with variables a
 * and b, `2ab` is 2 · a · b.
 */
export const tokensOf = (text: string, isName: (name: string) => boolean): Token[] => {
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    const sign = text.charAt(at)
    const skipped = matchAt(blank, text, at)
    const literal = matchAt(number, text, at)
    if (skipped) at += skipped.length
    else if (literal) {
      tokens.push({ kind: 'number', value: Number(literal), at })
      at += literal.length
    } else if (isSign(sign)) tokens.push({ kind: 'operator', sign, at: at++ })
    else if ('([{'.includes(sign)) tokens.push({ kind: 'open', at: at++ })
    else if (')]}'.includes(sign)) tokens.push({ kind: 'close', at: at++ })
    else if (sign === ',') tokens.push({ kind: 'comma', at: at++ })
    else {
      const word = matchAt(name, text, at)
      const known = word && longestName(word, isName)
      if (!known) throw new ExpressionError(`Unable to parse "${word ?? sign}" at position ${at + 1}`)
      tokens.push({ kind: 'name', name: known, at })
      at += known.length
    }
  }
  return [...tokens, { kind: 'end', at: text.length }]
}

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

const longestName = (word: string, isName: (name: string) => boolean): string | undefined => {
  for (let length = word.length; length > 0; length--) if (isName(word.slice(0, length))) return word.slice(0, length)
  return undefined
}
