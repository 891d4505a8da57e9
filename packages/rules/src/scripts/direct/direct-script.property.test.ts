import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messageArguments, type ScriptAnswer, type ScriptInput, type ScriptKind } from '../script.ts'
import { scriptsInRealm } from '../scripts-in-realm.ts'
import { directScript } from './direct-script.ts'
import { randomBody, randomData, randomMetadata } from './random-scripts/random-scripts.ts'

const { load } = scriptsInRealm(() => 'TBEL is not translated here')
const { signal } = new AbortController()

/** With the order of metadata, too. */
const asTexts = (answer: ScriptAnswer): (string | null)[] =>
  answer.map((part) => (part === null || typeof part === 'string' ? part : JSON.stringify(part)))

const kinds: ScriptKind[] = ['update', 'update', 'update', 'filter', 'switch', 'json', 'string']
const inputs = fc.array(
  fc.record({ data: randomData, metadata: randomMetadata, type: fc.constantFrom('ALARM', 'x') }),
  { minLength: 12, maxLength: 12 },
)

test('a direct script answers as the sandbox does, or leaves the message to it', async () => {
  const seen = { scripts: 0, direct: 0, answers: 0, left: 0 }
  await fc.assert(
    fc.asyncProperty(randomBody, fc.constantFrom(...kinds), inputs, async (body, kind, batch: ScriptInput[]) => {
      const source = { language: 'JS', kind, argNames: messageArguments, body } as const
      seen.scripts++
      const direct = directScript(source)
      if (!direct) return
      seen.direct++
      // What runs beside the engine must also be a script for the sandbox.
      const inSandbox = await load(source)
      const before = structuredClone(batch)
      const answers = batch.map(direct)
      expect(batch).toEqual(before)
      // What was given up here may have no end.
      const given = answers.flatMap((answer, at) => (answer ? [{ input: batch[at] ?? batch[0], answer }] : []))
      seen.answers += given.length
      seen.left += batch.length - given.length
      const asked = given.flatMap(({ input }) => (input ? [input] : []))
      const expected = (await inSandbox(asked, signal)).map((answer) =>
        answer.ok ? { ok: true, value: asTexts(answer.value) } : answer,
      )
      expect(given.map(({ answer }) => ({ ok: true, value: asTexts(answer) }))).toEqual(expected)
    }),
    { numRuns: 250 },
  )
  // Otherwise this says nothing.
  expect(seen.direct).toBeGreaterThan(10)
  expect(seen.answers).toBeGreaterThan(20)
}, 60_000)
