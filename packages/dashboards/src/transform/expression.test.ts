import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readExpression } from './expression.ts'

const row: Readonly<Record<string, unknown>> = {
  a: 6,
  b: '4',
  'Room temp': 21.5,
  text: 'Pump',
  no: null,
  yes: true,
  odd: { x: 1 },
}
const value = (source: string) => {
  const read = readExpression(source)
  return read.ok ? read.expression.of((name) => row[name]) : `${read.message} at ${read.at}`
}

describe('expressions', () => {
  it.each<[string, unknown]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['10 - 4 - 3', 3],
    ['7 % 4', 3],
    ['1e3 + .5', 'unexpected .5 at 6'],
    ['a + b', 10],
    ['[Room temp] * 2', 43],
    ['a / 0', null],
    ['sqrt(-1)', null],
    ['no + 1', null],
    ['odd + 1', null],
    ['missing', null],
    ['coalesce(no, missing, 3)', 3],
    ['a > 5 ? "high" : "low"', 'high'],
    ['a >= 6 && b < 5 || false', true],
    ['!yes', false],
    ['a == "6"', true],
    ['text == "Pump"', true],
    ["text != 'x'", true],
    ['"b" > "a"', true],
    ['text > 1', null],
    ['"T: " + a', 'T: 6'],
    ['round(2.345, 2)', 2.35],
    ['MAX(a, b, 1)', 6],
    ['avg(a, b)', 5],
    ['min(no)', null],
    ['if(no, 1, 2)', 2],
    ['length(lower(text))', 4],
    ['', 'unexpected end at 0'],
    ['1 +', 'unexpected end at 3'],
    ['(1', 'expected ) at 2'],
    ['1 2', 'unexpected 2 at 2'],
    ['eval("1")', 'no function eval at 0'],
    ['constructor(1)', 'no function constructor at 0'],
    ['sqrt(1, 2)', 'sqrt takes 1 at 0'],
    ['a.b', 'unexpected .b at 1'],
    ['a = 1', 'unexpected = 1 at 2'],
    ['`x`', 'unexpected `x` at 0'],
  ])('%s', (source, expected) => expect(value(source)).toEqual(expected))

  it('name their columns', () => {
    const read = readExpression('[Room temp] + a + a')
    expect(read.ok && read.expression.columns).toEqual(['Room temp', 'a'])
  })

  it('are refused when they are too long or too deep, and come to an end', () => {
    expect(readExpression('1'.repeat(3_000))).toMatchObject({ ok: false, message: 'too long' })
    expect(readExpression('('.repeat(500) + 1 + ')'.repeat(500))).toMatchObject({ ok: false, message: 'too deep' })
    expect(readExpression(`${'-'.repeat(500)}1`)).toMatchObject({ ok: false, message: 'too deep' })
    expect(value(Array.from({ length: 900 }, () => '1').join('+'))).toBe(900)
  })

  it('are read whatever is written', () => {
    const part = fc.constantFrom(
      '1',
      'a',
      '(',
      ')',
      '+',
      '-',
      '^',
      '?',
      ':',
      ',',
      'min(',
      '[x]',
      '"',
      "'",
      '!',
      '&&',
      ' ',
      '[',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part, { maxLength: 30 }).map((parts) => parts.join('')),
        ),
        (source) => {
          const read = readExpression(source)
          if (!read.ok) return
          const found = read.expression.of(() => 3)
          expect(found === null || ['number', 'string', 'boolean'].includes(typeof found)).toBe(true)
          if (typeof found === 'number') expect(Number.isFinite(found)).toBe(true)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})
