import type { ScriptKind } from './script.ts'

/** Metadata as they come out of a script: the values of these keys. */
export type Texts = { keys: readonly string[]; values: readonly string[] }

/**
 * What an answer consists of; null stands for "as it was".
 *
 * - filter: `true` or `false`; switch: the labels; string, json: one text
 * - update, generate: data, metadata and type of each message, three parts a message
 */
export type Parts = (string | Texts | null)[]

/** Stops the conversion of one answer; the text is for whoever wrote the script. */
export type Fault = (message: string) => never

/** A value of the script, as parts. */
export type Converter = (value: unknown, kind: ScriptKind) => Parts

/** What the conversion needs of the runtime of TBEL. */
export type TbelValues = {
  fromJson(text: string): unknown
  toJson(value: unknown): string
  text(value: unknown): string
  typeName(value: unknown): string
}

/*
 * The functions of this file become text and run in the sandbox (sandbox-program.ts): each may use only its parameters
 * and what it declares itself. They run after the sandbox has frozen the built-ins, so they may trust these.
 */

/** JavaScript: what counts is what JSON.stringify makes of a value (a Date is a text, NaN is null). */
export const javascriptResults = (fault: Fault): Converter => {
  const wrong = (value: unknown): never =>
    fault(
      `Wrong result type: ${value === null ? 'NULL' : Array.isArray(value) ? 'ARRAY' : (typeof value).toUpperCase()}`,
    )
  const plain = (value: unknown): unknown => {
    const text: string | undefined = JSON.stringify(value)
    return text === undefined ? fault('Script returned nothing') : JSON.parse(text)
  }
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  const settled = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !('toJSON' in value) ? value : plain(value)
  const isText = (value: unknown): value is string => typeof value === 'string'

  const simpleText = (key: string, value: unknown): string | null => {
    if (typeof value === 'string') return value
    const json: string | undefined = JSON.stringify(value)
    const simple: unknown = json === undefined ? null : JSON.parse(json)
    if (simple === null) return null
    return typeof simple === 'object' ? fault(`Metadata value ${key} is not a text`) : String(simple)
  }
  /** Each member is looked at once: a getter may change its mind. */
  const textsOf = (given: unknown): Texts => {
    const metadata = settled(given)
    if (!isObject(metadata)) return wrong(metadata)
    const keys = Object.keys(metadata)
    const values: string[] = []
    let missing: Set<string> | null = null
    for (const key of keys) {
      const text = simpleText(key, metadata[key])
      if (text !== null) values.push(text)
      else missing = (missing ?? new Set()).add(key)
    }
    return { keys: missing ? keys.filter((key) => !missing.has(key)) : keys, values }
  }
  const typeText = (value: unknown): string | null => {
    if (typeof value === 'string') return value === '' ? null : value
    if (value === undefined) return null
    const json: string | undefined = JSON.stringify(value)
    const simple: unknown = json === undefined ? '' : JSON.parse(json)
    // An object has no text of its own, so the type stays; null has one.
    return simple === '' || isObject(simple) || Array.isArray(simple) ? null : String(simple)
  }
  const merged = (value: Record<string, unknown>): Parts => {
    const { msg, metadata, msgType } = value
    const hasMetadata = metadata !== undefined && metadata !== null
    return [JSON.stringify(msg) ?? null, hasMetadata ? textsOf(metadata) : null, typeText(msgType)]
  }

  return (value, kind) => {
    if (kind === 'json') return [JSON.stringify(value) ?? fault('Script returned nothing')]
    if (kind === 'filter') {
      const answer = typeof value === 'boolean' ? value : plain(value)
      return typeof answer === 'boolean' ? [answer ? 'true' : 'false'] : wrong(answer)
    }
    if (kind === 'string') {
      const answer = typeof value === 'string' ? value : plain(value)
      return isText(answer) ? [answer] : wrong(answer)
    }
    if (kind === 'switch') {
      const answer = typeof value === 'string' ? value : plain(value)
      const labels: unknown[] = Array.isArray(answer) ? answer : [answer]
      return [...new Set(labels)].map((label) => (isText(label) ? label : wrong(label)))
    }
    const answer = settled(value)
    if (kind === 'update' && Array.isArray(answer)) {
      // A copy, since the array may have methods of the script's.
      return [...answer].flatMap((item: unknown) => {
        const one: unknown = typeof item === 'object' && item !== null ? settled(item) : null
        // An element that is no object stands for the message as it was.
        return isObject(one) ? merged(one) : [null, null, null]
      })
    }
    return isObject(answer) ? merged(answer) : wrong(answer)
  }
}

/** TBEL: values keep their kinds; null is a value like any other. */
export const tbelResults = (fault: Fault, $: TbelValues): Converter => {
  const wrong = (value: unknown): never => fault(`Wrong result type: ${$.typeName(value)}`)
  const textsOf = (metadata: ReadonlyMap<unknown, unknown>): Texts => {
    const keys: string[] = []
    const values: string[] = []
    for (const [key, item] of metadata) {
      if (item === null || item === undefined) continue
      keys.push($.text(key))
      values.push($.text(item))
    }
    return { keys, values }
  }
  const merged = (value: unknown): Parts => {
    if (!(value instanceof Map)) return wrong(value)
    const metadata: unknown = value.get('metadata') ?? null
    const type: unknown = value.get('msgType') ?? ''
    if (metadata !== null && !(metadata instanceof Map)) return wrong(metadata)
    const typeText = $.text(type)
    return [
      value.has('msg') ? $.toJson(value.get('msg')) : null,
      metadata && textsOf(metadata),
      typeText === '' ? null : typeText,
    ]
  }
  return (value, kind) => {
    if (kind === 'json') return [$.toJson(value)]
    if (kind === 'string') return [typeof value === 'string' ? value : $.toJson(value)]
    if (kind === 'filter') return typeof value === 'boolean' ? [value ? 'true' : 'false'] : wrong(value)
    if (kind === 'switch') {
      const labels: unknown[] = Array.isArray(value) || value instanceof Set ? [...value] : [value]
      return [...new Set(labels)].map((label) => (typeof label === 'string' ? label : wrong(label)))
    }
    return kind === 'update' && Array.isArray(value) ? value.flatMap((item) => merged(item)) : merged(value)
  }
}
