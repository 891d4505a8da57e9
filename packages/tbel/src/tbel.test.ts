import { createContext, runInContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { arithmeticCases } from './cases/arithmetic.ts'
import type { Case } from './cases/case.ts'
import { detailsCases } from './cases/details.ts'
import { methodsCases } from './cases/methods.ts'
import { numberHelpersCases } from './cases/number-helpers.ts'
import { operatorsCases } from './cases/operators.ts'
import { otherHelpersCases } from './cases/other-helpers.ts'
import { programsCases } from './cases/programs.ts'
import { statementsCases } from './cases/statements.ts'
import { widerCases } from './cases/wider.ts'
import { compileTbel } from './compile.ts'
import { helperGroups } from './helper-docs.ts'
import type { Runtime } from './runtime/types.ts'
import { tbelRuntime } from './runtime-text.ts'

const context = createContext(Object.create(null))
const $: Runtime = runInContext(tbelRuntime, context)
const kindOf = (value: unknown) => Object.prototype.toString.call(value)

/** A value as literals of the language; arrays look like lists. */
const shown = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'bigint') return `${value}L`
  if (value instanceof $.Boxed) return value.type === 'float' ? `${$.text(value)}f` : $.text(value)
  if (value instanceof $.JavaArray) return shown(value.items)
  if (value instanceof $.Entry) return `ExecutionEntry(${$.text(value)})`
  if (value instanceof $.Date) return `TbDate(${$.text(value)})`
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`
  if (kindOf(value) === '[object Set]') return `#{${[...$.items(value)].map(shown).join(', ')}}`
  if (kindOf(value) !== '[object Map]') return $.text(value)
  const keys = $.mapMethods.keys?.(value)
  const parts = Array.isArray(keys) ? keys.map((key) => `${shown(key)}: ${shown($.mapMethods.get?.(value, key))}`) : []
  return `{${parts.join(', ')}}`
}

const run = (source: string, json = '{}'): string => {
  const args: Record<string, unknown> = JSON.parse(json)
  const compiled = compileTbel(source, { args: Object.keys(args) })
  if (!compiled.ok) return 'refused'
  try {
    const script = runInContext(compiled.js, context)($)
    return shown(script(...Object.values(args).map((value) => $.fromJson(JSON.stringify(value)))))
  } catch {
    return 'error'
  }
}

const tables: Record<string, readonly Case[]> = {
  operators: operatorsCases,
  arithmetic: arithmeticCases,
  details: detailsCases,
  methods: methodsCases,
  statements: statementsCases,
  programs: programsCases,
  'helper functions on numbers': numberHelpersCases,
  'other helper functions': otherHelpersCases,
  'what goes beyond': widerCases,
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
    expect(shown($.fromJson(text))).toBe(
      '{"a": 1.0, "b": 1000.0, "c": 5000000000L, "d": -0.5, "10": 12345.6, "2": [1, 2.5]}',
    )
    expect($.toJson($.fromJson(text))).toBe('{"a":1.0,"b":1000.0,"c":5000000000,"d":-0.5,"10":12345.6,"2":[1,2.5]}')
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
