import type { CSSProperties } from 'react'

const allowed = new Set([
  'color',
  'backgroundColor',
  'fontWeight',
  'fontStyle',
  'fontSize',
  'textAlign',
  'textDecoration',
  'textTransform',
  'opacity',
  'borderRadius',
  'padding',
  'display',
])
const camel = (name: string) => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
const plainValue = /^[\w#(),.% -]{1,60}$/
/** A length of more than three digits, or less than nothing, would reach out of the cell. */
const isModest = (text: string) => !/\d{4,}(?:\.\d+)?(?:px|r?em|%|v[wh]|ch)|(?:^|\s)-/i.test(text)

/** What the code of a file may set of a style: looks of text, by values that load nothing. */
export const safeStyle = (value: unknown): CSSProperties | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const entries = Object.entries(value)
    .map(([name, text]) => [camel(name), text] as const)
    .filter(
      ([name, text]) =>
        allowed.has(name) &&
        (typeof text === 'number' ||
          (typeof text === 'string' && plainValue.test(text) && isModest(text) && !/url\s*\(/i.test(text))),
    )
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

const longest = 2_000
const lastLetter = 0x10ffff

const letter = (code: number): string => (code > 0 && code <= lastLetter ? String.fromCodePoint(code) : '')

/** Of markup, with all that it says to itself. */
const longestMarkup = 20_000

export const looksLikeMarkup = (text: string): boolean => /<[a-z/!]|&#?\w+;/i.test(text)

/** What the code of a file made for a cell, as text or markup. */
export const cellText = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.slice(0, looksLikeMarkup(text) ? longestMarkup : longest)
}

/** Of markup the text in it. */
export const plainText = (text: string): string => {
  if (!looksLikeMarkup(text)) return text
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
