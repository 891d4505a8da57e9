import { describe, expect, test } from 'vitest'
import { messageArguments } from '../script.ts'
import { scriptsInRealm } from '../scripts-in-realm.ts'
import { directScript } from './direct-script.ts'

const { load } = scriptsInRealm(() => 'TBEL is not translated here')
const { signal } = new AbortController()

/** What a message can hold; the first stands for a member that is not there. */
const values = [
  ...[
    '',
    '0',
    '-0',
    '1',
    '22',
    '-3.7',
    '1e400',
    '1e21',
    '0.1',
    'true',
    'false',
    'null',
    '""',
    '"a"',
    '"b"',
    '"12"',
    '" 7 "',
  ],
  ...['"0x10"', '"constructor"', '"__proto__"', '"length"', '"$&"', '"$1$$"', '[]', '[1,2]', '["a"]', '{}', '{"a":1}'],
  ...['{"toString":1}', '{"hasOwnProperty":1}'],
]
const pairs = values.flatMap((a) => values.map((b) => [a, b] as const))
const inputs = pairs.map(([a, b]) => ({
  data: `{${[a && `"a":${a}`, b && `"b":${b}`].filter((part) => part !== '').join()}}`,
  metadata: { ts: '5' },
  type: 'ALARM',
}))

/** Which answers a script gives without the sandbox: all of these must be what the sandbox says. */
const answers = async (body: string): Promise<number> => {
  const source = { language: 'JS', kind: 'json', argNames: messageArguments, body } as const
  const direct = directScript(source)
  if (!direct) throw new Error(`This needs a sandbox: ${body}`)
  const expected = await (await load(source))(inputs, signal)
  let given = 0
  for (const [index, input] of inputs.entries()) {
    const value = direct(input)
    if (!value) continue
    given++
    expect([input.data, { ok: true, value }]).toEqual([input.data, expected[index]])
  }
  return given
}

/** Among what has no members. */
const simplePairs = 22 * 22

describe('does to values what the sandbox does', () => {
  test.each([
    ...[
      '+',
      '-',
      '*',
      '/',
      '%',
      '**',
      '&',
      '|',
      '^',
      '<<',
      '>>',
      '>>>',
      '<',
      '<=',
      '>',
      '>=',
      '==',
      '!=',
      '===',
      '!==',
    ],
    ...['&&', '||', '??'],
  ])('a %s b', async (operator) => {
    const body = `var r = msg.a ${operator} msg.b; return [r, typeof r, 1 / r];`
    expect(await answers(body)).toBeGreaterThanOrEqual(simplePairs)
  })

  test.each(['!', '-', '+', '~', 'typeof '])('%sa', async (operator) => {
    const body = `var r = ${operator}msg.a; return [r, typeof r, 1 / r];`
    expect(await answers(body)).toBeGreaterThanOrEqual(simplePairs)
  })

  test.each(['+=', '-=', '*=', '/=', '%=', '**=', '&=', '|=', '^=', '<<=', '>>=', '>>>='])(
    'a %s b',
    async (operator) => {
      const body = `var x = msg.a; x ${operator} msg.b; msg.a ${operator} msg.b; return [x, msg];`
      expect(await answers(body)).toBeGreaterThanOrEqual(simplePairs)
    },
  )

  test.each(['++', '--'])('%s', async (step) => {
    const body = `var x = msg.a; var before = x${step}; var after = ${step}msg.b; return [before, x, after, msg];`
    expect(await answers(body)).toBeGreaterThanOrEqual(simplePairs)
  })

  test.each([
    ...['Number', 'String', 'Boolean', 'isNaN', 'isFinite', 'parseFloat', 'Array.isArray', 'Number.isFinite'],
    ...['Number.isInteger', 'Number.isNaN', 'Number.parseFloat', 'Math.round', 'Math.floor', 'Math.trunc', 'Math.sign'],
  ])('%s(a)', async (name) => {
    const body = `var r = ${name}(msg.a); return [r, typeof r, 1 / r];`
    expect(await answers(body)).toBeGreaterThanOrEqual(simplePairs)
  })

  test.each(['parseInt', 'Math.max', 'Math.min', 'Math.pow', 'Math.atan2', 'Math.hypot'])('%s(a, b)', async (name) => {
    expect(await answers(`return ${name}(msg.a, msg.b);`)).toBeGreaterThanOrEqual(simplePairs)
  })

  test('JSON', async () => {
    expect(await answers('return [JSON.stringify(msg.a), JSON.stringify([msg.b]), JSON.stringify(msg)];')).toBe(
      inputs.length,
    )
    expect(await answers('return JSON.parse(String(msg.a));')).toBeGreaterThan(0)
  })

  test.each([
    ...['charAt', 'charCodeAt', 'concat', 'endsWith', 'includes', 'indexOf', 'lastIndexOf', 'padEnd', 'padStart'],
    ...['slice', 'split', 'startsWith', 'substring', 'toLowerCase', 'trim', 'trimEnd', 'trimStart', 'toString'],
  ])('text.%s(b)', async (method) => {
    expect(await answers(`return String(msg.a).${method}(msg.b);`)).toBeGreaterThan(100)
  })

  test.each(['indexOf', 'includes', 'lastIndexOf', 'startsWith', 'endsWith', 'split'])(
    'text.%s(a, b)',
    async (method) => {
      expect(await answers(`return '1 text 12 '.${method}(msg.a, msg.b);`)).toBeGreaterThan(400)
    },
  )

  test.each(['indexOf', 'includes', 'fill'])('list.%s(a, b)', async (method) => {
    expect(await answers(`return [22, 1, "a", null, true].${method}(msg.a, msg.b);`)).toBeGreaterThan(400)
  })

  test('objects as texts', async () => {
    const body = 'return ["" + msg.a, "<".concat(msg.b), String([msg.a, msg.b]), msg.a + msg.b, [msg.b].toString()];'
    expect(await answers(body)).toBeGreaterThan(600)
  })

  test('lengths', async () => {
    expect(await answers('var l = [1, 2, 3]; l.length = msg.a; return [l, new Array(3).fill(msg.b)];')).toBeGreaterThan(
      60,
    )
  })

  test.each(['encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI', 'escape', 'unescape'])(
    '%s(a)',
    async (name) => {
      expect(await answers(`return [${name}(msg.a), ${name}("%41ä" + msg.b)];`)).toBeGreaterThanOrEqual(simplePairs)
    },
  )

  test.each(['slice', 'substring', 'padStart', 'padEnd', 'replace', 'concat'])('text.%s(a, b)', async (method) => {
    expect(await answers(`return ' text 12 '.${method}(msg.a, msg.b);`)).toBeGreaterThan(100)
  })

  test.each(['atob', 'btoa'])('%s(a)', async (name) => {
    const body = `try { return ${name}(msg.a) } catch (e) { return [e.name, e.message] }`
    expect(await answers(body)).toBeGreaterThanOrEqual(simplePairs)
  })

  test.each(['Int8Array', 'Uint8ClampedArray', 'Uint16Array', 'Int32Array', 'Float32Array', 'Float64Array'])(
    '%s of a and b',
    async (name) => {
      const body = `var l = new ${name}([msg.a, msg.b]), n = l.slice(); n[0] = msg.b; n[2] = msg.a; n.fill(msg.a, 1); return [l, n, ${name}.of(msg.b), l[0] === n[0]];`
      expect(await answers(body)).toBeGreaterThanOrEqual(simplePairs)
    },
  )

  test.each(['at', 'includes', 'indexOf', 'lastIndexOf', 'slice', 'subarray', 'join', 'fill'])(
    'numbers.%s(a)',
    async (method) => {
      const body = `return new Uint8Array([22, 1, 0, 12]).${method}(msg.a);`
      expect(await answers(body)).toBeGreaterThanOrEqual(simplePairs)
    },
  )

  test.each(['slice', 'subarray'])('numbers.%s(a, b)', async (method) => {
    expect(await answers(`return new Int16Array([22, 1, 0, 12]).${method}(msg.a, msg.b);`)).toBeGreaterThanOrEqual(
      simplePairs,
    )
  })

  test.each(['Int8', 'Uint16', 'Int32', 'Float32', 'Float64'])('a view sets and gets %s', async (kind) => {
    const body = `var v = new DataView(new ArrayBuffer(32)); v.set${kind}(msg.a, msg.b, msg.a); return [new Uint8Array(v.buffer), v.get${kind}(msg.a, true), v.get${kind}(msg.a)];`
    expect(await answers(body)).toBeGreaterThan(200)
  })

  test('the text that comes in the place of a match', async () => {
    expect(
      await answers('return ["a12b".replace(/(\\d)(\\d?)/, msg.a), "a12b".replace("12", msg.b)];'),
    ).toBeGreaterThan(400)
  })

  test.each(['toFixed', 'toPrecision', 'toString'])('number.%s(b)', async (method) => {
    expect(await answers(`return msg.a.${method}(msg.b);`)).toBeGreaterThan(20)
  })
})

describe('finds and changes members as the sandbox does', () => {
  test.each([
    'return [msg[msg.a], typeof msg[msg.b]];',
    'return [msg.a.length, msg.a?.b, msg.b?.a?.c];',
    'return msg.a[msg.b];',
    'return [msg.a.lora, msg.b?.value, msg.a.size];',
    'return new Uint8Array([5, 6])[msg.a];',
    'return [msg.a in msg, "a" in msg, typeof msg];',
    'return [msg.hasOwnProperty(msg.a), msg.b.hasOwnProperty("a")];',
    'msg[msg.a] = msg.b; return msg;',
    'msg.a.c = msg.b; return msg;',
    'delete msg.b; msg.b = 1; msg["7"] = 2; return msg;',
    'return [delete msg[msg.a], msg];',
    'return { ...msg, ...msg.a, b: 2, "x y": msg.b };',
    'msg = msg.a; return msg;',
    'var x = msg.a; msg.c = x; x = 3; return [msg, x];',
  ])('%s', async (body) => {
    expect(await answers(body)).toBeGreaterThan(0)
  })
})
