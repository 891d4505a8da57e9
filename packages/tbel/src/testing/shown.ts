import type { Runtime } from '../runtime/types.ts'

/** A value as literals of the language; arrays look like lists. Also of another realm. */
export const shown = ($: Readonly<Runtime>, value: unknown): string => {
  const show = (part: unknown): string => shown($, part)
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return JSON.stringify(value)
  if (value instanceof $.Char) return JSON.stringify(value.text)
  if (typeof value === 'bigint') return `${value}L`
  if (value instanceof $.Boxed) return value.type === 'float' ? `${$.text(value)}f` : $.text(value)
  if (value instanceof $.JavaArray) return show(value.items)
  if (value instanceof $.Entry) return `ExecutionEntry(${$.text(value)})`
  if (value instanceof $.Date) return `TbDate(${$.text(value)})`
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`
  if (kindOf(value) === '[object Set]') return `#{${[...$.items(value)].map(show).join(', ')}}`
  if (kindOf(value) !== '[object Map]') return $.text(value)
  const keys = $.mapMethods.keys?.(value)
  const parts = Array.isArray(keys) ? keys.map((key) => `${show(key)}: ${show($.mapMethods.get?.(value, key))}`) : []
  return `{${parts.join(', ')}}`
}

const kindOf = (value: unknown): string => Object.prototype.toString.call(value)
