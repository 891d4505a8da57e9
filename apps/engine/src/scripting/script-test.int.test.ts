import type { ScriptTest, ScriptType } from '@thingwire/contracts'
import { afterAll, describe, expect, test } from 'vitest'
import { silentLogger } from '../observability/logger.ts'
import { createMetrics } from '../observability/metrics.ts'
import { createScriptRunner } from './script-runner.ts'
import { createScriptTester } from './script-test.ts'

const runner = createScriptRunner({
  processes: 1,
  timeoutMs: 300,
  memoryMb: 16,
  logger: silentLogger,
  metrics: createMetrics(),
})
afterAll(() => runner.stop(Date.now() + 1_000))
const tester = createScriptTester(runner)
const tryScript = (language: 'JS' | 'TBEL', given: ScriptTest) => tester.test('a tenant', language, given)
const request = (scriptType: ScriptType, script: string, more: Partial<ScriptTest> = {}): ScriptTest => ({
  script,
  scriptType,
  argNames: ['msg', 'metadata', 'msgType'],
  msg: '{"temperature":22}',
  metadata: { deviceName: 'A' },
  msgType: 'POST_TELEMETRY_REQUEST',
  ...more,
})
const run = (...args: Parameters<typeof request>) => tryScript('JS', request(...args))

describe('a script returns', () => {
  test.each([
    ['filter', 'return msg.temperature > 20;', 'true'],
    ['switch', "return ['one', 'two', 'one'];", '["one","two"]'],
    ['switch', 'return msgType;', '["POST_TELEMETRY_REQUEST"]'],
    ['string', 'return metadata.deviceName + JSON.stringify(msg);', 'A{"temperature":22}'],
    ['json', 'return null;', 'null'],
    [
      'update',
      'metadata.n = 1; return {msg: {t: 1}, metadata: metadata};',
      '{"msg":{"t":1},"metadata":{"deviceName":"A","n":"1"},"msgType":"POST_TELEMETRY_REQUEST"}',
    ],
    [
      'update',
      'return [{msgType: "X"}, 5];',
      '[{"msg":{"temperature":22},"metadata":{"deviceName":"A"},"msgType":"X"},{"msg":{"temperature":22},"metadata":{"deviceName":"A"},"msgType":"POST_TELEMETRY_REQUEST"}]',
    ],
    [
      'json',
      'console.log(msg); return [btoa("Hi"), ...Uint8Array.from(atob("AP8="), (c) => c.charCodeAt(0))];',
      '["SGk=",0,255]',
    ],
    [
      'json',
      'Object.defineProperty(Object, "assign", { value: (a, b) => a.concat(b) }); return Object.assign([1], [2]);',
      '[1,2]',
    ],
    ['json', 'return [1, 2].map((n) => new Date(n).getTime() + Math.max(n, 2));', '[3,4]'],
  ] as const)('%s: %s', async (type, script, output) => {
    expect(await run(type, script)).toEqual({ output, error: '' })
  })
})

describe('a script in TBEL returns', () => {
  test.each([
    ['filter', 'return msg.temperature > 20;', 'true'],
    ['switch', "return ['one', 'two', 'one'];", '["one","two"]'],
    ['switch', "return toSet(['one', 'two']);", '["one","two"]'],
    ['string', 'return metadata.deviceName + msg.temperature;', 'A22'],
    ['string', 'return msg;', '{"temperature":22}'],
    ['json', 'return {a: 1, b: 2.0};', '{"a":1,"b":2.0}'],
    [
      'update',
      'metadata.n = 40.0; metadata.list = [1, 2.5]; msg.x = 2.0; return {msg: msg, metadata: metadata, msgType: ""};',
      '{"msg":{"temperature":22,"x":2.0},"metadata":{"deviceName":"A","n":"40.0","list":"[1, 2.5]"},"msgType":"POST_TELEMETRY_REQUEST"}',
    ],
  ] as const)('%s: %s', async (type, script, output) => {
    expect(await tryScript('TBEL', request(type, script))).toEqual({ output, error: '' })
  })
})

describe('an error is told for', () => {
  test.each([
    ['filter', 'return 1;', 'Wrong result type: NUMBER'],
    ['filter', '', 'JS script is blank!'],
    ['update', 'return 7;', 'Wrong result type: NUMBER'],
    ['update', ' ', 'JS script is blank!'],
    ['generate', 'return [];', 'Wrong result type: ARRAY'],
    ['switch', 'return [1];', 'Wrong result type: NUMBER'],
    ['update', 'msg.x = 1;', 'Script returned nothing'],
    ['update', 'return {metadata: {a: {}}};', 'Metadata value a is not a text'],
    ['filter', 'throw new Error("mine");', 'Error: mine'],
    ['filter', 'return nothing.here;', 'ReferenceError: nothing is not defined'],
    ['filter', 'return atob("A") === "";', 'InvalidCharacterError: The string to be decoded is not correctly encoded'],
    ['filter', 'return Buffer.from([1]).length > 0;', 'ReferenceError: Buffer is not defined'],
    ['filter', 'return (', 'Unexpected end of input'],
    ['filter', 'const f = async () => 1; return true;', "Script must not contain 'async'"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the script is the one with the template
    ['filter', 'return `${Promise}` === "";', "Script must not contain 'Promise'"],
  ] as const)('%s: %s', async (type, script, error) => {
    expect(await run(type, script)).toEqual({ output: '', error: expect.stringContaining(error) })
  })

  test('data that is no JSON', async () => {
    expect((await run('filter', 'return true;', { msg: 'plain' })).error).toContain('SyntaxError')
  })

  test.each([
    ['filter', 'return 1;', 'Wrong result type: Integer'],
    ['filter', 'var x = ;', 'Line 1, column 9'],
    ['update', 'return [{msg: 1}, 5];', 'Wrong result type: Integer'],
    ['string', "raiseError('mine');", 'mine'],
    ['filter', '', 'TBEL script is blank!'],
    ['filter', 'def f(n) { return f(n + 1); } f(0)', 'functions call each other too deeply, or a value holds itself'],
    ['update', 'msg.self = msg; return {msg: msg};', 'functions call each other too deeply, or a value holds itself'],
    ['filter', 'new Date(msg.none)', 'the date null cannot be read'],
  ] as const)('TBEL %s: %s', async (type, script, error) => {
    expect(await tryScript('TBEL', request(type, script))).toEqual({
      output: '',
      error: expect.stringContaining(error),
    })
  })

  test('an argument whose name would smuggle code', async () => {
    const { error } = await run('filter', 'return true;', { argNames: ['a = (() => { throw 1 })()'] })
    expect(error).toContain('cannot be the name of an argument')
  })
})

test('forbidden words in texts and comments are no problem', async () => {
  const script = '/* async */ // await\n return "Promise" + \'setTimeout\';'
  expect((await run('string', script)).output).toBe('PromisesetTimeout')
})

describe('a hostile script', () => {
  const leak = (expression: string) =>
    run(
      'json',
      `let found = null; try { found = ${expression} } catch (e) { found = 'error ' + e } return String(found);`,
    )

  test.each([
    'typeof process',
    'typeof require',
    'typeof fetch',
    'typeof console.context',
    'typeof console.profile',
    'typeof Buffer',
    'typeof globalThis.process',
    'typeof WebAssembly',
  ])('does not see %s', async (expression) => {
    expect((await leak(expression)).output).toBe('"undefined"')
  })

  test.each([
    'this.constructor.constructor("return process")()',
    'Function("return process")()',
    'eval("process")',
    '(function(){}).constructor("return globalThis.process.env")()',
    '(() => { Error.prepareStackTrace = (e, s) => s.map((c) => c.getFunction() || c.getThis()).find((f) => f && f.process).process; return new Error().stack })()',
  ])('does not reach the process by %s', async (expression) => {
    const { output, error } = await leak(expression)
    expect(output + error).toMatch(/error|Error/)
    expect(output).not.toContain('[object process]')
  })

  test('cannot load a module', async () => {
    const script = 'let said = "none"; import("node:net").then(() => { said = "loaded" }, () => {}); return said;'
    expect((await run('string', script)).output).toBe('none')
  })

  test('is ended when it does not end by itself', async () => {
    expect(await run('filter', 'for (;;) {}')).toEqual({
      output: '',
      error: 'Script execution timed out',
    })
  })

  test('that fills the memory ends alone', async () => {
    const script = 'const all = []; for (;;) all.push(new Array(10000).fill(all.length));'
    expect(await run('filter', script)).toEqual({
      output: '',
      error: 'Script used too much memory',
    })
  }, 30_000)

  test('cannot answer more than the limit', async () => {
    expect((await run('string', 'return "x".repeat(5000000);')).error).toContain('exceeds 300000')
  })

  test('that spoils the built-ins spoils them for itself', async () => {
    const script = 'JSON.stringify = () => ({}); JSON.parse = null; Object.prototype.json = "x"; return true;'
    expect((await run('filter', script)).output).toBe('true')
  })
})

test('tests beyond those that may wait are refused', async () => {
  const results = await Promise.allSettled(Array.from({ length: 21 }, () => run('json', 'return 1;')))
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value.output : result.reason.code))).toEqual([
    ...Array.from({ length: 20 }, () => '1'),
    'RATE_LIMITED',
  ])
})
