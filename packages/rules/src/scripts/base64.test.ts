import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64 } from './base64.ts'

const own = base64((name, message) => {
  throw new DOMException(message, name)
})

/** What a function answers, or the name of what it throws. */
const outcome = (work: () => string): string => {
  try {
    return `answered ${work()}`
  } catch (error) {
    return error instanceof Error ? error.name : 'no error'
  }
}

const bytes = fc.array(fc.integer({ min: 0, max: 255 })).map((codes) => String.fromCharCode(...codes))
const signs = fc.constantFrom(
  ...'ABCxyz019+/=',
  ' ',
  '\t',
  '\n',
  '\f',
  '\r',
  '\v',
  '-',
  '_',
  '\u00a0',
  'é',
  '\u0100',
  '😀',
)
const anything = fc.array(signs, { maxLength: 12 }).map((all) => all.join(''))
const values = fc.constantFrom<unknown>(undefined, null, 12, 1234, true, '', [], ['QQ=='], { toString: () => 'QUI=' })

test('writes and reads bytes', () => {
  fc.assert(
    fc.property(bytes, (text) => {
      expect(own.btoa(text)).toBe(btoa(text))
      expect(own.atob(own.btoa(text))).toBe(text)
    }),
  )
})

test('answers to any text as the platform does, and refuses what it refuses', () => {
  fc.assert(
    fc.property(fc.oneof(anything, fc.string(), values), (value) => {
      const text = value as string
      expect(outcome(() => own.atob(text))).toBe(outcome(() => atob(text)))
      expect(outcome(() => own.btoa(text))).toBe(outcome(() => btoa(text)))
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['', ''],
  ['QQ', 'A'],
  ['QQ==', 'A'],
  [' Q Q = = ', 'A'],
  ['QR==', 'A'],
  ['QUI=', 'AB'],
  ['QUJD', 'ABC'],
  ['/+8=', 'ÿï'],
])('reads %j', (text, expected) => expect(own.atob(text)).toBe(expected))

test.each(['Q', 'QQ=', 'QQ===', 'Q=Q=', '=', '====', 'QQ-_', 'QQ==QQ=='])('refuses %j', (text) =>
  expect(() => own.atob(text)).toThrow('not correctly encoded'),
)

test('refuses signs that are no bytes, and calls without a text', () => {
  expect(() => own.btoa('€')).toThrow('outside of the Latin1 range')
  const { atob: read } = own as unknown as { atob(): string }
  expect(() => read()).toThrow('1 argument required')
})
