import { AppError, type ScriptLanguage, type ScriptTest, type ScriptTestResult } from '@thingwire/contracts'
import { type ScriptAnswer, scriptedMessages, scriptedTexts } from '@thingwire/rules'
import type { ScriptRunner } from './script-runner.ts'

export type ScriptTester = {
  /** Tries a script with one message. What is wrong with it is in `error`; `output` is empty then. */
  test(tenantId: string, language: ScriptLanguage, request: ScriptTest): Promise<ScriptTestResult>
}

/** Tests run one after the other; so many may wait. */
const maxTests = 20

export const createScriptTester = (runner: Pick<ScriptRunner, 'try'>): ScriptTester => {
  let tests = 0
  return {
    test: async (tenantId, language, request) => {
      if (tests >= maxTests) throw new AppError('RATE_LIMITED', 'Too many scripts are being tested')
      tests++
      try {
        const { script: body, scriptType: kind, argNames, msg: data, metadata, msgType: type } = request
        const answer = await runner.try(tenantId, { language, kind, argNames, body }, { data, metadata, type })
        return answer.ok ? outputOf(request, answer.value) : { output: '', error: answer.error }
      } finally {
        tests--
      }
    },
  }
}

/** What a script's result means for its kind, as text (as ThingsBoard's script test shows it). */
const outputOf = (request: ScriptTest, parts: ScriptAnswer): ScriptTestResult => {
  const { scriptType: kind, msg: data, metadata, msgType: type } = request
  if (kind === 'update' || kind === 'generate') {
    const messages = scriptedMessages(parts, { data, metadata, type })
    if (!messages.ok) return { output: '', error: messages.error }
    // The data is JSON already: what a script in TBEL makes of 2.0 must not become 2 here.
    const shown = messages.value.map(
      (message) =>
        `{"msg":${jsonOf(message.data)},"metadata":${JSON.stringify(message.metadata)},"msgType":${JSON.stringify(message.type)}}`,
    )
    return { output: shown.length === 1 ? (shown[0] ?? '') : `[${shown.join()}]`, error: '' }
  }
  const texts = scriptedTexts(parts, kind)
  if (!texts.ok) return { output: '', error: texts.error }
  return { output: kind === 'switch' ? JSON.stringify(texts.value) : (texts.value[0] ?? ''), error: '' }
}

const jsonOf = (data: string): string => {
  try {
    JSON.parse(data)
    return data
  } catch {
    return JSON.stringify(data)
  }
}
