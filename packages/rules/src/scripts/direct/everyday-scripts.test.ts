import { expect, test } from 'vitest'
import { messageArguments, type ScriptAnswer } from '../script.ts'
import { scriptsInRealm } from '../scripts-in-realm.ts'
import { directScript } from './direct-script.ts'
import { everydayScripts } from './everyday-scripts.ts'

const { load } = scriptsInRealm(() => 'TBEL is not translated here')
const { signal } = new AbortController()

/** With the order of metadata, too. */
const asTexts = (answer: ScriptAnswer | undefined) =>
  answer?.map((part) => (part === null || typeof part === 'string' ? part : JSON.stringify(part)))

test.each(everydayScripts)(
  'runs without a sandbox, and answers as one: $name',
  async ({ kind, body, data, libraries }) => {
    const source = { language: 'JS', kind, argNames: messageArguments, body, libraries } as const
    const direct = directScript(source)
    const inputs = [
      { data: JSON.stringify(data), metadata: { deviceName: 'Meter', ts: '5' }, type: 'ALARM' },
      { data: JSON.stringify(data), metadata: { prevAlarmDetails: '{"count":3}' }, type: 'POST_TELEMETRY_REQUEST' },
    ]
    const answers = inputs.map((input) => ({ ok: true, value: asTexts(direct?.(input)) }))
    const expected = await (await load(source))(inputs, signal)
    expect(answers).toEqual(expected.map((answer) => (answer.ok ? { ok: true, value: asTexts(answer.value) } : answer)))
  },
)
