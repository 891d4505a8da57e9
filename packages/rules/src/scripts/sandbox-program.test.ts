import { describe, expect, it } from 'vitest'
import { readsMetadata } from './sandbox-program.ts'
import { messageArguments, type ScriptKind } from './script.ts'
import { scriptsInRealm } from './scripts-in-realm.ts'

const input = { data: '{"t":22}', metadata: { deviceName: 'Hall' }, type: 'ALARM' }
const { load } = scriptsInRealm(() => 'TBEL is not translated here')

/** What the script answers for each of `data`, one after the other in one realm. */
const run = async (body: string, kind: ScriptKind, data: readonly string[] = [input.data]) => {
  const script = await load({ language: 'JS', kind, argNames: messageArguments, body })
  const answers = await script(
    data.map((one) => ({ ...input, data: one })),
    new AbortController().signal,
  )
  return answers.map((answer) => (answer.ok ? answer.value : answer.error))
}

describe('nothing of a message is left for the next one', () => {
  it.each([
    ['a variable that was never declared', 'return (typeof n === "undefined" ? (n = 1, "new") : "old");'],
    ['a property of the global object', 'const old = globalThis.n; globalThis.n = 1; return old ? "old" : "new";'],
    [
      'a hidden property of the global object',
      'const old = globalThis.n; try { Object.defineProperty(globalThis, "n", { value: 1 }) } catch {} return old ? "old" : "new";',
    ],
    ['a property of a prototype', 'const old = ({}).n; Object.prototype.n = 1; return old ? "old" : "new";'],
    [
      'a method of a prototype',
      'const old = [1].map((n) => n + 1)[0]; Array.prototype.map = () => [3]; return old === 2 ? "new" : "old";',
    ],
    ['a built-in', 'const ok = JSON.parse("1") === 1; JSON.parse = () => 2; return ok ? "new" : "old";'],
    [
      'a property of the script itself',
      'const me = arguments.callee; const old = me.n; me.n = 1; me.prototype.n = 1; return old ? "old" : "new";',
    ],
    [
      'a property of a prototype that no name leads to',
      'const p = Object.getPrototypeOf(function* () {}); const old = p.n; p.n = 1; return old ? "old" : "new";',
    ],
    [
      'the prototype of the global object',
      'const old = globalThis.n; try { Object.setPrototypeOf(globalThis, { n: 1 }) } catch {} return old ? "old" : "new";',
    ],
    ['the last match of a pattern', 'const old = RegExp.$1; /(x)/.test("x"); return old ? "old" : "new";'],
    [
      'a function of Object that is replaced',
      'const ok = Object.assign({ a: 1 }, { b: 2 }).b === 2; Object.defineProperty(Object, "assign", { value: () => 1 }); return ok && Object.assign() === 1 ? "new" : "old";',
    ],
    [
      'the same by an assignment',
      'const ok = Object.assign({ a: 1 }, { b: 2 }).b === 2; Object.assign = () => 1; return ok && Object.assign() === 1 ? "new" : "old";',
    ],
    ['a member of the console', 'const old = console.n; console.n = 1; return old ? "old" : "new";'],
    [
      'another function of Object',
      'const ok = Object.keys({}).length === 0; try { Object.defineProperty(Object, "keys", { value: () => [1] }); } catch {} Object.keys = () => [1]; return ok ? "new" : "old";',
    ],
    ['what the platform has', 'const ok = atob("QQ==") === "A"; atob = () => "B"; return ok ? "new" : "old";'],
    [
      'how errors are told',
      'const old = new Error("e").stack; Error.prepareStackTrace = () => "mine"; return old === "mine" ? "old" : "new";',
    ],
  ])('%s', async (_name, body) => {
    expect(await run(body, 'string', ['{}', '{}', '{}'])).toEqual([['new'], ['new'], ['new']])
  })
})

const handsBack = 'return {msg: msg, metadata: metadata, msgType: msgType};'
describe('metadata that a script only hands back', () => {
  const reads = (body: string, kind: ScriptKind = 'update') =>
    readsMetadata({ language: 'JS', kind, argNames: messageArguments, body })

  it.each([
    ['the usual end', `msg.f = msg.t * 2;\n${handsBack}`],
    [
      'several ends',
      `if (msg.t > 20) { msg.hot = true; ${handsBack} }\nreturn { msg : msg , metadata : metadata, msgType : other }`,
    ],
  ])('is not sent: %s', (_name, body) => expect(reads(body)).toBe(false))

  it.each([
    ['looked at before', `if (metadata.x) msg.y = 1; ${handsBack}`],
    ['handed back in another place', 'return {msg: metadata, metadata: metadata, msgType: msgType};'],
    ['taken out of the result', 'return {msg: msg, metadata: metadata, msgType: msgType}[msg.key];'],
    ['taken out of what a function returns', `const end = () => { ${handsBack} }; return end()[msg.key];`],
    ['taken out of what a method returns', `const o = { end() { ${handsBack} } }; return o.end()[msg.key];`],
    ['in a variable', 'const r = {msg: msg, metadata: metadata, msgType: msgType}; r[msg.key].x = 1; return r;'],
  ])('is sent: %s', (_name, body) => expect(reads(body)).toBe(true))

  it('is sent to scripts of other kinds, which answer with what they return', () => {
    expect(reads(handsBack, 'json')).toBe(true)
  })

  it('stays as it was', async () => {
    expect(await run(`msg.t = 1; ${handsBack}`, 'update')).toEqual([['{"t":1}', null, null]])
  })
})

it.each([
  ['its name', 'return metadata.deviceName;'],
  ['an escape of its name', 'return m\\u0065tadata.deviceName;'],
  ['arguments', 'return arguments[1].deviceName;'],
  ['eval', 'return eval("meta" + "data.deviceName");'],
])('metadata is reached by %s', async (_name, body) => {
  expect(await run(body, 'string')).toEqual([['Hall']])
})

describe('everyday scripts are not disturbed by it', () => {
  it.each([
    [
      'variables without declaration within one call',
      'sum = 0; for (i = 0; i < 4; i++) sum += i; return String(sum);',
      '6',
    ],
    [
      'functions that call each other',
      'function a(n) { return n ? b(n - 1) : "end"; } function b(n) { return a(n); } return a(3);',
      'end',
    ],
    [
      'a field called toString',
      'msg.toString = 1; msg.constructor = 2; return JSON.stringify(msg);',
      '{"t":22,"toString":1,"constructor":2}',
    ],
    [
      'bytes as text and back',
      'const read = atob("AP9B"); return btoa(read) + [...read].map((sign) => sign.charCodeAt(0)) + typeof globalThis.atob;',
      'AP9B0,255,65function',
    ],
    [
      'a text that holds no bytes',
      'const out = []; for (const f of [() => atob("A"), () => btoa("€"), () => atob(), () => btoa(Symbol("a"))]) try { f() } catch (e) { out.push(e.name, e instanceof Error, e instanceof TypeError, JSON.stringify(e)) } return out.join();',
      'InvalidCharacterError,true,false,{},InvalidCharacterError,true,false,{},TypeError,true,true,{},TypeError,true,true,{}',
    ],
    [
      'an own way to join objects',
      'Object.defineProperty(Object, "assign", { enumerable: false, value: function (to, from) { for (const key of Object.keys(from)) to[key] = (to[key] || []).concat(from[key]); return to; } }); const o = Object.defineProperty({}, "x", { value: 1 }); return JSON.stringify([Object.assign({ a: [1] }, { a: [2] }), o.x]);',
      '[{"a":[1,2]},1]',
    ],
    ['lines for a console that nobody reads', 'console.log("a"); return typeof console.log;', 'function'],
    ['an error with a name of its own', 'const e = new Error("x"); e.name = "Mine"; return String(e);', 'Mine: x'],
    [
      'a class that extends a built-in',
      'class L extends Array { last() { return this[this.length - 1]; } } const l = new L(); l.push(1, 2); return String(l.last());',
      '2',
    ],
    ['an object with methods', 'function P() {} P.prototype.toString = () => "p"; return String(new P());', 'p'],
  ])('%s', async (_name, body, answer) => {
    expect(await run(body, 'string')).toEqual([[answer]])
  })
})

describe('a hostile answer', () => {
  it.each([
    [
      'an array with methods of its own',
      'update',
      'const a = [{}]; a.flatMap = () => ["x", 7, {length: 1e9}]; a.map = null; return a;',
      [null, null, null],
    ],
    [
      'a getter that changes its mind',
      'update',
      'let n = 0; return {metadata: {get a() { return n++ ? {} : "x"; }}};',
      [null, { a: 'x' }, null],
    ],
    ['toJSON that returns something else', 'filter', 'return {toJSON: () => true};', ['true']],
    ['toJSON that throws', 'json', 'return {toJSON() { throw "mine"; }};', 'mine'],
    ['toJSON that returns nothing', 'json', 'return {toJSON() {}};', 'Script returned nothing'],
    ['a proxy', 'string', 'return new Proxy({}, {get() { throw "mine"; }});', 'mine'],
    ['a circle', 'json', 'const a = {}; a.a = a; return a;', /circular/],
    ['a function', 'filter', 'return () => true;', 'Script returned nothing'],
    ['a symbol', 'string', 'return Symbol("x");', 'Script returned nothing'],
    ['a bigint', 'json', 'return 1n;', /BigInt/],
    ['an error without a text', 'filter', 'throw {toString() { throw 1; }, get message() { throw 2; }};', 'Error'],
    ['an error that is an object without prototype', 'filter', 'throw Object.create(null);', 'Error'],
    ['a long error', 'filter', 'throw "x".repeat(5000);', 'x'.repeat(1_000)],
    ['null for an error', 'filter', 'throw null;', 'null'],
    ['a result that is too long', 'string', 'return "x".repeat(300001);', 'Script result exceeds 300000 characters'],
  ] as const)('%s', async (_name, kind, body, answer) => {
    const [got] = await run(body, kind)
    if (answer instanceof RegExp) expect(got).toMatch(answer)
    else expect(got).toEqual(answer)
  })
})

describe('the results of a transformation', () => {
  it.each([
    ['null for a type is the text null', 'return {msgType: null};', [null, null, 'null']],
    ['a number for a type is its text', 'return {msgType: 5};', [null, null, '5']],
    ['an object for a type leaves it', 'return {msgType: {}};', [null, null, null]],
    ['null for data is data', 'return {msg: null};', ['null', null, null]],
    ['a function for data leaves it', 'return {msg: () => 1};', [null, null, null]],
    ['a date is a text', 'return {metadata: {at: new Date(0)}};', [null, { at: '1970-01-01T00:00:00.000Z' }, null]],
    [
      'booleans are texts, and null and undefined are left out',
      'return {metadata: {a: true, b: null, c: undefined, d: NaN}};',
      [null, { a: 'true' }, null],
    ],
    ['metadata that is null leaves it', 'return {metadata: null};', [null, null, null]],
    ['metadata with a list fails', 'return {metadata: {a: [1]}};', 'Metadata value a is not a text'],
    ['metadata that is a list fails', 'return {metadata: ["a"]};', 'Wrong result type: ARRAY'],
    ['null fails', 'return null;', 'Wrong result type: NULL'],
    ['true fails', 'return true;', 'Wrong result type: BOOLEAN'],
    ['nothing fails', 'msg.t = 1;', 'Script returned nothing'],
  ] as const)('%s', async (_name, body, answer) => {
    expect(await run(body, 'update')).toEqual([answer])
  })
})

it('a message that is too large does not reach the script, and its neighbours do', async () => {
  const answers = await run('return String(msg.length);', 'string', [
    '"abc"',
    JSON.stringify('x'.repeat(100_000)),
    '"ab"',
  ])
  expect(answers).toEqual([['3'], 'Script input arguments exceed 100000 characters', ['2']])
})
