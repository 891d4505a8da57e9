import type { Runtime } from './types.ts'

/** JSON in and out: numbers keep their kind, maps their order. */
export const installJson = ($: Runtime): void => {
  const { isNull } = $
  /**
   * Texts that JSON.parse would change: a Double with an integral value, an exponent, a number of more than 9 digits,
   * a negative zero, a key of digits (an object would move it to the front). Numbers in texts hardly ever match.
   */
  const isHard = /(?:^|[[:,])\s*-?(?:\d{10}|\d+\.(?:\d*0(?!\d)|\d{14})|\d+(?:\.\d+)?[eE]|(?<=-)0)|"\d+"\s*:/
  /** Found in all texts in which that is, in a third of the time: lists of bytes are long. */
  const mayBeHard = /\d(?:[.eE]|"\s*:|\d{9})|-0/
  const fromPlain = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) value[index] = fromPlain(value[index])
      return value
    }
    const map = new Map<unknown, unknown>()
    for (const key of Object.keys(value)) {
      const item = Reflect.get(value, key)
      if (item !== null) map.set(key, typeof item === 'object' ? fromPlain(item) : item)
    }
    return map
  }
  const token = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y
  const fromNumber = (text: string): unknown => {
    if (/[.eE]/.test(text)) return $.double(Number(text))
    const value = BigInt(text)
    if (value >= -2147483648n && value <= 2147483647n) return Number(value)
    return value === $.long(value) ? value : $.double(Number(value))
  }
  /** A text that JSON.parse has accepted already. */
  const fromHard = (text: string): unknown => {
    token.lastIndex = 0
    const next = () => token.exec(text) ?? $.fail('invalid JSON')
    const value = (match: RegExpExecArray): unknown => {
      if (match[2] !== undefined) return JSON.parse(match[2])
      if (match[3] !== undefined) return fromNumber(match[3])
      if (match[4] !== undefined) return match[4] === 'null' ? null : match[4] === 'true'
      if (match[1] === '[') {
        const list: unknown[] = []
        for (let item = next(); item[1] !== ']'; item = next()) if (item[1] !== ',') list.push(value(item))
        return list
      }
      const map = new Map<unknown, unknown>()
      for (let key = next(); key[1] !== '}'; key = next()) {
        if (key[1] === ',') continue
        next()
        const item = value(next())
        if (item !== null) map.set(JSON.parse(key[2] ?? '""'), item)
        else map.delete(JSON.parse(key[2] ?? '""'))
      }
      return map
    }
    return value(next())
  }
  $.fromJson = (text) => {
    let plain: unknown
    try {
      plain = JSON.parse(text)
    } catch (error) {
      return $.fail(`invalid JSON: ${error instanceof Error ? error.message : 'unreadable'}`)
    }
    const isLong = text.length > 200
    return (!isLong || mayBeHard.test(text)) && isHard.test(text) ? fromHard(text) : fromPlain(plain)
  }
  const toBase64 = (bytes: unknown[]) => $.text($.helpers.bytesToBase64?.(new $.JavaArray('byte', bytes)))
  const isPlain = /^[\w .:;,\-+/()%@#=?!<>~|*&^$[\]{}']*$/
  const quoted = (text: string) => (isPlain.test(text) ? `"${text}"` : JSON.stringify(text))
  /** Keys come again with every message: their JSON with its colon. */
  const keys = new Map<unknown, string>()
  const quotedKey = (key: unknown): string => {
    const text = `${quoted($.text(key))}:`
    if (keys.size < 1000 && text.length < 100) keys.set(key, text)
    return text
  }
  const number = (value: number, text: string) => (Number.isFinite(value) ? text : `"${text}"`)
  const items = (values: Iterable<unknown>) => {
    let text = ''
    for (const item of values) text += `${text === '' ? '' : ','}${written(item)}`
    return `[${text}]`
  }
  /** Whether JavaScript writes a number that is no Integer as Java does. */
  const isAlike = (value: number): boolean => {
    const absolute = Math.abs(value)
    return absolute >= 0.001 && absolute < 10_000_000 && !Number.isInteger(value)
  }
  /** An object would move a key of digits to the front. */
  const isPlainKey = (key: unknown): key is string =>
    typeof key === 'string' && !(key.charCodeAt(0) < 58) && key !== '__proto__'
  /** What JSON.stringify writes as `written` does, and in one go; undefined: there is no such thing. */
  const plainOf = (value: unknown): unknown => {
    if (typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number') return (value | 0) === value || isAlike(value) ? value : undefined
    if (isNull(value)) return null
    if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : undefined
    if (value instanceof Map) {
      const made: Record<string, unknown> = {}
      for (const [key, item] of value) {
        const plain = isPlainKey(key) ? plainOf(item) : undefined
        if (plain === undefined) return undefined
        made[key] = plain
      }
      return made
    }
    if (!Array.isArray(value)) return undefined
    const made: unknown[] = []
    for (let index = 0; index < value.length; index++) {
      const plain = plainOf(value[index])
      if (plain === undefined) return undefined
      made.push(plain)
    }
    return made
  }
  const written = (value: unknown): string => {
    if (typeof value === 'string') return quoted(value)
    if (typeof value === 'number') return (value | 0) === value ? String(value) : number(value, $.doubleText(value))
    if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
    if (isNull(value)) return 'null'
    if (value instanceof Map) {
      let text = '{'
      for (const [key, item] of value) {
        const name = keys.get(key) ?? quotedKey(key)
        text += text === '{' ? name : `,${name}`
        text += written(item)
      }
      return `${text}}`
    }
    if (Array.isArray(value) || value instanceof Set) return items(value)
    if (value instanceof $.Char) return quoted(value.text)
    if (value instanceof $.Boxed) return number(value.value, $.text(value))
    if (value instanceof $.JavaArray)
      return value.type === 'byte' ? JSON.stringify(toBase64(value.items)) : items(value.items)
    if (value instanceof $.Entry) return `{${JSON.stringify($.text(value.key))}:${written(value.value)}}`
    return JSON.stringify($.text(value))
  }
  $.toJson = (value) => {
    if (typeof value !== 'object') return written(value)
    // A text that is put together piece by piece keeps its pieces, which costs more than they do.
    const plain = plainOf(value)
    return plain === undefined ? written(value) : JSON.stringify(plain)
  }
}
