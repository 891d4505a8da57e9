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

/** What this file compares besides the tables of the language. */
const programs: [string, Args][] = [
  ...[
    'var sum = 0; for (i = 0; i < m.list.size(); i++) { sum += m.list[i]; } sum',
    'var sum = 0; foreach (v : m.list) { if (v == 2) { break; } sum += v; } sum',
    'var out = []; foreach (e : m) { out.add(e.key + "=" + e.value); } out',
    'var last = 0; var n = 0; while (n < 5) { n++; var k; if (n > 2) { k = n; } last = k; } last',
    'var n = 0; do { n += 2; } while (n < 7); n',
    'var n = 0; until (n >= 3) { n++; } n',
    'var s = 0; for (i = 0; i < 9; i++) { if (i % 3 == 0) continue; switch (i) { case 4: continue; case 7: break; } s += i; } s',
    'var s = 0; foreach (v : m.list) { if (v == 2) { continue; } s += v; } s',
    'var n = 0; do { n++; if (n == 2) continue; if (n > 5) break; } while (n < 9); n',
    'def f(n) { if (n > 3) { var y = n; } else { y = 0 } for (i = 0; i < n; i++) { y += i } return [i, y] } [f(m.n), f(1)]',
    'var r = []; for (v : m.list) { if (v > 1) { r.add(last) } last = v } r',
    'def f(list) { var r = []; for (v : list) { for (w : list) { if (w > 1) { r.add(y) } y = v + w } } r } f(m.list)',
    'var a = 1; def f(n) { var a = n; var b = 2; a + b } var b = 9; [f(5), a, b]',
    'var data = m.list; def f(n) { var data = n; if (n > 1) { data = data * 2; } data } [f(1), data, f(4), data]',
    'def toFixed(x, n) { 5 } def twice(x) { x * 2 } def twice(x) { x * 3 } [toFixed(1.25, 1), twice(2)]',
    'def first(list) { for (v : list) { if (v < 2) continue; return v; } } [first(m.list), first([])]',
    'var s = 0; for (var i = 0, j = 9; i < j; i++, j -= 2) { s += j } [s, m.none ?? s, m.n ?? 0, m.none ?? m.other]',
    'if (false) { Math.none; unknown(1); Math.other(2); other } if (m.n == 5) { break; } 7',
    'def fact(n) { n < 2 ? 1 : n * fact(n - 1) } [fact(5), fact(20)]',
    'var base = 10; def add(a, b) { a + (b == null ? base : b) } base = 20; [add(1), add(1, 2)]',
    'var out = []; for (var i = 0; i < 3; i++) { def twice() { i * 2 } out.push(twice()); } out',
    'var x = 0; switch (m.text) { case "a": x = 1; break; case "abc": x = 2; default: x = 3; } x',
    'var bytes = hexToBytes("0ce4ff10"); var v = parseBytesToInt(bytes, 0, 2); [v, bytesToHex(bytes)]',
    'var l = new java.util.ArrayList(); l.add(3); l.add(1); l.sort(); l.addAll([9, 8]); [l, l.indexOf(9), l.contains(4)]',
    'var a = new int[3]; a[1] = 5; a[1] += 2; a[0]++; [a, a.length]',
    'var d = new Date("2024-02-28T23:00:00Z"); d.addDays(2); [d.toISOString(), d.getMonth(), d.getTime()]',
    'var parts = m.text.split("b"); [parts[0], parts.length, m.text.replaceAll("b", "-"), m.text.replace("c", "d")]',
    'm.list.push(4); m.list.remove(0); m["k" + 1] = m.list; m.list[0] = 7; m',
    '[(int) "12", (double) 3, m.n is Integer, isdef m, isdef nothing, m.n convertable_to String, Integer.toHexString(255)]',
    'var s = newSet(); s.add(1); s.add(1); [s.size(), toFlatMap(m), String.format("%05.1f|%x", 2.25, 255), btoa("abc")]',
    'var x = 5; var y = x++ + ++x; x--; m.n++; [x, y, m.n]',
    '[m.text ~= "[a-c]+", m.text ~= "b", m.text.matches("\\\\w{3}"), m.text.matches("a.c"), m.n ~= "5", null ~= "x"]',
    '[m.text.split("[bx]"), "a1b22c".replaceAll("\\\\d+", "-"), "a  b".split("\\\\s+").length, "aXbX".replaceFirst("[X]", "")]',
    '["2024-0117".replaceFirst("(\\\\d{4})-(\\\\d{2})", "$2/$1"), "a1b2".replaceAll("(\\\\w)(\\\\d)", "$2\\\\$$1"), m.text.replaceAll("b", "[$0]")]',
    'isInsidePolygon(1.0, 1.0, "[[0,0],[0,2],[2,2],[2,0]]")',
  ].map((source): [string, Args] => [source, { m: '{"list":[1,2,3],"text":"abc","n":5}' }]),
]

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
    expect(given).toBeGreaterThan(600)
  })

  test.each(programs)('runs as its code does: %s', (source, args) => {
    expect(direct(source, args)).toBe(translated(source, args))
    expect(translated(source, args)).not.toBe('error')
  })

  test('runs with functions of libraries', () => {
    const libraries = [
      { name: 'math', body: 'def rounded(n) { Math.round(n * 10) / 10.0 }', uses: [] },
      {
        name: 'units',
        body: 'def celsius(f) { rounded((f - 32) * 5 / 9) } def both(f) { [f, celsius(f)] }',
        uses: ['math'],
      },
    ]
    const run = directTbel('def celsius(f) { 0 } both(m.f)', ['m'], { libraries, uses: ['units'] })
    expect(run?.(tbelValues.fromJson('{"f":100}'))).toEqual([100, 37.8])
    const unknown = directTbel('rounded(1)', ['m'], { libraries, uses: ['units'] })
    expect(() => unknown?.(new Map())).toThrow()
    expect(directTbel('1', ['m'], { libraries: [{ name: 'a', body: 'x = 1', uses: [] }], uses: ['a'] })).toBeNull()
  })

  test('has its steps counted: a loop runs here as long as it is short', () => {
    const rounds = (count: number) => direct(`var n = 0; for (i = 0; i < ${count}; i++) { n += i; } n`, { m: '{}' })
    expect(rounds(300)).toContain('44850')
    expect(rounds(6_000)).toBeUndefined()
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

test.each([...['return {;', 'def f(a, a) { a } f(1)']])('%s needs a sandbox', (source) => {
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
  ['an error that the script raises', 'if (m.n > 1) { raiseError("x", m); } m.n'],
  ['a loop without an end', 'while (true) { x = 1; }'],
  ['a call that does not end', 'def f(n) { return f(n + 1); } f(0)'],
  ['a list that grows in a loop', 'var a = []; while (true) { a.add(a.size()); }'],
  ['a list in itself', 'var a = []; for (i = 0; i < 40; i++) { a = [a, a]; } a'],
  ['many long texts', 'var a = []; var s = "x".repeat(9000); for (i = 0; i < 500; i++) { a.add(s); } a'],
  ['a long text that is written out', 'var s = "x".repeat(9000); var a = [s, s, s]; a.toString()'],
  ['a search with a pattern', '"aaaaaaaaaa".replaceAll("(a+)+b", "")'],
  ['a pattern that may try too many ways', 'm.text ~= "(a+)+b"'],
  ['another such pattern', '"aaaaaaaa".matches("(a+)+b")'],
  ['a pattern that refers back', '"aa".matches("(a)\\\\1")'],
  ['a search that takes long', '"x".repeat(500).matches("x*x*x*y")'],
  ['a search of a long text', '"x".repeat(5000) ~= ".*y"'],
  ['a long pattern', '"x".matches("x".repeat(500))'],
  ['a long replacement with groups', '"ab".replaceAll("(a)(b)", "$1".repeat(51))'],
  ['a width without measure', 'padStart("a", 999999999, "b")'],
  ['another one', 'String.format("%999999999d", 1)'],
  ['a number of ten thousand digits', 'Long.parseLong("1".repeat(9000))'],
  ['an array of a million', 'new int[1000000]'],
  ['too many parameters', 'def f(a) { a } f(1, 2)'],
  ['a way to what an object of JavaScript has', 'm.constructor("x")'],
  ['another such way', 'm.n.__proto__.x'],
  ['a condition that is none', 'm.n ? 1 : 2'],
  ['a name that is not known', 'if (m.n > 1) { unknownName }'],
  ['a function that is not known', 'unknown(m)'],
  ['what a class does not have', 'Math.constructor'],
  ['a method that a class does not have', 'Math.constructor("x")'],
  ['a loop that goes on without an end', 'while (true) { if (m.n == 5) { continue; } x = 1; }'],
  ['a round of no loop', 'continue;'],
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
    '~=',
    '.matches("[a-z]+")',
    '.split("[,; ]")',
    '.replaceAll("\\\\d*", "-")',
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
