import { describe, expect, it } from 'vitest'
import { font } from '../style/font.ts'
import { color, flag, number, oneOf, text } from './schema.ts'

describe('parts of settings', () => {
  it('are made once for the same words, and not mixed up with others', () => {
    expect(flag(true)).toBe(flag(true))
    expect(font({ size: 12 })).toBe(font({ size: 12 }))
    expect([flag(true), flag(false)].map((one) => one.parse(undefined))).toEqual([true, false])
    expect([text('1').parse(null), number(1).parse(null), color('#fff').parse(1)]).toEqual(['1', 0, '#fff'])
    expect([oneOf(['a', 'b'], 'a').parse('c'), oneOf(['a', 'b'], 'b').parse('c')]).toEqual(['a', 'b'])
    expect(oneOf(['a', 'b', 'c'], 'a').parse('c')).toBe('c')
    expect([font({ size: 12 }).parse({}).size, font({ size: 14 }).parse({}).size]).toEqual([12, 14])
  })

  it('keep a title for themselves', () => {
    expect(flag(true, { title: 'Shown' }).meta()).toMatchObject({ title: 'Shown' })
    expect(flag(true).meta()).toBeUndefined()
    expect(font({ size: 12 }, { title: 'Words' })).not.toBe(font({ size: 12 }))
  })

  it('give nothing away that a reader could change for the others', () => {
    const first = font({ size: 12 }).parse({})
    first.size = 99
    expect(font({ size: 12 }).parse({}).size).toBe(12)
  })
})
