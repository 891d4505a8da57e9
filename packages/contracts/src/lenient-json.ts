/**
 * JSON as devices write it: RFC 8259, and what ThingsBoard's parser takes beside it (unquoted and single-quoted text,
 * comments, `=` or `=>` for `:`, `;` for `,`, a comma too many). Numbers keep their literal, because 20 and 20.0 are
 * different values here and 2^63 must not pass through a double. One pass, bounded depth; refuses by value, never throws.
 */
export type JsonNode =
  | { kind: 'object'; members: Map<string, JsonNode> }
  | { kind: 'array'; items: JsonNode[] }
  | { kind: 'string'; value: string }
  | { kind: 'number'; literal: string }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'null' }

export type LenientResult = { ok: true; node: JsonNode } | { ok: false; message: string }

const maxJsonDepth = 200
/** The longest double written out in full has 309 digits; nobody measures more. */
const maxNumberLength = 400

const numberPattern = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/
/** Where unquoted text ends. */
const endOfBare = /[{}[\]:,;=#/\\"'\s]/g
const blank = /(?:\s|\/\/[^\n\r]*|#[^\n\r]*|\/\*[\s\S]*?\*\/)+/y

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '\n': '\n' }

class JsonRefusal extends Error {}

export const parseLenientJson = (text: string): LenientResult => {
  try {
    return { ok: true, node: new Reader(text).document() }
  } catch (error) {
    if (error instanceof JsonRefusal) return { ok: false, message: error.message }
    throw error
  }
}

/** What a device wrote, as strict JSON and read; null: not to be read. Numbers in the value are doubles. */
export const deviceJson = (sent: string): { text: string; value: unknown } | null => {
  try {
    return { text: sent, value: JSON.parse(sent) }
  } catch {
    const parsed = parseLenientJson(sent)
    if (!parsed.ok) return null
    const text = renderJson(parsed.node)
    return { text, value: JSON.parse(text) }
  }
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): JsonNode {
    this.#skip()
    if (this.#at >= this.#text.length) throw new JsonRefusal('the body is empty')
    const node = this.#value(1)
    this.#skip()
    if (this.#at < this.#text.length) throw this.#unexpected()
    return node
  }

  #value(depth: number): JsonNode {
    if (depth > maxJsonDepth) throw new JsonRefusal(`nested deeper than ${maxJsonDepth} levels`)
    const char = this.#text[this.#at]
    if (char === '{') return this.#object(depth)
    if (char === '[') return this.#array(depth)
    if (char === '"' || char === "'") return { kind: 'string', value: this.#quoted(char) }
    return bareValue(this.#bare())
  }

  #object(depth: number): JsonNode {
    const members = new Map<string, JsonNode>()
    this.#at++
    for (;;) {
      this.#skip()
      const char = this.#text[this.#at]
      if (char === '}') break
      const key = char === '"' || char === "'" ? this.#quoted(char) : this.#bare()
      this.#skip()
      if (!this.#takeAny(':=')) throw this.#unexpected()
      if (this.#text[this.#at - 1] === '=') this.#takeAny('>')
      this.#skip()
      members.set(key, this.#value(depth + 1))
      this.#skip()
      if (!this.#takeAny(',;') && this.#text[this.#at] !== '}') throw this.#unexpected()
    }
    this.#at++
    return { kind: 'object', members }
  }

  #array(depth: number): JsonNode {
    const items: JsonNode[] = []
    this.#at++
    for (;;) {
      this.#skip()
      if (this.#text[this.#at] === ']') break
      items.push(this.#value(depth + 1))
      this.#skip()
      if (!this.#takeAny(',;') && this.#text[this.#at] !== ']') throw this.#unexpected()
    }
    this.#at++
    return { kind: 'array', items }
  }

  #quoted(quote: string): string {
    let value = ''
    let from = ++this.#at
    for (;;) {
      const char = this.#text[this.#at]
      if (char === undefined) throw new JsonRefusal('a string does not end')
      if (char === quote) break
      if (char !== '\\') {
        this.#at++
        continue
      }
      value += this.#text.slice(from, this.#at) + this.#escape()
      from = this.#at
    }
    value += this.#text.slice(from, this.#at++)
    return acceptable(value)
  }

  /** Stands on the backslash; ends behind the sequence. */
  #escape(): string {
    const char = this.#text[this.#at + 1] ?? ''
    if (char !== 'u') {
      this.#at += 2
      const value = escapes[char] ?? ('"\'\\/'.includes(char) ? char : '')
      if (value === '') throw new JsonRefusal(`unknown escape sequence \\${char}`)
      return value
    }
    const hex = this.#text.slice(this.#at + 2, this.#at + 6)
    if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw new JsonRefusal('unknown escape sequence \\u')
    this.#at += 6
    return String.fromCharCode(Number.parseInt(hex, 16))
  }

  #bare(): string {
    endOfBare.lastIndex = this.#at
    const end = endOfBare.exec(this.#text)?.index ?? this.#text.length
    if (end === this.#at) throw this.#unexpected()
    const text = this.#text.slice(this.#at, end)
    this.#at = end
    return acceptable(text)
  }

  #skip(): void {
    // Most bodies have no blanks at all, so look before starting the pattern.
    const code = this.#text.charCodeAt(this.#at)
    if (code > 0x2f && code < 0x80) return
    blank.lastIndex = this.#at
    if (blank.test(this.#text)) this.#at = blank.lastIndex
  }

  #takeAny(chars: string): boolean {
    const char = this.#text[this.#at]
    if (char === undefined || !chars.includes(char)) return false
    this.#at++
    return true
  }

  #unexpected(): JsonRefusal {
    const char = this.#text[this.#at]
    if (char === undefined) return new JsonRefusal('the body ends too early')
    return new JsonRefusal(`unexpected ${JSON.stringify(char)} at position ${this.#at}`)
  }
}

const bareValue = (text: string): JsonNode => {
  if (numberPattern.test(text)) {
    if (text.length > maxNumberLength) throw new JsonRefusal(`a number has more than ${maxNumberLength} characters`)
    return { kind: 'number', literal: text }
  }
  switch (text.length <= 5 ? text.toLowerCase() : text) {
    case 'true':
      return { kind: 'boolean', value: true }
    case 'false':
      return { kind: 'boolean', value: false }
    case 'null':
      return { kind: 'null' }
    default:
      return { kind: 'string', value: text }
  }
}

/** Stores hold Unicode text without NUL: half a surrogate pair becomes U+FFFD, NUL is refused. */
const acceptable = (text: string): string => {
  if (text.includes('\0')) throw new JsonRefusal('text contains the character NUL')
  return text.isWellFormed() ? text : text.toWellFormed()
}

/** Compact JSON of a node, numbers as they were written. */
export const renderJson = (node: JsonNode): string => {
  switch (node.kind) {
    case 'object':
      return `{${Array.from(node.members, ([key, value]) => `${JSON.stringify(key)}:${renderJson(value)}`).join()}}`
    case 'array':
      return `[${node.items.map(renderJson).join()}]`
    case 'string':
      return JSON.stringify(node.value)
    case 'number':
      return node.literal
    case 'boolean':
      return String(node.value)
    case 'null':
      return 'null'
  }
}
