import { marksOf } from './marks.ts'
import { isOdd } from './sandbox-batch.ts'
import type { ScriptAnswer, ScriptInput, ScriptKind, ScriptOutcome } from './script.ts'

/*
 * A batch and its answers as one text each: a line with a list, then numbers (marks.ts), then the parts one after the other. The lengths of
 * the parts stand among the numbers, so no data can pass for the next message, and the sandbox finds each without reading it twice. What comes again
 * with most messages stands in the list once: types, and the keys of metadata. `createBatch` in sandbox-batch.ts has the other half.
 *
 * - A batch: [types, lists of keys, how many signs the numbers have]; for each message: the length of its data, which type, and, when the
 *   script looks at them, its metadata.
 * - Answers: [how many, types, lists of keys, how many signs the numbers have]; for each: how many parts (-1: an error, with the length of its text),
 *   and the length of each (-1: null). Of a message: the length of its data (-1: as it was), which type (-1: as it was), its metadata.
 * - Metadata: which list of keys, then the length of each value. In answers twice that number, and one more when these are only the
 *   members that have changed. -1: as it was; -2: JSON, and its length.
 */

/** Where something stands in the list of its kind; it is put there when it is new. */
const tableOf = <T>(keyOf: (item: T) => string) => {
  const items: T[] = []
  const places = new Map<string, number>()
  const placeOf = (item: T): number => {
    const key = keyOf(item)
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, items.length)
    return items.push(item) - 1
  }
  return { items, placeOf }
}

const hasKeys = (metadata: ScriptInput['metadata'], keys: readonly string[]): boolean => {
  let at = 0
  for (const key in metadata) if (keys[at++] !== key) return false
  return at === keys.length
}

/** Without metadata when the script does not look at them: that is a third of the work. */
export const encodeInputs = (inputs: readonly ScriptInput[], withMetadata = true): string => {
  const types = tableOf<string>((type) => type)
  const lists = tableOf<readonly string[]>((keys) => JSON.stringify(keys))
  const head: number[] = []
  let body = ''
  let lastType: string | null = null
  let typeAt = 0
  let lastKeys: readonly string[] | null = null
  let keysAt = 0
  for (const { data, metadata, type } of inputs) {
    if (type !== lastType) typeAt = types.placeOf(type)
    lastType = type
    head.push(data.length, typeAt)
    body += data
    if (!withMetadata) continue
    const values = Object.values(metadata)
    if (!lastKeys || !hasKeys(metadata, lastKeys)) {
      lastKeys = Object.keys(metadata)
      keysAt = lists.placeOf(lastKeys)
    }
    if (isOdd({ keys: lastKeys, values })) {
      const json = JSON.stringify(metadata)
      head.push(-2, json.length)
      body += json
      continue
    }
    head.push(keysAt)
    for (let at = 0; at < values.length; at++) {
      const value = values[at] ?? ''
      head.push(value.length)
      body += value
    }
  }
  const marks = marksOf(head)
  return `[${JSON.stringify(types.items)},${JSON.stringify(lists.items)},${marks.length}]\n${marks}${body}`
}

type Head = {
  count: number
  types: string[]
  lists: string[][]
  /** Where the numbers begin in the text, and where the parts. */
  numbers: number
  parts: number
}

const spoiled = { ok: false, error: 'Script result cannot be read' } as const

/** Reads answers one after the other; throws for what is none. */
class AnswerReader {
  readonly #text: string
  readonly #head: Head
  #at: number
  #position: number

  constructor(text: string, head: Head) {
    this.#text = text
    this.#head = head
    this.#at = head.numbers
    this.#position = head.parts
  }

  get isAtEnd(): boolean {
    return this.#at === this.#head.parts && this.#position === this.#text.length
  }

  get hasMore(): boolean {
    return this.#at < this.#head.parts
  }

  #number(): number {
    let value = 0
    for (let shift = 0; shift <= 24; shift += 6) {
      const code = this.#at < this.#head.parts ? this.#text.charCodeAt(this.#at++) : unreadable()
      if (code > 127) unreadable()
      value += (code & 63) << shift
      if (code < 64) return value - 2
    }
    return unreadable()
  }

  #part(length: number): string {
    if (length < 0 || length > this.#text.length - this.#position) unreadable()
    this.#position += length
    return this.#text.slice(this.#position - length, this.#position)
  }

  answer(isMessages: boolean, input: ScriptInput | undefined): ScriptOutcome<ScriptAnswer> {
    const count = this.#number()
    if (count < 0) return { ok: false, error: this.#part(this.#number()) }
    const parts: ScriptAnswer[number][] = []
    while (parts.length < count) {
      const length = this.#number()
      parts.push(length === -1 ? null : this.#part(length))
      if (!isMessages) continue
      const type = this.#number()
      const metadata = this.#metadata(input)
      parts.push(metadata, type === -1 ? null : (this.#head.types[type] ?? unreadable()))
    }
    return { ok: true, value: parts }
  }

  #metadata(input: ScriptInput | undefined): ScriptAnswer[number] {
    const way = this.#number()
    if (way === -1) return null
    if (way === -2) return this.#part(this.#number())
    const keys = this.#head.lists[way >> 1] ?? unreadable()
    const made: Record<string, string> = way % 2 === 0 ? {} : { ...input?.metadata }
    for (const key of keys) made[key] = this.#part(this.#number())
    return made
  }
}

const unreadable = (): never => {
  throw new SyntaxError(spoiled.error)
}

/**
 * The answers of a text that the sandbox wrote, in order; null when it is none: nothing of it can be trusted then.
 * @param inputs What the answers are for, from the first that is answered here
 */
export const decodeAnswers = (
  text: string,
  kind: ScriptKind,
  inputs: readonly ScriptInput[],
): ScriptOutcome<ScriptAnswer>[] | null => {
  const isMessages = kind === 'update' || kind === 'generate'
  const answers: ScriptOutcome<ScriptAnswer>[] = []
  try {
    const head = readHead(text) ?? unreadable()
    const reader = new AnswerReader(text, head)
    while (reader.hasMore) answers.push(reader.answer(isMessages, inputs[answers.length]))
    return reader.isAtEnd && answers.length === head.count ? answers : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0

/** Null for what is no such list; throws a SyntaxError for what is no JSON. */
const readHead = (text: string): Head | null => {
  const numbers = text.indexOf('\n') + 1
  const head: unknown = JSON.parse(text.slice(0, numbers))
  if (!Array.isArray(head) || head.length !== 4) return null
  const [count, types, lists, signs]: unknown[] = head
  if (!isCount(count) || !isCount(signs)) return null
  if (!Array.isArray(types) || !types.every(isText) || !Array.isArray(lists)) return null
  if (!lists.every((keys) => Array.isArray(keys) && keys.every(isText) && !keys.includes('__proto__'))) return null
  return { count, types, lists, numbers, parts: numbers + signs }
}

/** One answer in the form of `decodeAnswers`. */
export const encodeError = (error: string): string => {
  const marks = marksOf([-1, error.length])
  return `[1,[],[],${marks.length}]\n${marks}${error}`
}

/** How many answers such a text has. */
export const countAnswers = (text: string): number => Number.parseInt(text.slice(1, 12), 10) || 0

/** A message that a script made of another: what it left as it was is the input's. */
export type ScriptedMessage = { data: string; metadata: Record<string, string>; type: string }

/** The messages of an answer to an `update` or `generate` script. */
export const scriptedMessages = (parts: ScriptAnswer, input: ScriptInput): ScriptOutcome<ScriptedMessage[]> => {
  const messages: ScriptedMessage[] = []
  for (let index = 0; index < parts.length; index += 3) {
    const data = parts[index] ?? input.data
    const metadata = metadataOf(parts[index + 1] ?? null, input)
    const type = parts[index + 2] ?? input.type
    if (!metadata || typeof data !== 'string' || typeof type !== 'string') return spoiled
    messages.push({ data, metadata, type })
  }
  return { ok: true, value: messages }
}

const metadataOf = (part: ScriptAnswer[number], input: ScriptInput): Record<string, string> | null => {
  if (part === null) return input.metadata
  if (typeof part !== 'string') return part
  try {
    const value: unknown = JSON.parse(part)
    return isTexts(value) ? value : null
  } catch {
    return null
  }
}

const isTexts = (value: unknown): value is Record<string, string> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  for (const item of Object.values(value)) if (typeof item !== 'string') return false
  return true
}

/** What the kinds other than `update` and `generate` answer with: labels, or one text. */
export const scriptedTexts = (parts: ScriptAnswer, kind: ScriptKind): ScriptOutcome<string[]> => {
  const texts = parts.filter((part) => typeof part === 'string')
  if (texts.length !== parts.length || (kind !== 'switch' && texts.length !== 1)) return spoiled
  return { ok: true, value: texts }
}
