import { describe, expect, it } from 'vitest'
import { guardLoops } from './guard-loops.ts'

/** Runs a guarded script with a clock that ends it after so many calls. */
const run = (code: string, calls = 1_000): unknown => {
  let left = calls
  const tick = () => {
    left -= 1
    if (left < 0) throw new Error('stopped')
  }
  return new Function('tick', guardLoops(code, 'tick'))(tick)
}

describe('a script with a clock', () => {
  it.each([
    'for (;;);',
    'for (;;) {}',
    'while (true) ;',
    'do {} while (true)',
    'do ; while (true)',
    'outer: while (true) { while (true) continue outer }',
    'const f = () => f() || f(); try { f() } catch (error) { if (!(error instanceof RangeError)) throw error; for (;;); }',
    'for (const _ of (function* () { while (true) yield 1 })());',
    'class A { get x() { for (;;); } }; return new A().x',
    'const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)); return fib(60)',
    'if (1) for (;;) if (1) for (;;);',
  ])('is ended: %s', (code) => {
    expect(() => run(code)).toThrow('stopped')
  })

  it.each<[string, unknown]>([
    ['let sum = 0; for (let n = 0; n < 5; n++) sum += n; return sum', 10],
    ['const all = []; for (const key in { a: 1, b: 2 }) all.push(key); return all.join()', 'a,b'],
    ['return [3, 1, 2].map((n) => ({ n })).map(({ n }) => n * 2).join()', '6,2,4'],
    ['const twice = (n) => n * 2, three = () => () => 3; return twice(three()())', 6],
    ['function strict() { "use strict"; return this } return strict() === undefined', true],
    ['let n = 0; do n++; while (n < 4); return n', 4],
    ['for (let n = 0; n < 3; n++) for (let m = 0; m < 3; m++) if (m === 1) break; return "end"', 'end'],
    ['return (async () => 1)() instanceof Promise', true],
    ["return 'for (;;) {}' + [1, 2].map((n) => n)", 'for (;;) {}1,2'],
    ['let f; for (let n = 0; n < 2; n++) f = () => n\nreturn f()', 1],
    ['return ((a, b = () => 1) => a + b())(1)', 2],
  ])('does what it did: %s', (code, result) => expect(run(code)).toEqual(result))

  it('may be a module', () => {
    expect(guardLoops("import { a } from 'a'; export const f = () => a", 'tick')).toContain('(tick(),a)')
  })

  it('stays as it is where it cannot be read', () => {
    expect(guardLoops('for (;;', 'tick')).toBe('for (;;')
    expect(guardLoops('', 'tick')).toBe('')
  })

  it('is guarded without a deep stack, however deep it is', () => {
    const code = `${'['.repeat(500)}1${']'.repeat(500)}; for (;;);`
    expect(() => run(code)).toThrow('stopped')
  })
})
