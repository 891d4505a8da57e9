import { expect, it } from 'vitest'
import { declarationsOf, declarationText } from './declarations.ts'

it('reads and writes declarations of CSS', () => {
  const style = { letterSpacing: '0.02em', '--own': '1', background: 'red' }
  expect(declarationsOf('letter-spacing: 0.02em; --own: 1\nbackground: red;')).toEqual(style)
  expect(declarationText(style)).toBe('letter-spacing: 0.02em;\n--own: 1;\nbackground: red;')
  expect(declarationsOf('')).toEqual({})
})

it('refuses what is no declaration', () => {
  expect(declarationsOf('letter-spacing')).toBeNull()
  expect(declarationsOf('color: red; { }')).toBeNull()
})
