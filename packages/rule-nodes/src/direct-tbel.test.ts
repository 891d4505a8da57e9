import { directScript, messageArguments, type ScriptAnswer, type ScriptKind } from '@thingwire/rules'
import { scriptsInRealm } from '@thingwire/rules/testing'
import { compileTbel, tbelRuntime } from '@thingwire/tbel'
import { directTbel, tbelValues } from '@thingwire/tbel/direct'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const { load } = scriptsInRealm((body, args) => {
  const compiled = compileTbel(body, { args })
  return compiled.ok ? { js: compiled.js, runtime: tbelRuntime } : 'This is no script'
})
const { signal } = new AbortController()
const back = 'return {msg: msg, metadata: metadata, msgType: msgType};'

const value = fc.constantFrom(
  ...['1', '2.0', '-0', '1e3', '5000000000', '0.5', '1e400', '"12"', '"x"', '""', 'null', 'true', '[1,2.0]', '{"c":1}'],
)
const name = fc.constantFrom('a', 'b', 'c', '7', '__proto__', 'toString', 'msg', 'metadata')
const data = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .array(fc.tuple(name, value), { maxLength: 5 })
      .map((members) => `{${members.map(([key, of]) => `"${key}": ${of}`).join()}}`),
  },
  fc.constantFrom('[1]', '1', '{', '{"a":1.50}'),
)
const metadata = fc.dictionary(name, fc.constantFrom('x', '', '12', '"\u2028', '1.0'), { maxKeys: 4 })
const inputs = fc.array(fc.record({ data, metadata, type: fc.constantFrom('ALARM', 'x') }), {
  minLength: 200,
  maxLength: 200,
})

const asTexts = (answer: ScriptAnswer): (string | null)[] =>
  answer.map((part) => (part === null || typeof part === 'string' ? part : JSON.stringify(part)))

test.each<[ScriptKind, string]>([
  ['filter', 'return msg.a > 1;'],
  ['filter', "msg.a != null && metadata.b == 'x'"],
  ['switch', "return msg.a == 1 ? ['one', 'one', msgType] : 'other';"],
  ['string', 'return msgType + metadata.a + msg.b;'],
  ['json', 'return {a: msg.a, b: [msg.b, metadata], "c d": 2.0};'],
  ['update', back],
  ['update', `msg.celsius = (msg.a - 32) * 5 / 9; metadata.level = msg.celsius > 20 ? 'high' : 'low'; ${back}`],
  ['update', `msg.sum = msg.a + msg.b; msg.a = null; metadata.n = msg.sum; ${back}`],
  [
    'update',
    "var made = {}; made.a = msg.a; made.n = toFixed(msg.b, 1); return {msg: made, metadata: metadata, msgType: 'NEW'};",
  ],
  ['update', 'return [{msg: msg.a, metadata: metadata}, {msg: msg, metadata: {"7": 1, a: null}, msgType: null}];'],
  ['update', 'return msg;'],
  ['update', 'return {msg: msg, metadata: msg, msgType: msg.a};'],
  ['generate', `if (msg.a == 1) { metadata.a = 'one'; } else { metadata["__proto__"] = 'x'; } ${back}`],
])('%s: %s', async (kind, body) => {
  const source = { language: 'TBEL', kind, argNames: messageArguments, body } as const
  const direct = directScript(source, { compile: directTbel, values: tbelValues })
  if (!direct) throw new Error('This needs a sandbox')
  const inSandbox = await load(source)
  let given = 0
  await fc.assert(
    fc.asyncProperty(inputs, async (batch) => {
      const before = structuredClone(batch)
      const answers = batch.map(direct)
      expect(batch).toEqual(before)
      const expected = await inSandbox(batch, signal)
      for (const [index, answer] of answers.entries()) {
        const right = expected[index]
        if (!answer) continue
        given++
        expect([batch[index], asTexts(answer)]).toEqual([batch[index], right?.ok && asTexts(right.value)])
      }
    }),
    { numRuns: 3 },
  )
  // Few of some: random messages rarely have the very value that a script asks for.
  expect(given).toBeGreaterThan(0)
})
