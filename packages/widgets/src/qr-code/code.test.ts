import { encode } from 'uqr'
import { expect, it } from 'vitest'
import { qrPath } from './code.ts'

it('draws every dark square once', () => {
  const { data, size } = encode('https://example.org/device/4711', { ecc: 'M', boostEcc: true, border: 2 })
  const drawn = qrPath('https://example.org/device/4711')
  expect(drawn?.size).toBe(size)
  const squares = [...(drawn?.path ?? '').matchAll(/M(\d+) (\d+)h(\d+)/g)].flatMap(([, x, y, width]) =>
    Array.from({ length: Number(width) }, (_, n) => `${Number(x) + n} ${y}`),
  )
  const wanted = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x} ${y}`] : [])))
  expect(squares.sort()).toEqual(wanted.sort())
})

it.each([['x'.repeat(5_000)], ['ü'.repeat(2_000)]])('has no code for what is too long', (text) => {
  expect(qrPath(text)).toBeNull()
})

it('has a code for the longest that fits, and for characters beyond Latin', () => {
  expect(qrPath('x'.repeat(2_300))).not.toBeNull()
  expect(qrPath('Grüße 温度')).not.toBeNull()
})
