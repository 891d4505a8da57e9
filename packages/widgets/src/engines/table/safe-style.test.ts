import { expect, test } from 'vitest'
import { cellText, plainText, safeStyle } from './safe-style.ts'

test('looks of text get through, by either spelling', () => {
  expect(safeStyle({ color: '#f00', 'background-color': 'rgba(0, 0, 0, 0.1)', fontWeight: 600 })).toEqual({
    color: '#f00',
    backgroundColor: 'rgba(0, 0, 0, 0.1)',
    fontWeight: 600,
  })
})

test.each([
  { backgroundColor: 'url(https://evil.test/x)' },
  { background: 'red' },
  { position: 'fixed' },
  { padding: '9999px' },
  { padding: '1px -9px' },
  { color: 'red; position: fixed' },
  { color: { toString: (): string => 'red' } },
  'color: red',
  null,
])('nothing else does: %j', (style) => {
  expect(safeStyle(style)).toBeUndefined()
})

test('markup is shown as the text in it', () => {
  expect(plainText('<b style="color:red">on</b> &amp; well')).toBe('on & well')
  expect(plainText('<script>alert(1)</script><img src=x onerror=alert(1)>ok')).toBe('ok')
  expect(plainText('a < b')).toBe('a < b')
  expect(plainText('&#11044; <i>on</i> &#x41; &#9999999;')).toBe('⬤ on A')
})

test('what a function made is text, and not too much of it', () => {
  expect(cellText({ a: 1 })).toBe('{"a":1}')
  expect(cellText(null)).toBe('')
  expect(cellText(7)).toBe('7')
  expect(cellText('x'.repeat(10_000))).toHaveLength(2_000)
  expect(cellText(`<b>${'x'.repeat(100_000)}`)).toHaveLength(20_000)
})
