import { createContext, runInContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { compileTbel } from './compile.ts'
import { helperGroups } from './helper-docs.ts'
import type { Runtime } from './runtime/types.ts'
import { tbelRuntime } from './runtime-text.ts'
import { shown } from './testing/shown.ts'
import { tables } from './testing/tables.ts'

const context = createContext(Object.create(null))
const $: Runtime = runInContext(tbelRuntime, context)

const run = (source: string, json = '{}'): string => {
  const args: Record<string, unknown> = JSON.parse(json)
  const compiled = compileTbel(source, { args: Object.keys(args) })
  if (!compiled.ok) return 'refused'
  try {
    const script = runInContext(compiled.js, context)($)
    return shown($, script(...Object.values(args).map((value) => $.fromJson(JSON.stringify(value)))))
  } catch {
    return 'error'
  }
}

describe('TBEL', () => {
  it.each(Object.entries(tables))('%s: every script gives what the language says', (_name, cases) => {
    expect(cases.length).toBeGreaterThan(20)
    const results = cases.map(([source, , args]) => [source, run(source, args), ...(args === undefined ? [] : [args])])
    expect(results).toEqual(cases)
  })

  it('documents every helper function with an example that is right', () => {
    const docs = Object.values(helperGroups).flatMap((group) => Object.entries(group))
    expect(docs.map(([name]) => name).sort()).toEqual(Object.keys($.helpers).sort())
    expect(docs.map(([, { example }]) => [example, run(example)])).toEqual(
      docs.map(([, { example, result }]) => [example, result]),
    )
    for (const [name, { signature }] of docs) expect(signature.startsWith(`${name}(`), name).toBe(true)
  })

  it('is shown by more than 300 scripts', () => {
    expect(Object.values(tables).flat().length).toBeGreaterThan(300)
  })

  it('reads numbers of JSON as Integer, Long or Double by their form, and writes them alike', () => {
    const text = '{"a":1.0,"b":1e3,"c":5000000000,"d":-0.5,"10":12345.60,"2":[1,2.50]}'
    expect(shown($, $.fromJson(text))).toBe(
      '{"a": 1.0, "b": 1000.0, "c": 5000000000L, "d": -0.5, "10": 12345.6, "2": [1, 2.5]}',
    )
    expect($.toJson($.fromJson(text))).toBe('{"a":1.0,"b":1000.0,"c":5000000000,"d":-0.5,"10":12345.6,"2":[1,2.5]}')
  })

  it.each([
    '1.0',
    '-1.50',
    '1e3',
    '2E-1',
    '5000000000',
    '-0',
    '1.12345678901234',
    '{"1":2,"0":3}',
    '{"7" :1}',
    '7',
    '"-0 1.0"',
  ])('reads %s in a long text as in a short one', (text) => {
    const filled = $.fromJson(`[${text},${'12,'.repeat(200)}${text}]`)
    const items = $.list(filled)
    const alone = shown($, $.fromJson(text))
    expect([items[0], items.at(-1)].map((item) => shown($, item))).toEqual([alone, alone])
  })

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'treats the key %s of a map like any other',
    (key) => {
      expect(run(`m.${key}`, '{"m":{}}')).toBe('null')
      expect(run(`m.${key} = 5; m`, '{"m":{}}')).toBe(`{"${key}": 5}`)
      expect(run(`var q = {}; q.${key}`)).toBe('null')
    },
  )

  it.each([
    "'a'.constructor",
    "'a'.constructor('x')",
    '[].constructor',
    '[].__proto__',
    '(5).constructor',
    '[].at(0)',
    "'a'.__defineGetter__('x', 1)",
    'true.constructor',
    'new Function(1)',
    'constructor',
    'this',
    'globalThis',
    'Math.constructor',
    "Math.constructor('return 1')",
    'Integer.__proto__',
    'parseInt.constructor',
    'hasOwnProperty(1)',
    'toString()',
    'eval(1)',
    'arguments',
    '$.helpers',
    'v_x',
    'k0',
  ])('gives %s no way to JavaScript', (source) => {
    expect(run(source)).toMatch(/^(error|refused)$/)
  })

  it('says where and why a script cannot be translated', () => {
    expect(compileTbel('var a = 1;\n  let b = 2;', { args: [] })).toEqual({
      ok: false,
      problems: [{ line: 2, column: 3, message: '"let" is not supported' }],
    })
    expect(compileTbel('return {a: 1', { args: [] })).toMatchObject({ problems: [{ line: 1, column: 13 }] })
  })

  it('keeps the names of a script apart from those of JavaScript', () => {
    expect(run('var class_ = 1; var $a = 2; var å = 3; var async2 = 4; class_ + $a + å + async2')).toBe('10')
    expect(run('var s = 1; switch (s) { case 1: return s + 1; }')).toBe('2')
  })
})
