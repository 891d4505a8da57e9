/** One element of a drawing. Text is a child; comments, instructions and entities of a document's own are not kept. */
export type XmlNode = { name: string; attributes: Readonly<Record<string, string>>; children: readonly XmlChild[] }
export type XmlChild = XmlNode | string

/** Beyond these a file is no symbol; the largest of the field are a tenth of it. */
export const xmlLimits = { characters: 2_000_000, nodes: 40_000, depth: 64 }

export type XmlResult = { ok: true; root: XmlNode } | { ok: false; problem: string }

type Open = { name: string; attributes: Record<string, string>; children: XmlChild[] }

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const mostCodePoint = 0x10_ff_ff

const character = (entity: string): string => {
  const known = named[entity]
  if (known !== undefined) return known
  const code = entity.startsWith('#x')
    ? Number.parseInt(entity.slice(2), 16)
    : entity.startsWith('#')
      ? Number.parseInt(entity.slice(1), 10)
      : Number.NaN
  // Entities that a document defines itself could grow without end; none is known here.
  return Number.isInteger(code) && code > 0 && code <= mostCodePoint ? String.fromCodePoint(code) : ''
}

const decoded = (text: string): string =>
  text.includes('&')
    ? text.replaceAll(/&(#x[\da-f]{1,8}|#\d{1,10}|\w{1,32});/gi, (_, entity) => character(entity))
    : text

const attribute = /([^\s=/<>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y
const space = /\s*/y
const nameOf = /[^\s/<>]+/y

class Reader {
  readonly #text: string
  #at = 0
  #nodes = 0
  readonly #stack: Open[] = []
  #root: XmlNode | null = null

  constructor(text: string) {
    this.#text = text
  }

  read(): XmlNode {
    while (this.#at < this.#text.length) {
      const next = this.#text.indexOf('<', this.#at)
      this.#take(this.#text.slice(this.#at, next < 0 ? undefined : next), true)
      if (next < 0) break
      this.#at = next
      this.#tag()
    }
    if (this.#stack.length > 0 || !this.#root) throw new Error('The drawing ends too early')
    return this.#root
  }

  #tag(): void {
    const rest = this.#text
    const { length } = rest
    if (rest.startsWith('<!--', this.#at)) this.#at = this.#after('-->', this.#at)
    else if (rest.startsWith('<![CDATA[', this.#at)) {
      const end = this.#after(']]>', this.#at)
      this.#take(rest.slice(this.#at + 9, end - 3), false)
      this.#at = end
    } else if (rest.startsWith('<?', this.#at)) this.#at = this.#after('?>', this.#at)
    else if (rest.startsWith('<!', this.#at)) throw new Error('Definitions of its own have no place in a symbol')
    else if (rest.startsWith('</', this.#at)) {
      const end = this.#after('>', this.#at)
      this.#close(rest.slice(this.#at + 2, end - 1).trim())
      this.#at = end
    } else if (this.#at + 1 < length) this.#open()
    else this.#at = length
  }

  #after(mark: string, from: number): number {
    const at = this.#text.indexOf(mark, from)
    if (at < 0) throw new Error(`${mark} is missing`)
    return at + mark.length
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)
    if (found) this.#at = pattern.lastIndex
    return found
  }

  #open(): void {
    this.#at += 1
    const name = this.#match(nameOf)?.[0]
    if (!name) throw new Error('An element has no name')
    this.#nodes += 1
    if (this.#nodes > xmlLimits.nodes || this.#stack.length >= xmlLimits.depth)
      throw new Error('The drawing is too large')
    const attributes: Record<string, string> = Object.create(null)
    for (;;) {
      this.#match(space)
      const pair = this.#match(attribute)
      if (!pair) break
      const [, key = '', double, single] = pair
      attributes[key] ??= decoded(double ?? single ?? '')
    }
    const isEmpty = this.#text.startsWith('/>', this.#at)
    if (!isEmpty && this.#text[this.#at] !== '>') throw new Error(`<${name.slice(0, 40)}> is not written right`)
    this.#at += isEmpty ? 2 : 1
    this.#stack.push({ name, attributes, children: [] })
    if (isEmpty) this.#close(name)
  }

  #close(name: string): void {
    const open = this.#stack.pop()
    if (open?.name !== name) throw new Error(`</${name.slice(0, 40)}> closes nothing`)
    const parent = this.#stack.at(-1)
    if (parent) parent.children.push(open)
    else if (this.#root) throw new Error('There is more than one drawing')
    else this.#root = open
  }

  #take(text: string, hasEntities: boolean): void {
    if (text !== '') this.#stack.at(-1)?.children.push(hasEntities ? decoded(text) : text)
  }
}

/**
 * Reads XML as drawings have it. It is strict: what a browser's parser would mend fails here, so what is drawn is what was
 * looked at.
 */
export const readXml = (text: string): XmlResult => {
  if (text.length > xmlLimits.characters) return { ok: false, problem: 'The drawing is too large' }
  try {
    return { ok: true, root: new Reader(text).read() }
  } catch (cause) {
    return { ok: false, problem: cause instanceof Error ? cause.message : String(cause) }
  }
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The element as text again. */
export const writeXml = ({ name, attributes, children }: XmlNode): string => {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  const inside = children.map((child) => (typeof child === 'string' ? escaped(child) : writeXml(child)))
  return `<${name}${list.join('')}>${inside.join('')}</${name}>`
}

const spaces = { xmlns: 'http://www.w3.org/2000/svg' }

/**
 * A drawing as a file of its own: without texts, which stand for values, and without names of spaces that nothing declares,
 * which would make it none.
 */
export const stillFile = ({ name, attributes, children }: XmlNode): string => {
  const plain = (node: XmlNode): XmlNode => ({
    name: node.name,
    attributes: Object.fromEntries(Object.entries(node.attributes).filter(([key]) => isDeclared(key))),
    children: node.children.flatMap((child): XmlChild[] =>
      typeof child === 'string' ? [child] : isShape(child.name) ? [plain(child)] : [],
    ),
  })
  return writeXml(plain({ name, attributes: { ...attributes, ...spaces }, children }))
}

const isShape = (name: string) => isDeclared(name) && name !== 'text' && name !== 'foreignObject'
const isDeclared = (name: string) => !name.includes(':')

/** All text in an element. */
export const textOf = (node: XmlNode): string =>
  node.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
