import type { CSSProperties } from 'react'

/** What a file may set by itself; all of it stays inside of its own card. */
const allowed = new Set([
  'alignItems',
  'aspectRatio',
  'background',
  'backgroundColor',
  'backgroundImage',
  'border',
  'borderBottom',
  'borderColor',
  'borderLeft',
  'borderRadius',
  'borderRight',
  'borderStyle',
  'borderTop',
  'borderWidth',
  'boxShadow',
  'color',
  'cursor',
  'display',
  'filter',
  'flex',
  'flexDirection',
  'fontFamily',
  'fontSize',
  'fontStyle',
  'fontWeight',
  'gap',
  'height',
  'justifyContent',
  'letterSpacing',
  'lineHeight',
  'maxHeight',
  'maxWidth',
  'minHeight',
  'minWidth',
  'opacity',
  'overflow',
  'padding',
  'paddingBottom',
  'paddingLeft',
  'paddingRight',
  'paddingTop',
  'textAlign',
  'textDecoration',
  'textOverflow',
  'textShadow',
  'textTransform',
  'userSelect',
  'whiteSpace',
  'width',
])

/** Nothing that loads (`url(`, `image-set(`), runs, or ends the declaration. */
const unsafe = /url\s*\(|image-set|image\s*\(|src\s*\(|expression|javascript:|[;{}@<>\\]/i

export const isSafeCssValue = (value: string): boolean => value.length <= 500 && !unsafe.test(value)

const toCamel = (name: string): string =>
  name.trim().replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** The part of a file's style object that may be used. */
export const safeStyle = (style: Readonly<Record<string, unknown>>): CSSProperties =>
  Object.fromEntries(
    Object.entries(style).flatMap(([name, value]): [string, string | number][] => {
      const property = toCamel(name)
      if (!allowed.has(property)) return []
      if (typeof value === 'number') return [[property, value]]
      return typeof value === 'string' && value !== '' && isSafeCssValue(value) ? [[property, value]] : []
    }),
  )

/** A size that a file writes as CSS (`8px`, `12px 0`); null when it is none. */
export const safeSize = (value: string | null): string | null =>
  value !== null && /^[\d.\s%a-z-]{1,40}$/i.test(value) && /\d/.test(value) ? value : null
