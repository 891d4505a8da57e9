import type { CSSProperties } from 'react'

const allowed = new Set([
  'color',
  'backgroundColor',
  'fontWeight',
  'fontStyle',
  'fontSize',
  'textAlign',
  'textDecoration',
  'opacity',
])
const camel = (name: string) => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
const plainValue = /^[\w#(),.% -]{1,60}$/

/** What the code of a file may set of a style: looks of text, by values that load nothing. */
export const safeStyle = (value: unknown): CSSProperties | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const entries = Object.entries(value)
    .map(([name, text]) => [camel(name), text] as const)
    .filter(
      ([name, text]) =>
        allowed.has(name) &&
        (typeof text === 'number' || (typeof text === 'string' && plainValue.test(text) && !/url\s*\(/i.test(text))),
    )
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

const longest = 2_000
const lastLetter = 0x10ffff

const letter = (code: number): string => (code > 0 && code <= lastLetter ? String.fromCodePoint(code) : '')

/** What the code of a file makes as markup is shown as the text in it. */
export const plainText = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  const text = (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, longest)
  if (!/<[a-z/!]|&#?\w+;/i.test(text)) return text
  return text
    .replaceAll(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/gi, '')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&#(\d{1,7});/g, (_, code: string) => letter(Number(code)))
    .replaceAll(/&#x([\da-f]{1,6});/gi, (_, code: string) => letter(Number.parseInt(code, 16)))
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
}
