import { describe, expect, test } from 'vitest'
import { compileExpression } from './compile-expression.ts'

const values = { x: 5, y: -2, a: 3, b: 4, temperature: 212, h_2: 10, zero: 0 }
const evaluate = (text: string): number => {
  const compiled = compileExpression(text, Object.keys(values))
  if (!compiled.ok) throw new Error(compiled.message)
  return compiled.evaluate(Object.values(values))
}

const table: [string, number][] = [
  ['1', 1],
  ['.5', 0.5],
  ['2.', 2],
  ['1e3', 1_000],
  ['1E-2', 0.01],
  ['2.5e+1', 25],
  [' 1 + 2 ', 3],
  ['1+2*3', 7],
  ['(1+2)*3', 9],
  ['[1+2]*{3}', 9],
  ['10-4-3', 3],
  ['100/10/5', 2],
  ['7%4', 3],
  ['-7%4', -3],
  ['7.5%2', 1.5],
  ['2*7%4', 2],
  ['2^3', 8],
  ['2^3^2', 512],
  ['-2^2', -4],
  ['(-2)^2', 4],
  ['2^-2', 0.25],
  ['2^-2*4', 1],
  ['2^-1^2', 0.5],
  ['--2', 2],
  ['-+2', -2],
  ['2--3', 5],
  ['2*-3', -6],
  ['+x', 5],
  ['-x', -5],
  ['x+y', 3],
  ['2x', 10],
  ['2x^2', 50],
  ['1/2x', 2.5],
  ['2^2x', 20],
  ['2a+3b', 18],
  ['ab', 12],
  ['2ab', 24],
  ['x2', 10],
  ['2(3+1)', 8],
  ['(1+1)(2+3)', 10],
  ['(2)3', 6],
  ['x(2)', 10],
  ['2sqrt(16)', 8],
  ['sqrt(16)2', 8],
  ['sqrt(16)x', 20],
  ['2e', 2 * Math.E],
  ['2exp(0)', 2],
  ['h_2/2', 5],
  ['(temperature - 32) / 1.8', 100],
  ['pi', Math.PI],
  ['2π', 2 * Math.PI],
  ['φ', 1.61803398874],
  ['e^1', Math.E],
  ['ln(e)', 1],
  ['log(e)', 1],
  ['lg(1000)', 3],
  ['log10(100)', 2],
  ['log2(8)', 3],
  ['log1p(0)', 0],
  ['logab(2, 8)', 3],
  ['logab(a, b)', Math.log(4) / Math.log(3)],
  ['sin(0)', 0],
  ['cos(0)', 1],
  ['tan(0)', 0],
  ['cot(pi/4)', 1],
  ['sec(0)', 1],
  ['csc(pi/2)', 1],
  ['asin(1)', Math.PI / 2],
  ['acos(1)', 0],
  ['atan(1)', Math.PI / 4],
  ['sinh(0)', 0],
  ['cosh(0)', 1],
  ['tanh(0)', 0],
  ['abs(y)', 2],
  ['cbrt(27)', 3],
  ['floor(-1.5)', -2],
  ['ceil(-1.5)', -1],
  ['pow(2, 10)', 1_024],
  ['pow(x, abs(y))', 25],
  ['expm1(0)', 0],
  ['signum(-3)', -1],
  ['signum(0)', 0],
  ['signum(12)', 1],
  ['sqrt(pow(a, 2) + pow(b, 2))', 5],
  ['3 + 4 * 2 / (1 - 5) ^ 2', 3.5],
]

test('there are at least sixty expressions', () => expect(table.length).toBeGreaterThanOrEqual(60))

test.each(table)('%s is %d', (text, expected) => {
  expect(evaluate(text)).toBeCloseTo(expected, 12)
})

test.each(['sqrt(-1)', 'ln(-1)', 'acos(2)'])('%s is no number', (text) => expect(evaluate(text)).toBeNaN())

describe('there is no value for', () => {
  test.each([['1/0'], ['x/zero'], ['x%0'], ['cot(0)'], ['csc(0)']])('%s', (text) => {
    expect(() => evaluate(text)).toThrow('Division by zero!')
  })
})

test.each([
  ['', 'The expression ends too early'],
  ['  ', 'The expression ends too early'],
  ['1+', 'The expression ends too early'],
  ['(1', 'The expression ends too early'],
  ['1)', 'Unexpected close at position 2'],
  ['()', 'Unexpected close at position 2'],
  ['*1', 'Unexpected operator at position 1'],
  ['1 2', 'Unexpected number at position 3'],
  ['1.2.3', 'Unexpected number at position 4'],
  ['1,2', 'Unexpected comma at position 2'],
  ['q', 'Unable to parse "q" at position 1'],
  ['x + $', 'Unable to parse "$" at position 5'],
  ['sin', 'sin needs parentheses'],
  ['sin x', 'sin needs parentheses'],
  ['sin()', 'sin takes one value, not 0'],
  ['sin(1, 2)', 'sin takes one value, not 2'],
  ['pow(2)', 'pow takes two values, not 1'],
  ['pow(1, 2, 3)', 'pow takes two values, not 3'],
  ['constructor', 'Unable to parse "constructor" at position 1'],
  ['('.repeat(5_000), 'The expression is nested too deeply'],
  ['-'.repeat(5_000), 'The expression is nested too deeply'],
  ['1+'.repeat(60_000), 'The expression is too long'],
])('%.20s is no expression', (text, message) => {
  expect(compileExpression(text, Object.keys(values))).toEqual({ ok: false, message })
})

test('a variable goes before a function and a constant of its name', () => {
  const compiled = compileExpression('e + sin(2)', ['e', 'sin'])
  if (!compiled.ok) throw new Error(compiled.message)
  expect(compiled.evaluate([1, 10])).toBe(21)
})

test('a long sum is no deep one', () => {
  expect(evaluate(Array.from({ length: 5_000 }, () => '1').join('+'))).toBe(5_000)
})
