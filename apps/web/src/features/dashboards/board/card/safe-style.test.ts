import { describe, expect, it } from 'vitest'
import { isSafeCssValue, safeSize, safeStyle } from './safe-style.ts'

describe('style of a file', () => {
  it('keeps what stays inside of the card, in either spelling', () => {
    expect(safeStyle({ cursor: 'pointer', 'font-size': '14px', borderRadius: 4, backgroundColor: '#abc' })).toEqual({
      cursor: 'pointer',
      fontSize: '14px',
      borderRadius: 4,
      backgroundColor: '#abc',
    })
  })

  it('drops what leaves the card or loads something', () => {
    const hostile = {
      position: 'fixed',
      zIndex: 9_999,
      background: 'url(https://evil.example/x)',
      backgroundImage: 'image-set("https://evil.example/x" 1x)',
      color: 'red; position: fixed',
      cursor: 'URL (x), auto',
      behavior: 'x',
      font: {},
      padding: '\\75rl(x)',
      __proto__: 'x',
    }
    expect(safeStyle(hostile)).toEqual({})
  })

  it('has values without end or escape', () => {
    expect(isSafeCssValue('x'.repeat(501))).toBe(false)
    expect(isSafeCssValue('0 1px 2px rgba(0,0,0,.2)')).toBe(true)
  })

  it.each([
    ['8px', '8px'],
    ['12px 0', '12px 0'],
    ['auto', null],
    ['calc(1px)', null],
    [null, null],
  ])('takes %s as a size: %s', (text, size) => {
    expect(safeSize(text)).toBe(size)
  })
})
