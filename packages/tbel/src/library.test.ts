import { createContext, runInContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { compileTbel, compileTbelLibrary } from './compile.ts'
import type { Runtime } from './runtime/types.ts'
import { tbelRuntime } from './runtime-text.ts'

const context = createContext(Object.create(null))
const $: Runtime = runInContext(tbelRuntime, context)

type Functions = Record<string, (...parameters: unknown[]) => unknown>

const functionsOf = (source: string, imported: Functions = {}): Functions => {
  const compiled = compileTbelLibrary(source, { imports: Object.keys(imported) })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems))
  return runInContext(compiled.js, context)($, imported)
}
const run = (source: string, imported: Functions): string => {
  const compiled = compileTbel(source, { args: ['msg'], imports: Object.keys(imported) })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems))
  return $.text(runInContext(compiled.js, context)($, imported)($.fromJson('{"c":20}')))
}

const units = 'def toF(c) { scaled(c) + 32.0 }\ndef scaled(c) { f = 1.8; return c * f; }'

describe('a library', () => {
  it('gives its functions by name, and they call each other and helper functions', () => {
    expect(compileTbelLibrary(units)).toMatchObject({ ok: true, functions: ['toF', 'scaled'] })
    expect(run('return toF(msg.c);', functionsOf(units))).toBe('68.0')
    expect(run('return rounded(msg.c);', functionsOf('def rounded(x) { toFixed(x + 0.25, 1) }'))).toBe('20.3')
  })

  it('may use the functions of another one, and hide them by its own', () => {
    const imported = functionsOf(units)
    expect(run('toF(1)', functionsOf('def toF(c) { scaled(c) }', imported))).toBe('1.8')
    expect(run('toF(1)', functionsOf('def toF(c) { scaled(c) } def scaled(c) { 5 }', imported))).toBe('5')
  })

  it('keeps nothing from one call to the next', () => {
    const imported = functionsOf('def count() { n = 0; n = n + 1; return n; }')
    expect(run('count() + count()', imported)).toBe('2')
  })

  it.each([
    ['a statement', 'def a() { 1 }\nx = 2;', { line: 2, column: 1, message: 'a library holds functions only' }],
    [
      'a function twice',
      'def a() { 1 }\ndef a() { 2 }',
      { line: 2, column: 1, message: 'the function a stands here twice' },
    ],
    ['no script at all', 'def a( { 1 }', { line: 1 }],
  ])('is refused with %s', (_name, source, problem) => {
    expect(compileTbelLibrary(source)).toMatchObject({ ok: false, problems: [problem] })
  })
})

describe('a script with functions of a library', () => {
  it('may have a function of the same name, which is its own', () => {
    expect(run('def toF(c) { 7 } toF(1)', functionsOf(units))).toBe('7')
  })

  it('has the lines of its own in what is wrong with it', () => {
    expect(compileTbel('return\n1 +;', { args: [], imports: ['toF'] })).toMatchObject({
      ok: false,
      problems: [{ line: 2 }],
    })
  })

  it('takes a function of a library before a helper function of the language', () => {
    expect(run('toFixed(1.0, 1)', functionsOf('def toFixed(x, n) { 9 }'))).toBe('9')
  })
})
