/*
 * Conditions of properties are functions of JavaScript in files: `return model.showArrow && model.kind === 'pump'`. Forms
 * stand in the page, where no code of files runs, so what is of that shape is read as an expression; anything else is not.
 */

type Token = { kind: 'word' | 'number' | 'text' | 'sign'; text: string }

const tokenAt =
  /\s*(?:(?<word>[A-Za-z_$][\w$]*)|(?<number>\d+(?:\.\d+)?)|'(?<single>[^'\\\n]*)'|"(?<double>[^"\\\n]*)"|(?<sign>===|!==|==|!=|<=|>=|&&|\|\||\?\.|[<>!().;[\]-]))/y

const tokensOf = (source: string): Token[] | null => {
  const tokens: Token[] = []
  const text = source.trimEnd()
  tokenAt.lastIndex = 0
  while (tokenAt.lastIndex < text.length) {
    const { word, number, single, double, sign } = tokenAt.exec(text)?.groups ?? {}
    if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign })
    else if (single !== undefined || double !== undefined) tokens.push({ kind: 'text', text: single ?? double ?? '' })
    else return null
  }
  return tokens
}

type Model = Readonly<Record<string, unknown>>
type Term = (model: Model) => unknown

const isModel = (value: unknown): value is Model => typeof value === 'object' && value !== null

const memberOf = (of: unknown, name: string): unknown => (isModel(of) && Object.hasOwn(of, name) ? of[name] : undefined)

const ordered =
  (compare: (one: number | string, other: number | string) => boolean) => (one: unknown, other: unknown) =>
    (typeof one === 'number' && typeof other === 'number') || (typeof one === 'string' && typeof other === 'string')
      ? compare(one, other)
      : false

const loosely = (one: unknown, other: unknown): boolean =>
  one === other ||
  ((one === null || one === undefined) && (other === null || other === undefined)) ||
  (isPlain(one) && isPlain(other) && typeof one !== typeof other && Number(one) === Number(other))
const isPlain = (value: unknown) => ['number', 'string', 'boolean'].includes(typeof value)

const comparisons: Readonly<Record<string, (one: unknown, other: unknown) => boolean>> = {
  '===': (one, other) => one === other,
  '!==': (one, other) => one !== other,
  '==': loosely,
  '!=': (one, other) => !loosely(one, other),
  '<': ordered((one, other) => one < other),
  '>': ordered((one, other) => one > other),
  '<=': ordered((one, other) => one <= other),
  '>=': ordered((one, other) => one >= other),
}

const constants = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
])

class NotRead extends Error {}

const deepest = 50

/** Reads by descent: or, and, comparison, not, value. */
class Reader {
  private at = 0
  private depth = 0

  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  whole(): Term {
    this.take('return', 'word')
    const term = this.or()
    this.take(';')
    if (this.at < this.tokens.length) throw new NotRead()
    return term
  }

  private take(text: string, kind: Token['kind'] = 'sign'): boolean {
    const next = this.tokens[this.at]
    if (next?.kind !== kind || next.text !== text) return false
    this.at += 1
    return true
  }

  private next(): Token {
    const token = this.tokens[this.at]
    if (!token) throw new NotRead()
    this.at += 1
    return token
  }

  private or(): Term {
    let one = this.and()
    while (this.take('||')) {
      const [left, right] = [one, this.and()]
      one = (model) => left(model) || right(model)
    }
    return one
  }

  private and(): Term {
    let one = this.comparison()
    while (this.take('&&')) {
      const [left, right] = [one, this.comparison()]
      one = (model) => left(model) && right(model)
    }
    return one
  }

  private comparison(): Term {
    const one = this.unary()
    const sign = this.tokens[this.at]
    const compare = sign?.kind === 'sign' && Object.hasOwn(comparisons, sign.text) ? comparisons[sign.text] : undefined
    if (!compare) return one
    this.at += 1
    const other = this.unary()
    return (model) => compare(one(model), other(model))
  }

  private unary(): Term {
    this.depth += 1
    if (this.depth > deepest) throw new NotRead()
    const made = this.operand()
    this.depth -= 1
    return made
  }

  private operand(): Term {
    if (this.take('!')) {
      const one = this.unary()
      return (model) => !one(model)
    }
    if (this.take('-')) {
      const one = this.unary()
      return (model) => -Number(one(model))
    }
    if (this.take('(')) {
      const inside = this.or()
      if (!this.take(')')) throw new NotRead()
      return inside
    }
    const token = this.next()
    if (token.kind === 'number') return () => Number(token.text)
    if (token.kind === 'text') return () => token.text
    if (token.kind === 'word' && constants.has(token.text)) return () => constants.get(token.text)
    if (token.kind !== 'word' || token.text !== 'model') throw new NotRead()
    return this.members()
  }

  private members(): Term {
    const path: string[] = []
    for (;;) {
      if (this.take('.') || this.take('?.')) path.push(this.named('word'))
      else if (this.take('[')) {
        path.push(this.named('text'))
        if (!this.take(']')) throw new NotRead()
      } else return (model) => path.reduce<unknown>(memberOf, model)
    }
  }

  private named(kind: Token['kind']): string {
    const token = this.next()
    if (token.kind !== kind) throw new NotRead()
    return token.text
  }
}

/** Whether a condition holds over the values of properties; null: it is more than an expression, so there is no telling. */
export const conditionHolds = (source: string, model: Model): boolean | null => {
  const tokens = tokensOf(source)
  if (!tokens) return null
  try {
    return Boolean(new Reader(tokens).whole()(model))
  } catch (error) {
    if (error instanceof NotRead) return null
    throw error
  }
}
