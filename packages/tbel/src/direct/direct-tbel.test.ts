import { createContext, runInContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { compileTbel } from '../compile.ts'
import type { Runtime } from '../runtime/types.ts'
import { tbelRuntime } from '../runtime-text.ts'
import { shown } from '../testing/shown.ts'
import { tables } from '../testing/tables.ts'
import { directTbel, tbelValues } from './direct-tbel.ts'

const context = createContext(Object.create(null))
const $: Runtime = runInContext(tbelRuntime, context)

type Args = Record<string, string>

let last: { source: string; names: string; script: (...values: unknown[]) => unknown } | null = null
const translation = (source: string, args: string[]): ((...values: unknown[]) => unknown) => {
  const names = args.join()
  if (last?.source !== source || last.names !== names) {
    const compiled = compileTbel(source, { args })
    if (!compiled.ok) throw new Error('refused')
    last = { source, names, script: runInContext(compiled.js, context)($) }
  }
  return last.script
}

/** What the code of a script answers in a realm of its own, with values and their JSON. */
const translated = (source: string, args: Args): string => {
  try {
    const script = translation(source, Object.keys(args))
    const values = Object.values(args).map((text) => $.fromJson(text))
    const result: unknown = script(...values)
    return [result, ...values].map((value) => `${shown($, value)} ${$.toJson(value)}`).join(' | ')
  } catch {
    return 'error'
  }
}

/** The same without code; undefined where that is left to a sandbox. */
const direct = (source: string, args: Args): string | undefined => {
  const run = directTbel(source, Object.keys(args))
  if (!run) return undefined
  try {
    const values = Object.values(args).map((text) => tbelValues.fromJson(text))
    const result = run(...values)
    return [result, ...values].map((value) => `${shown(tbelValues, value)} ${tbelValues.toJson(value)}`).join(' | ')
  } catch {
    return undefined
  }
}

const cases = Object.values(tables)
  .flat()
  .map(([source, , json = '{}']): [string, Args] => {
    const given: Record<string, unknown> = JSON.parse(json)
    return [source, Object.fromEntries(Object.entries(given).map(([name, value]) => [name, JSON.stringify(value)]))]
  })

const values = [
  ...['null', '0', '1', '-7', '22', '2147483647', '-2147483648', '5000000000', '9223372036854775807', '2.0', '0.5'],
  ...['-3.7', '1e300', '-0', 'true', 'false', '""', '"a"', '"12"', '"1.5"', '"no"', '[]', '[1,2]', '{}', '{"a":1}'],
]
const pairs = values.flatMap((a) => values.map((b) => ({ m: `{"a":${a},"b":${b}}`, t: a })))

/** How many pairs got an answer; each must be that of the translation. */
const answers = (source: string): number => {
  let given = 0
  for (const args of pairs) {
    const answer = direct(source, args)
    if (answer === undefined) continue
    given++
    expect([source, args, answer]).toEqual([source, args, translated(source, args)])
  }
  return given
}

describe('a script that needs no sandbox', () => {
  test('answers what the language says', () => {
    let given = 0
    for (const [source, args] of cases) {
      const answer = direct(source, args)
      if (answer === undefined) continue
      given++
      expect([source, answer]).toEqual([source, translated(source, args)])
    }
    expect(given).toBeGreaterThan(200)
  })

  test.each([
    ...['+', '-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>', '>>>', '<', '<=', '>', '>=', '==', '!=', '#'],
    ...['contains', 'or'],
  ])('m.a %s m.b', (operator) => {
    expect(answers(`var r = m.a ${operator} m.b; [r, m.a ${operator} 7, 7 ${operator} 2]`)).toBeGreaterThan(3)
    expect(answers(`m.a ${operator} m.b`)).toBeGreaterThan(30)
  })

  test.each(['+=', '-=', '*=', '/=', '%=', '&=', '|=', '^='])('a %s b', (operator) => {
    expect(
      answers(`var x = m.a; x ${operator} m.b; m.a ${operator} m.b; m['b'] ${operator} 2; [x, m]`),
    ).toBeGreaterThan(10)
  })

  test.each([
    ...['-m.a', '~m.a', '!m.a', 'm.a ? 1 : 2', 'm.a && m.b', 'm.a || m.b', 'm.a == null', 'm.a == empty', 'm.?a.b.c'],
    ...['m.a.size()', 'm.a.length()', 'm.a.b', 'm.a[0]', 'm.a["b"]', 'm[t]', 'm.a.toString()', 'm.a.equals(m.b)'],
    ...['m.a.isEmpty()', 'm.a.contains(m.b)', 'm.a.substring(1)', 'm.a.intValue()', 'm.containsKey("a")', 'm.get("b")'],
    ...['toFixed(m.a, 1)', 'toInt(m.a)', 'parseInt(m.a)', 'parseFloat(m.a)', 'parseDouble(m.a)', 'parseLong(m.a)'],
    ...['Math.abs(m.a)', 'Math.round(m.a)', 'Math.max(m.a, m.b)', 'Math.pow(m.a, 2)', 'Math.sqrt(m.a) + Math.PI'],
    ...['JSON.stringify(m)', 'JSON.parse("{\\"x\\": 2.0}")', 'JSON.parse(m.a)', 'm.remove("a"); m', 'm.a.remove(0)'],
    ...['m.a = m.b; m.c = null; m.d = [1, m.a]; m', 'm["b"] = m.a; m', '[m.a, [:], {"k": m.b}]', 'var x; x = m.a; x'],
    ...['if (m.a > m.b) { "more" } else if (m.a == m.b) { "same" } else { y = m.a; y }', 'if (m.b) { return 1; } m.a'],
    ...['var s = 1; if (m.a != 1) { var s = 2; u = 3; } s', 'x = m.a; x += 1; x -= (x = 5); x', 'm.a > 3 and m.b < 9'],
  ])('%s', (source) => {
    expect(answers(source)).toBeGreaterThan(0)
  })
})

test.each([
  ...['for (i = 0; i < 3; i++) { x = i }', 'while (true) { 1 }', 'foreach (x : m) { 1 }', 'def f() { f() } f()'],
  ...['m.a ~= "(a+)+b"', 'm.a.matches("(a+)+b")', 'm.a.replaceAll("a", "b")', 'm.a.repeat(1000)', 'new Date()'],
  ...[
    'new java.util.ArrayList()',
    'x++',
    'unknownName',
    'm.a.constructor("x")',
    'hexToBytes(m.a)',
    'Math.constructor',
    'return {;',
  ],
])('%s needs a sandbox', (source) => {
  expect(directTbel(source, ['m'])).toBeNull()
})

test.each([
  ['a text that grows', `var a = 'x'; ${'a = a + a;'.repeat(30)} a`],
  ['a list that grows', `var a = [1]; ${'a = a + a;'.repeat(30)} a`],
  [
    'a list that is shared again and again',
    `var a0 = [1]; ${Array.from({ length: 30 }, (_, n) => `var a${n + 1} = [a${n}, a${n}];`).join('')} a30`,
  ],
  ['an error', 'm.none.deep'],
  ['a condition that is none', 'm.n ? 1 : 2'],
])('leaves %s to the sandbox', (_, source) => {
  expect(directTbel(source, ['m'])).not.toBeNull()
  expect(direct(source, { m: '{"n":5}' })).toBeUndefined()
})

test('damaged scripts answer without code what their code answers', () => {
  let state = 7
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const bits = [
    'm.a',
    '1',
    '"x"',
    '2.0',
    '5L',
    '+',
    '-',
    '*',
    '/',
    '==',
    '<',
    '=',
    '+=',
    ';',
    '(',
    ')',
    '?',
    ':',
    '.',
    '!',
    'null',
  ]
  const sources = cases.map(([source]) => source).filter((source) => source.length < 200)
  let given = 0
  for (let round = 0; round < 6_000; round++) {
    let source = sources[Math.floor(random() * sources.length)] ?? ''
    for (let change = 0; change <= random() * 3; change++) {
      const at = Math.floor(random() * (source.length + 1))
      source =
        source.slice(0, at) +
        (random() < 0.3 ? '' : ` ${bits[Math.floor(random() * bits.length)]} `) +
        source.slice(at + Math.floor(random() * 4))
    }
    const args = pairs[Math.floor(random() * pairs.length)] ?? { m: '{}', t: '1' }
    const answer = direct(source, args)
    if (answer === undefined) continue
    given++
    expect([source, answer]).toEqual([source, translated(source, args)])
  }
  expect(given).toBeGreaterThan(300)
})
