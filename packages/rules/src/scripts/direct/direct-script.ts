import { readsMetadata } from '../sandbox-program.ts'
import type { Parts } from '../script-results.ts'
import { type ScriptAnswer, type ScriptInput, scriptLimits, type ScriptSource } from '../script.ts'
import { giveUp } from '@thingwire/tbel/budget'
import {
  type DirectFunction,
  directJavascript,
  type DirectTbel,
  directTbelScript,
  type PlainMessage,
} from './languages.ts'

/** Answers for one message what the sandbox would; undefined: the sandbox has to be asked. */
export type DirectScript = (input: ScriptInput) => ScriptAnswer | undefined

/** Longer scripts and messages take longer than the engine should spend on one. In characters; data of JavaScript and of TBEL, in which reading takes longer. */
const longest = { script: 20_000, data: { JS: 64_000, TBEL: 16_000 }, metadata: 4_000 } as const

/**
 * A script that does nothing but work on its message, in the form in which it runs beside the engine instead of in a sandbox:
 * with a bound on its steps, and without anything that reaches beyond the message. Null for all others. Nothing of the text becomes
 * code.
 * @param tbel What knows that language; scripts in it are for the sandbox without it
 */
export const directScript = (source: ScriptSource, tbel: DirectTbel | null = null): DirectScript | null => {
  const { language, body, libraries = [] } = source
  if (libraries.reduce((length, library) => length + library.body.length, body.length) > longest.script) return null
  const direct = language === 'JS' ? directJavascript(source) : tbel && directTbelScript(source, tbel)
  return direct && answering(direct, source)
}

const answering = ({ run, convert, message }: DirectFunction, source: ScriptSource): DirectScript => {
  const needsMetadata = readsMetadata(source)
  const { kind } = source
  const longestData = longest.data[source.language]
  const isMessages = kind === 'update' || kind === 'generate'
  return (input) => {
    const { data, metadata, type } = input
    if (data.length > longestData || (needsMetadata && sizeOf(metadata) > longest.metadata)) return undefined
    try {
      const value = run(data, needsMetadata ? metadata : null, type)
      const plain = isMessages ? message(value) : null
      const parts = plain ? changes(plain, input) : convert(value, kind).map(asMetadata)
      if (lengthOf(parts) > scriptLimits.result) return undefined
      return isMessages && !plain ? onlyChanges(parts, input) : parts
    } catch {
      return undefined
    }
  }
}

const sizeOf = (metadata: ScriptInput['metadata']): number => {
  let size = 0
  for (const key in metadata) size += key.length + (metadata[key]?.length ?? 0)
  return size
}

const lengthOf = (parts: ScriptAnswer): number => {
  let size = 0
  for (const part of parts) {
    if (typeof part === 'string') size += part.length
    // A character takes six at most in JSON.
    else if (part !== null) size += 6 * sizeOf(part)
  }
  return size
}

/** What is as it was says so, as in the sandbox. */
const changes = ({ data, metadata, type }: PlainMessage, input: ScriptInput): ScriptAnswer => [
  data === undefined || data === input.data ? null : data,
  metadata === null || isSame(metadata, input.metadata) ? null : metadata,
  type === '' || type === input.type ? null : type,
]

/** Also in the same order. */
const isSame = (one: Record<string, string>, other: Record<string, string>): boolean => {
  const keys = Object.keys(one)
  const others = Object.keys(other)
  return keys.length === others.length && keys.every((key, at) => key === others[at] && one[key] === other[key])
}

/** The same for several messages. */
const onlyChanges = (parts: ScriptAnswer, { data, metadata, type }: ScriptInput): ScriptAnswer => {
  const was = [data, metadata, type]
  return parts.map((part, index) => {
    const old = was[index % 3]
    const isOld = part !== null && typeof part === 'object' ? isSame(part, metadata) : part === old
    return isOld ? null : part
  })
}

/** Metadata as they are in a message. */
const asMetadata = (part: Parts[number]): ScriptAnswer[number] => {
  if (part === null || typeof part === 'string') return part
  if (part.keys.includes('__proto__')) giveUp()
  const made: Record<string, string> = {}
  for (let at = 0; at < part.keys.length; at++) made[part.keys[at] ?? ''] = part.values[at] ?? ''
  return made
}
