import type { ScriptLanguage, ScriptTest, ScriptTestResult } from '@thingwire/contracts'
import { ScriptError, type ScriptRunner } from './script.ts'

export type ScriptTester = {
  /** Tries a script with one message. What is wrong with it is in `error`; `output` is empty then. */
  test(language: ScriptLanguage, request: ScriptTest): Promise<ScriptTestResult>
}

export const createScriptTester = (runner: ScriptRunner): ScriptTester => ({
  test: async (language, request) => {
    if (language === 'TBEL') return { output: '', error: 'TBEL script engine is disabled!' }
    const { script, argNames, msg, metadata, msgType } = request
    try {
      const result = await runner.run({ body: script, argNames, data: msg, metadata, msgType })
      return { output: outputOf(request, result), error: '' }
    } catch (error) {
      if (error instanceof ScriptError) return { output: '', error: error.message }
      throw error
    }
  },
})

/** What a script's result means for its kind, as text (as ThingsBoard's script test shows it). */
export const outputOf = (request: ScriptTest, result: unknown): string => {
  switch (request.scriptType) {
    case 'filter':
      if (typeof result !== 'boolean') throw wrongType(result)
      return String(result)
    case 'switch': {
      const labels = Array.isArray(result) ? result : [result]
      for (const label of labels) if (typeof label !== 'string') throw wrongType(label)
      return JSON.stringify([...new Set(labels)])
    }
    case 'string':
      if (typeof result !== 'string') throw wrongType(result)
      return result
    case 'json':
      if (result === undefined) throw wrongType(result)
      return JSON.stringify(result)
    case 'generate':
      if (!isObject(result)) throw wrongType(result)
      return JSON.stringify(merged(request, result))
    case 'update': {
      // An element that is no object leaves the message as it was.
      const messages = Array.isArray(result)
        ? result.map((one) => merged(request, isObject(one) ? one : {}))
        : isObject(result)
          ? [merged(request, result)]
          : null
      if (!messages) throw wrongType(result)
      return JSON.stringify(messages.length === 1 ? messages[0] : messages)
    }
  }
}

/** The message that a transformation's result stands for: what it leaves out stays. */
const merged = (request: ScriptTest, { msg, metadata, msgType }: Record<string, unknown>) => ({
  msg: msg === undefined ? parsed(request.msg) : msg,
  metadata: metadata === undefined || metadata === null ? request.metadata : metadataOf(metadata),
  msgType: msgType === undefined || msgType === '' ? request.msgType : String(msgType),
})

const metadataOf = (given: unknown): Record<string, string> => {
  if (!isObject(given)) throw wrongType(given)
  return Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => {
      if (value === null || value === undefined) return []
      if (typeof value === 'object') throw new ScriptError(`Metadata value ${key} is not a text`)
      return [[key, String(value)]]
    }),
  )
}

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const wrongType = (value: unknown): ScriptError => {
  if (value === undefined) return new ScriptError('Script returned nothing')
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return new ScriptError(`Wrong result type: ${kind.toUpperCase()}`)
}
