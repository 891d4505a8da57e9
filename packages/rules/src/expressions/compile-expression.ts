import { byZero, ExpressionError, expressionConstants, expressionFunctions } from './functions.ts'
import { type Sign, type Token, tokensOf } from './tokens.ts'

/** Values stand in the order of the variables. Throws an ExpressionError where there is no value. */
export type Evaluate = (values: readonly number[]) => number

export type CompiledExpression = { ok: true; evaluate: Evaluate } | { ok: false; message: string }

const maxDepth = 200
/** A long sum is evaluated as deep as it is long. */
const maxLength = 10_000

/**
 * An arithmetic expression in the dialect of exp4j: + - * / % ^, any kind of parentheses, functions, constants, and
 * multiplication without a sign. -2^2 is -4, 2^3^2 is 2^9, and 1/2x is (1/2) · x.
 */
export const compileExpression = (text: string, variables: readonly string[]): CompiledExpression => {
  try {
    if (text.length > maxLength) throw new ExpressionError('The expression is too long')
    return { ok: true, evaluate: new Parser(text, variables).all() }
  } catch (error) {
    if (error instanceof ExpressionError) return { ok: false, message: error.message }
    throw error
  }
}

/** How tightly they bind, weakest first; a sign before an operand stands between products and powers. */
const strength: Record<Sign, number> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '^': 4 }
const prefix = 3

class Parser {
  readonly #tokens: Token[]
  readonly #places: ReadonlyMap<string, number>
  #next = 0
  #depth = 0

  constructor(text: string, variables: readonly string[]) {
    this.#places = new Map(variables.map((name, place) => [name, place]))
    const isName = (name: string) =>
      this.#places.has(name) || expressionFunctions.has(name) || expressionConstants.has(name)
    this.#tokens = tokensOf(text, isName)
  }

  all(): Evaluate {
    const whole = this.#sum(0)
    if (this.#now().kind !== 'end') throw this.#unexpected()
    return whole
  }

  #now(): Token {
    const token = this.#tokens[this.#next]
    if (!token) throw new ExpressionError('The expression ends too early')
    return token
  }

  #unexpected(): ExpressionError {
    const { kind, at } = this.#now()
    return new ExpressionError(
      kind === 'end' ? 'The expression ends too early' : `Unexpected ${kind} at position ${at + 1}`,
    )
  }

  /** What binds more tightly than `above`. */
  #sum(above: number): Evaluate {
    if (++this.#depth > maxDepth) throw new ExpressionError('The expression is nested too deeply')
    let left = this.#operand()
    for (;;) {
      const token = this.#now()
      const sign = token.kind === 'operator' ? token.sign : this.#isOperandNext() ? '*' : null
      if (sign === null || strength[sign] <= above) break
      if (token.kind === 'operator') this.#next++
      // Powers group from the right.
      left = combined(sign, left, this.#sum(sign === '^' ? strength[sign] - 1 : strength[sign]))
    }
    this.#depth--
    return left
  }

  /** Then a sign of multiplication is left out. Two numbers in a row are a mistake. */
  #isOperandNext(): boolean {
    const { kind } = this.#now()
    const before = this.#tokens[this.#next - 1]?.kind
    if (kind === 'number' && before === 'number') throw this.#unexpected()
    return kind === 'number' || kind === 'name' || kind === 'open'
  }

  #operand(): Evaluate {
    const token = this.#now()
    this.#next++
    switch (token.kind) {
      case 'number':
        return () => token.value
      case 'name':
        return this.#named(token.name)
      case 'open': {
        const inner = this.#sum(0)
        this.#close()
        return inner
      }
      case 'operator': {
        if (token.sign !== '-' && token.sign !== '+') break
        const inner = this.#sum(prefix)
        return token.sign === '-' ? (values) => -inner(values) : inner
      }
    }
    this.#next--
    throw this.#unexpected()
  }

  #named(name: string): Evaluate {
    const place = this.#places.get(name)
    if (place !== undefined) return (values) => values[place] ?? Number.NaN
    const found = expressionFunctions.get(name)
    if (!found) {
      const constant = expressionConstants.get(name) ?? Number.NaN
      return () => constant
    }
    const [a, b, ...more] = this.#args(name)
    const given = a ? (b ? 2 + more.length : 1) : 0
    if (!a || given !== found.arity)
      throw new ExpressionError(`${name} takes ${found.arity === 1 ? 'one value' : 'two values'}, not ${given}`)
    const { apply } = found
    return b ? (values) => apply(a(values), b(values)) : (values) => apply(a(values), 0)
  }

  #args(name: string): Evaluate[] {
    if (this.#now().kind !== 'open') throw new ExpressionError(`${name} needs parentheses`)
    this.#next++
    const args: Evaluate[] = []
    if (this.#now().kind !== 'close') args.push(this.#sum(0))
    while (this.#now().kind === 'comma') {
      this.#next++
      args.push(this.#sum(0))
    }
    this.#close()
    return args
  }

  #close(): void {
    if (this.#now().kind !== 'close') throw this.#unexpected()
    this.#next++
  }
}

const combined = (sign: Sign, left: Evaluate, right: Evaluate): Evaluate => {
  switch (sign) {
    case '+':
      return (values) => left(values) + right(values)
    case '-':
      return (values) => left(values) - right(values)
    case '*':
      return (values) => left(values) * right(values)
    case '/':
      return (values) => {
        const divisor = right(values)
        return divisor === 0 ? byZero() : left(values) / divisor
      }
    case '%':
      return (values) => {
        const divisor = right(values)
        return divisor === 0 ? byZero() : left(values) % divisor
      }
    case '^':
      return (values) => left(values) ** right(values)
  }
}
