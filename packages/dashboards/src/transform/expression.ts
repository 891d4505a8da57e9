import { numberOf } from '../read.ts'

/** What an expression works with, and gives. Dividing by zero and the like give null. */
export type ExpressionValue = number | string | boolean | null
type Row = (column: string) => unknown
export type Expression = { of: (row: Row) => ExpressionValue; columns: readonly string[] }
export type ExpressionResult = { ok: true; expression: Expression } | { ok: false; message: string; at: number }

const longest = 2_000
const deepest = 60

type Token = { kind: 'number' | 'text' | 'name' | 'column' | 'sign' | 'end'; text: string; at: number }
class Refused extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

const tokenPattern =
  /\s*(?:(?<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)|"(?<text>[^"]*)"|'(?<quoted>[^']*)'|\[(?<column>[^\]]+)\]|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<sign>&&|\|\||[<>=!]=|[-+*/%^<>!?:(),]))/uy

const tokensOf = (source: string): Token[] => {
  const tokens: Token[] = []
  const pattern = new RegExp(tokenPattern.source, tokenPattern.flags)
  while (source.slice(pattern.lastIndex).trim() !== '') {
    const at = pattern.lastIndex + (/^\s*/.exec(source.slice(pattern.lastIndex))?.[0].length ?? 0)
    const found = pattern.exec(source)?.groups
    if (!found) throw new Refused(`unexpected ${source.slice(at).trim().slice(0, 10)}`, at)
    const { number, text, quoted, column, name, sign } = found
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at })
    else if (text !== undefined || quoted !== undefined) tokens.push({ kind: 'text', text: text ?? quoted ?? '', at })
    else if (column !== undefined) tokens.push({ kind: 'column', text: column.trim(), at })
    else if (name !== undefined) tokens.push({ kind: 'name', text: name, at })
    else tokens.push({ kind: 'sign', text: sign ?? '', at })
  }
  return [...tokens, { kind: 'end', text: '', at: source.length }]
}

type Step = (row: Row) => ExpressionValue

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
const plainValue = (value: unknown): ExpressionValue => {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  return typeof value === 'number' ? finite(value) : null
}
const isTrue = (value: ExpressionValue): boolean =>
  value !== null && value !== false && value !== 0 && value !== '' && value !== 'false'
const toNumber = (value: ExpressionValue): number | null =>
  typeof value === 'boolean' ? Number(value) : numberOf(value)

const numeric =
  (by: (a: number, b: number) => number) =>
  (a: ExpressionValue, b: ExpressionValue): ExpressionValue => {
    const [one, other] = [toNumber(a), toNumber(b)]
    return one === null || other === null ? null : finite(by(one, other))
  }

const isSame = (a: ExpressionValue, b: ExpressionValue): boolean => {
  const [one, other] = [numberOf(a), numberOf(b)]
  return one !== null && other !== null ? one === other : a === b || String(a) === String(b)
}
const ordered =
  (by: (a: number | string, b: number | string) => boolean) =>
  (a: ExpressionValue, b: ExpressionValue): ExpressionValue => {
    const [one, other] = [toNumber(a), toNumber(b)]
    if (one !== null && other !== null) return by(one, other)
    return typeof a === 'string' && typeof b === 'string' ? by(a, b) : null
  }

type Binary = (a: ExpressionValue, b: ExpressionValue) => ExpressionValue
/** From what binds least to what binds most. */
const levels: readonly ReadonlyMap<string, Binary>[] = [
  new Map([['||', (a, b) => isTrue(a) || isTrue(b)]]),
  new Map([['&&', (a, b) => isTrue(a) && isTrue(b)]]),
  new Map<string, Binary>([
    ['==', isSame],
    ['!=', (a, b) => !isSame(a, b)],
  ]),
  new Map<string, Binary>([
    ['<', ordered((a, b) => a < b)],
    ['<=', ordered((a, b) => a <= b)],
    ['>', ordered((a, b) => a > b)],
    ['>=', ordered((a, b) => a >= b)],
  ]),
  new Map<string, Binary>([
    [
      '+',
      (a, b) =>
        (typeof a === 'string' && numberOf(a) === null) || (typeof b === 'string' && numberOf(b) === null)
          ? `${a ?? ''}${b ?? ''}`.slice(0, longest)
          : numeric((x, y) => x + y)(a, b),
    ],
    ['-', numeric((a, b) => a - b)],
  ]),
  new Map<string, Binary>([
    ['*', numeric((a, b) => a * b)],
    ['/', numeric((a, b) => a / b)],
    ['%', numeric((a, b) => a % b)],
  ]),
]

type Call = { least: number; most: number; of: (values: readonly ExpressionValue[]) => ExpressionValue }
const one = (by: (value: number) => number): Call => ({
  ...{ least: 1, most: 1 },
  of: ([value = null]) => {
    const number = toNumber(value)
    return number === null ? null : finite(by(number))
  },
})
const ofText = (by: (text: string) => ExpressionValue): Call => ({
  ...{ least: 1, most: 1 },
  of: ([value = null]) => (value === null ? null : by(String(value))),
})
const numbersOf = (values: readonly ExpressionValue[]): number[] => values.flatMap((value) => toNumber(value) ?? [])
const over = (by: (numbers: readonly number[]) => number): Call => ({
  ...{ least: 1, most: 50 },
  of: (values) => {
    const numbers = numbersOf(values)
    return numbers.length === 0 ? null : finite(by(numbers))
  },
})

const calls: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['abs', one(Math.abs)],
  ['ceil', one(Math.ceil)],
  ['floor', one(Math.floor)],
  ['sqrt', one(Math.sqrt)],
  ['exp', one(Math.exp)],
  ['ln', one(Math.log)],
  ['log', one(Math.log10)],
  ['sin', one(Math.sin)],
  ['cos', one(Math.cos)],
  ['tan', one(Math.tan)],
  ['sign', one(Math.sign)],
  [
    'round',
    {
      ...{ least: 1, most: 2 },
      of: ([value = null, places = 0]) => {
        const [number, digits] = [toNumber(value), toNumber(places)]
        if (number === null || digits === null) return null
        const factor = 10 ** Math.min(15, Math.max(0, Math.floor(digits)))
        return finite(Math.round(number * factor) / factor)
      },
    },
  ],
  ['pow', { least: 2, most: 2, of: ([a = null, b = null]) => numeric((x, y) => x ** y)(a, b) }],
  ['min', over((numbers) => Math.min(...numbers))],
  ['max', over((numbers) => Math.max(...numbers))],
  ['sum', over((numbers) => numbers.reduce((sum, number) => sum + number, 0))],
  ['avg', over((numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length)],
  ['if', { least: 3, most: 3, of: ([when = null, a = null, b = null]) => (isTrue(when) ? a : b) }],
  ['coalesce', { least: 1, most: 50, of: (values) => values.find((value) => value !== null) ?? null }],
  ['number', { least: 1, most: 1, of: ([value = null]) => toNumber(value) }],
  ['text', { least: 1, most: 1, of: ([value = null]) => (value === null ? '' : String(value)) }],
  ['length', ofText((text) => text.length)],
  ['lower', ofText((text) => text.toLowerCase())],
  ['upper', ofText((text) => text.toUpperCase())],
])

/** Names of the functions that expressions may use. */
export const expressionFunctions: readonly string[] = [...calls.keys()]

class Reader {
  readonly #tokens: readonly Token[]
  readonly columns = new Set<string>()
  #at = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', at: 0 }
  }
  #take(): Token {
    const token = this.#next
    this.#at += 1
    return token
  }
  #has(sign: string): boolean {
    if (this.#next.kind !== 'sign' || this.#next.text !== sign) return false
    this.#at += 1
    return true
  }
  #expect(sign: string): void {
    if (!this.#has(sign)) throw new Refused(`expected ${sign}`, this.#next.at)
  }

  whole(): Step {
    const step = this.#choice()
    if (this.#next.kind !== 'end') throw new Refused(`unexpected ${this.#next.text}`, this.#next.at)
    return step
  }

  #choice(): Step {
    this.#depth += 1
    if (this.#depth > deepest) throw new Refused('too deep', this.#next.at)
    const when = this.#binary(0)
    let step = when
    if (this.#has('?')) {
      const yes = this.#choice()
      this.#expect(':')
      const no = this.#choice()
      step = (row) => (isTrue(when(row)) ? yes(row) : no(row))
    }
    this.#depth -= 1
    return step
  }

  #binary(level: number): Step {
    const signs = levels[level]
    if (!signs) return this.#unary()
    let left = this.#binary(level + 1)
    for (;;) {
      const by = this.#next.kind === 'sign' ? signs.get(this.#next.text) : undefined
      if (!by) return left
      this.#take()
      const [before, after] = [left, this.#binary(level + 1)]
      left = (row) => by(before(row), after(row))
    }
  }

  #unary(): Step {
    this.#depth += 1
    if (this.#depth > deepest) throw new Refused('too deep', this.#next.at)
    let step: Step
    if (this.#has('-')) {
      const inner = this.#unary()
      step = (row) => numeric((a, b) => a - b)(0, inner(row))
    } else if (this.#has('!')) {
      const inner = this.#unary()
      step = (row) => !isTrue(inner(row))
    } else step = this.#power()
    this.#depth -= 1
    return step
  }

  #power(): Step {
    const base = this.#value()
    if (!this.#has('^')) return base
    const exponent = this.#unary()
    return (row) => numeric((a, b) => a ** b)(base(row), exponent(row))
  }

  #value(): Step {
    const token = this.#take()
    switch (token.kind) {
      case 'number': {
        const number = Number(token.text)
        return () => number
      }
      case 'text':
        return () => token.text
      case 'column':
        return this.#column(token.text)
      case 'name':
        return this.#name(token)
      default:
        if (token.text !== '(')
          throw new Refused(token.text === '' ? 'unexpected end' : `unexpected ${token.text}`, token.at)
    }
    const inner = this.#choice()
    this.#expect(')')
    return inner
  }

  #column(name: string): Step {
    this.columns.add(name)
    return (row) => plainValue(row(name))
  }

  #name(token: Token): Step {
    const { text } = token
    if (text === 'true' || text === 'false') return () => text === 'true'
    if (text === 'null') return () => null
    if (!this.#has('(')) return this.#column(text)
    const call = calls.get(text.toLowerCase())
    if (!call) throw new Refused(`no function ${text}`, token.at)
    const values: Step[] = []
    if (!this.#has(')')) {
      do values.push(this.#choice())
      while (this.#has(','))
      this.#expect(')')
    }
    if (values.length < call.least || values.length > call.most) {
      throw new Refused(
        `${text} takes ${call.least === call.most ? call.least : `${call.least} to ${call.most}`}`,
        token.at,
      )
    }
    return (row) => call.of(values.map((value) => value(row)))
  }
}

const cache = new Map<string, ExpressionResult>()

/**
 * An expression over the columns of a row: numbers, texts, `[Column name]` or a bare name, + - * / % ^, comparisons,
 * && || !, `a ? b : c` and the functions above. Nothing of it becomes code, and it always comes to an end.
 */
export const readExpression = (source: string): ExpressionResult => {
  const known = cache.get(source)
  if (known) return known
  const result = parse(source)
  if (cache.size < 500) cache.set(source, result)
  return result
}

const parse = (source: string): ExpressionResult => {
  if (source.length > longest) return { ok: false, message: 'too long', at: longest }
  try {
    const reader = new Reader(tokensOf(source))
    const of = reader.whole()
    return { ok: true, expression: { of, columns: [...reader.columns] } }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, message: error.message, at: error.at }
    throw error
  }
}
