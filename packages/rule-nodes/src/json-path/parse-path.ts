import { parseExactJson } from '@thingwire/rules'
import { RE2JS } from 're2js'
import {
  type Condition,
  type FunctionName,
  functionNames,
  type Operand,
  type Operator,
  type Path,
  signOperators,
  type Step,
  wordOperators,
} from './path.ts'

const maxLength = 10_000
const maxDepth = 50

export type ParsedPath = { ok: true; path: Path } | { ok: false; message: string }

class PathRefusal extends Error {}

/**
 * Reads a JSON path of Jayway's dialect: `$.a['b'][0]`, `[1,2]`, `[-2:]`, `*`, `..`, filters `[?(@.a > 1 && @.b)]`, and
 * functions such as `.length()`. Refuses by value. A path may leave the leading `$.` out.
 */
export const parsePath = (text: string): ParsedPath => {
  const trimmed = text.trim()
  try {
    if (trimmed === '') throw new PathRefusal('it is empty')
    if (trimmed.length > maxLength) throw new PathRefusal(`it is longer than ${maxLength} characters`)
    const whole = /^[$@]/.test(trimmed) ? trimmed : `$.${trimmed}`
    return { ok: true, path: new Reader(whole).document() }
  } catch (error) {
    if (error instanceof PathRefusal) return { ok: false, message: error.message }
    throw error
  }
}

/** Where a name without quotes ends; in filters and arguments other signs may stand behind a path. */
const endOfName = /[.[(\s]/g
const endOfInnerName = /[.[()\s=!<>&|,~\]]/g

class Reader {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): Path {
    const path = this.#path(false)
    if (this.#at < this.#text.length) throw this.#unexpected()
    return path
  }

  #path(isInner: boolean): Path {
    if (++this.#depth > maxDepth) throw new PathRefusal(`it is nested deeper than ${maxDepth} levels`)
    const from = this.#text[this.#at++] === '@' ? 'current' : 'root'
    const steps: Step[] = []
    for (;;) {
      const step = this.#step(isInner)
      if (step === null) break
      steps.push(step)
    }
    this.#depth--
    return { from, steps }
  }

  #step(isInner: boolean): Step | null {
    if (this.#takes('..')) return this.#text[this.#at] === '[' ? this.#bracket(true) : this.#name(true, isInner)
    if (this.#takes('.')) return this.#text[this.#at] === '[' ? this.#bracket(false) : this.#name(false, isInner)
    return this.#text[this.#at] === '[' ? this.#bracket(false) : null
  }

  #name(deep: boolean, isInner: boolean): Step {
    if (this.#takes('*')) return { kind: 'wildcard', deep }
    const end = isInner ? endOfInnerName : endOfName
    end.lastIndex = this.#at
    const until = end.exec(this.#text)?.index ?? this.#text.length
    const name = this.#text.slice(this.#at, until)
    if (name === '') throw this.#at >= this.#text.length ? new PathRefusal('it ends with a point') : this.#unexpected()
    this.#at = until
    if (!this.#takes('(')) return { kind: 'names', names: [name], deep }
    const known = functionNames.find((one): one is FunctionName => one === name)
    if (!known || deep) throw new PathRefusal(`there is no function ${name}()`)
    return { kind: 'function', name: known, args: this.#args() }
  }

  #args(): Operand[] {
    const args: Operand[] = []
    for (;;) {
      this.#skip()
      if (this.#takes(')')) return args
      if (args.length > 0) this.#expect(',')
      this.#skip()
      args.push(this.#operand())
    }
  }

  #bracket(deep: boolean): Step {
    this.#expect('[')
    this.#skip()
    const step = this.#selection(deep)
    this.#skip()
    this.#expect(']')
    return step
  }

  #selection(deep: boolean): Step {
    if (this.#takes('*')) return { kind: 'wildcard', deep }
    if (this.#takes('?')) {
      this.#skip()
      this.#expect('(')
      const condition = this.#condition()
      this.#skip()
      this.#expect(')')
      return { kind: 'filter', condition, deep }
    }
    const char = this.#text[this.#at]
    if (char === "'" || char === '"') return { kind: 'names', names: this.#list(() => this.#quoted()), deep }
    const from = this.#text[this.#at] === ':' ? null : this.#integer()
    this.#skip()
    if (this.#takes(':')) {
      this.#skip()
      const to = /[-0-9]/.test(this.#text[this.#at] ?? '') ? this.#integer() : null
      if (from === null && to === null) throw new PathRefusal('a slice needs a beginning or an end')
      return { kind: 'slice', from, to, deep }
    }
    const rest = this.#takes(',') ? this.#list(() => this.#integer()) : []
    return { kind: 'indexes', indexes: [from ?? 0, ...rest], deep }
  }

  #list<T>(one: () => T): T[] {
    const items: T[] = []
    do {
      this.#skip()
      items.push(one())
      this.#skip()
    } while (this.#takes(','))
    return items
  }

  #integer(): number {
    const [digits] = /^-?[0-9]{1,15}/.exec(this.#text.slice(this.#at, this.#at + 16)) ?? []
    if (digits === undefined) throw this.#unexpected()
    this.#at += digits.length
    return Number(digits)
  }

  #quoted(): string {
    const quote = this.#text[this.#at]
    if (quote !== "'" && quote !== '"') throw this.#unexpected()
    let value = ''
    for (this.#at++; this.#text[this.#at] !== quote; this.#at++) {
      if (this.#at >= this.#text.length) throw new PathRefusal('a quoted text has no end')
      if (this.#text[this.#at] === '\\') this.#at++
      value += this.#text[this.#at] ?? ''
    }
    this.#at++
    return value
  }

  #condition(): Condition {
    return this.#chain('or', '||', () => this.#chain('and', '&&', () => this.#term()))
  }

  #chain(kind: 'and' | 'or', sign: string, part: () => Condition): Condition {
    const parts = [part()]
    for (this.#skip(); this.#takes(sign); this.#skip()) parts.push(part())
    const [only] = parts
    return parts.length === 1 && only ? only : { kind, parts }
  }

  #term(): Condition {
    if (++this.#depth > maxDepth) throw new PathRefusal(`it is nested deeper than ${maxDepth} levels`)
    this.#skip()
    const term = this.#takes('!') ? ({ kind: 'not', part: this.#term() } as const) : this.#group()
    this.#depth--
    return term
  }

  #group(): Condition {
    if (!this.#takes('(')) return this.#relation()
    const condition = this.#condition()
    this.#skip()
    this.#expect(')')
    return condition
  }

  #relation(): Condition {
    const left = this.#operand()
    this.#skip()
    const operator = this.#operator()
    if (operator) {
      this.#skip()
      return { kind: 'compare', left, operator, right: this.#operand() }
    }
    if (left.kind !== 'path') throw this.#unexpected()
    return { kind: 'exists', path: left.path }
  }

  #operator(): Operator | null {
    const sign = signOperators.find((one) => this.#takes(one))
    if (sign) return sign
    const [word] = /^[A-Za-z]+/.exec(this.#text.slice(this.#at, this.#at + 12)) ?? []
    if (word === undefined) return null
    const known = wordOperators.find((one) => one === word.toLowerCase())
    if (!known) throw new PathRefusal(`there is no operator ${word}`)
    this.#at += word.length
    return known
  }

  #operand(): Operand {
    const char = this.#text[this.#at]
    if (char === '@' || char === '$') return { kind: 'path', path: this.#path(true) }
    if (char === '/') return this.#regex()
    if (char === "'" || char === '"') return { kind: 'value', value: this.#quoted() }
    return { kind: 'value', value: this.#literal() }
  }

  /** A number, true, false, null, or a list or object of JSON, in which single quotes will do. */
  #literal(): unknown {
    const char = this.#text[this.#at]
    const isNested = char === '[' || char === '{'
    const end = isNested
      ? this.#endOfNested()
      : this.#at + (/^[-+.0-9A-Za-z]+/.exec(this.#text.slice(this.#at))?.[0].length ?? 0)
    const source = this.#text.slice(this.#at, end)
    const value = parseExactJson(isNested ? withDoubleQuotes(source) : source)
    if (value === undefined) throw this.#unexpected()
    this.#at = end
    return value
  }

  #endOfNested(): number {
    let depth = 0
    let quote: string | null = null
    for (let at = this.#at; at < this.#text.length; at++) {
      const char = this.#text[at] ?? ''
      if (quote !== null) {
        if (char === '\\') at++
        else if (char === quote) quote = null
      } else if (char === '"' || char === "'") quote = char
      else if (char === '[' || char === '{') depth++
      else if ((char === ']' || char === '}') && --depth === 0) return at + 1
    }
    throw new PathRefusal('a list or an object has no end')
  }

  #regex(): Operand {
    let end = this.#at + 1
    while (end < this.#text.length && this.#text[end] !== '/') end += this.#text[end] === '\\' ? 2 : 1
    if (end >= this.#text.length) throw new PathRefusal('a regular expression has no end')
    const source = this.#text.slice(this.#at + 1, end).replaceAll('\\/', '/')
    const [flags = ''] = /^[a-zA-Z]*/.exec(this.#text.slice(end + 1)) ?? []
    this.#at = end + 1 + flags.length
    const bits =
      (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) |
      (flags.includes('s') ? RE2JS.DOTALL : 0) |
      (flags.includes('m') ? RE2JS.MULTILINE : 0)
    try {
      const regex = RE2JS.compile(source, bits)
      return { kind: 'regex', matches: (text) => regex.testExact(text) }
    } catch (error) {
      throw new PathRefusal(error instanceof Error ? error.message : String(error))
    }
  }

  #skip(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++
  }

  #takes(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }

  #expect(text: string): void {
    if (!this.#takes(text)) throw this.#unexpected(text)
  }

  #unexpected(wanted?: string): PathRefusal {
    const found = this.#at < this.#text.length ? JSON.stringify(this.#text[this.#at]) : 'its end'
    return new PathRefusal(`unexpected ${found} at character ${this.#at + 1}${wanted ? `, expected "${wanted}"` : ''}`)
  }
}

/** `['a']` as `["a"]`. */
const withDoubleQuotes = (source: string): string =>
  source.replace(/"(?:\\.|[^"\\])*"|'((?:\\.|[^'\\])*)'/g, (whole, single: string | undefined) =>
    single === undefined ? whole : JSON.stringify(single.replaceAll("\\'", "'")),
  )
