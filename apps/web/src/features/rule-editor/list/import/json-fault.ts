/** What stands where something else should, and where; lines and columns count from 1. */
export type JsonFault = { line: number; column: number; expected: Expected; excerpt: string }

/** `ending`: of a text in quotes; `escape`: after a backslash; `nothing`: the document was over. */
type Expected = 'value' | 'name' | 'colon' | 'commaOrEnd' | 'ending' | 'escape' | 'nothing'

const excerptChars = 60
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const word = /true|false|null/y
const isSpace = (char: string | undefined) => char === ' ' || char === '\n' || char === '\r' || char === '\t'

/**
 * The first place where a text is no JSON; null: it is JSON. Browsers tell the place in words of their own, and some not
 * at all. Nesting is kept in a list, so that no depth ends in a full stack.
 */
export const findJsonFault = (text: string): JsonFault | null => {
  const reader = new Reader(text)
  const fault = reader.read()
  return fault && placed(text, fault.at, fault.expected)
}

const placed = (text: string, at: number, expected: Expected): JsonFault => {
  const before = text.slice(0, at)
  const lineStart = before.lastIndexOf('\n') + 1
  const line = before.split('\n').length
  const lineEnd = text.indexOf('\n', at)
  const from = Math.max(lineStart, at - excerptChars / 2)
  const to = Math.min(lineEnd < 0 ? text.length : lineEnd, from + excerptChars)
  return { line, column: at - lineStart + 1, expected, excerpt: text.slice(from, to).trim() }
}

type Fault = { at: number; expected: Expected }

class Reader {
  readonly #text: string
  readonly #open: ('{' | '[')[] = []
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): Fault | null {
    for (;;) {
      const fault = this.#value()
      if (fault) return fault
      const next = this.#afterValue()
      if (next !== 'value') return next
    }
  }

  #skip(): string | undefined {
    while (isSpace(this.#text[this.#at])) this.#at += 1
    return this.#text[this.#at]
  }

  #fault(expected: Expected): Fault {
    return { at: this.#at, expected }
  }

  /** One value, or the beginning of one with others inside up to the first that is whole. */
  #value(): Fault | null {
    for (;;) {
      const char = this.#skip()
      if (char === '{') {
        this.#at += 1
        if (this.#skip() === '}') return this.#took(1)
        this.#open.push('{')
        const fault = this.#name()
        if (fault) return fault
      } else if (char === '[') {
        this.#at += 1
        if (this.#skip() === ']') return this.#took(1)
        this.#open.push('[')
      } else if (char === '"') return this.#string()
      else return this.#take(number) || this.#take(word) ? null : this.#fault('value')
    }
  }

  /** What follows a whole value: the way to the next one, the end (null), or what should not be there. */
  #afterValue(): 'value' | Fault | null {
    for (;;) {
      const char = this.#skip()
      const inside = this.#open.at(-1)
      if (inside === undefined) return char === undefined ? null : this.#fault('nothing')
      if (char === ',') {
        this.#at += 1
        if (inside === '[') return 'value'
        return this.#name() ?? 'value'
      }
      if (char !== (inside === '{' ? '}' : ']')) return this.#fault('commaOrEnd')
      this.#open.pop()
      this.#at += 1
    }
  }

  #name(): Fault | null {
    if (this.#skip() !== '"') return this.#fault('name')
    const fault = this.#string()
    if (fault) return fault
    if (this.#skip() !== ':') return this.#fault('colon')
    return this.#took(1)
  }

  #string(): Fault | null {
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#text[this.#at] ?? ''
      if (char === '"') return this.#took(1)
      if (char < ' ') return this.#fault('ending')
      if (char !== '\\') continue
      this.#at += 1
      const escaped = /["\\/bfnrt]|u[\da-fA-F]{4}/y
      escaped.lastIndex = this.#at
      if (!escaped.test(this.#text)) return this.#fault('escape')
      this.#at = escaped.lastIndex - 1
    }
    return this.#fault('ending')
  }

  #take(form: RegExp): boolean {
    form.lastIndex = this.#at
    if (!form.test(this.#text)) return false
    this.#at = form.lastIndex
    return true
  }

  #took(chars: number): null {
    this.#at += chars
    return null
  }
}
