import { describe, expect, it } from 'vitest'
import { csvCell, toCsv } from './csv.ts'

describe('CSV export', () => {
  it('quotes separators, quotes and line breaks', () => {
    expect(csvCell('a,"b"\nc')).toBe('"a,""b""\nc"')
  })

  it.each(['=1+1', '+1', '-1+cmd', '@SUM(A1)', '\tx'])('disarms the formula %j', (text) => {
    expect(csvCell(text).replaceAll('"', '').startsWith("'")).toBe(true)
  })

  it('leaves negative numbers as numbers', () => {
    expect(csvCell(-5)).toBe('-5')
  })

  it('writes objects as JSON and nothing for null', () => {
    expect(toCsv(['a', 'b'], [[{ x: 1 }, null]])).toBe('a,b\r\n"{""x"":1}",')
  })
})
