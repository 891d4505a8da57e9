import type { Token } from './lexer.ts'
import { CompileError, type Position } from './problem.ts'

const describe = (token: Token): string =>
  token.kind === 'end' ? 'the end of the script' : token.kind === 'string' ? 'a string' : token.text

/** Walks over tokens. Nesting is counted, so that a hostile script ends in a problem and not in a full stack. */
export class TokenReader {
  readonly #tokens: Token[]
  #index = 0
  #depth = 0

  constructor(tokens: Token[]) {
    this.#tokens = tokens
  }

  peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)]
    if (token === undefined) throw new Error('a script has at least its end')
    return token
  }

  next(): Token {
    const token = this.peek()
    if (token.kind !== 'end') this.#index++
    return token
  }

  get at(): Position {
    return this.peek().at
  }

  isSign(text: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'sign' && token.text === text
  }

  isName(text: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token.kind === 'name' && token.text === text
  }

  takeSign(text: string): boolean {
    if (!this.isSign(text)) return false
    this.#index++
    return true
  }

  takeName(text: string): boolean {
    if (!this.isName(text)) return false
    this.#index++
    return true
  }

  expectSign(text: string): void {
    if (!this.takeSign(text)) this.unexpected(`"${text}"`)
  }

  expectName(): string {
    const token = this.peek()
    if (token.kind !== 'name') return this.unexpected('a name')
    this.#index++
    return token.text
  }

  unexpected(wanted?: string): never {
    const token = this.peek()
    throw new CompileError(
      `unexpected ${describe(token)}${wanted === undefined ? '' : `, expected ${wanted}`}`,
      token.at,
    )
  }

  refuse(message: string, at = this.at): never {
    throw new CompileError(message, at)
  }

  nested<T>(parse: () => T): T {
    if (++this.#depth > 200) this.refuse('the script nests deeper than 200 levels')
    const result = parse()
    this.#depth--
    return result
  }
}
