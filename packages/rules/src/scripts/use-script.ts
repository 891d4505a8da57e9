import type { ScriptLanguage } from '@thingwire/contracts'
import type { LoadedScript, Ports, ScriptUser } from '../ports.ts'
import {
  generatorArguments,
  messageArguments,
  type ScriptAnswer,
  type ScriptInput,
  type ScriptKind,
  type ScriptOutcome,
} from './script.ts'
import { type ScriptedMessage, scriptedMessages, scriptedTexts } from './script-wire.ts'

/** A script of a node with its meaning: one answer for each message, in order. One call of the sandbox a batch. */
export type NodeScript<T> = (batch: readonly ScriptInput[], signal: AbortSignal) => Promise<ScriptOutcome<T>[]>

type Given = {
  /** Whose script it is: the context of the node. */
  node: ScriptUser & { ports: Pick<Ports, 'scripts'> }
  language: ScriptLanguage
  body: string
}

const load = async <T>(
  { node, language, body }: Given,
  kind: ScriptKind,
  read: (parts: ScriptAnswer, input: ScriptInput) => ScriptOutcome<T>,
): Promise<NodeScript<T>> => {
  const argNames = kind === 'generate' ? generatorArguments : messageArguments
  const run: LoadedScript = await node.ports.scripts.load({ language, kind, argNames, body }, node)
  return async (batch, signal) => {
    const answers = await run(batch, signal)
    return batch.map((input, index) => {
      const answer = answers[index]
      if (!answer) return { ok: false, error: 'The script gave no answer' }
      return answer.ok ? read(answer.value, input) : answer
    })
  }
}

const mapped =
  <T>(kind: ScriptKind, map: (texts: string[]) => T) =>
  (parts: ScriptAnswer): ScriptOutcome<T> => {
    const texts = scriptedTexts(parts, kind)
    return texts.ok ? { ok: true, value: map(texts.value) } : texts
  }

/** A script that says yes or no. Like all of these it rejects with an AppError for a body that is no script. */
export const loadFilterScript = (given: Given): Promise<NodeScript<boolean>> =>
  load(
    given,
    'filter',
    mapped('filter', ([text]) => text === 'true'),
  )

/** A script that names connections, each once. */
export const loadSwitchScript = (given: Given): Promise<NodeScript<string[]>> =>
  load(
    given,
    'switch',
    mapped('switch', (labels) => labels),
  )

/** A script that makes messages of a message. */
export const loadUpdateScript = (given: Given): Promise<NodeScript<ScriptedMessage[]>> =>
  load(given, 'update', scriptedMessages)

/** A script that makes the next message of the last one, which its arguments are called after. Always one message. */
export const loadGeneratorScript = (given: Given): Promise<NodeScript<ScriptedMessage[]>> =>
  load(given, 'generate', scriptedMessages)

/** A script that makes a text. */
export const loadTextScript = (given: Given): Promise<NodeScript<string>> =>
  load(
    given,
    'string',
    mapped('string', ([text]) => text ?? ''),
  )

/** A script that makes a JSON text, as the details of an alarm are. */
export const loadJsonScript = (given: Given): Promise<NodeScript<string>> =>
  load(
    given,
    'json',
    mapped('json', ([text]) => text ?? 'null'),
  )
