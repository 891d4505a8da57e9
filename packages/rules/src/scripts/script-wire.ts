import type { ScriptAnswer, ScriptInput, ScriptKind, ScriptOutcome } from './script.ts'
import type { Parts } from './script-results.ts'

/**
 * A batch as one text: the lengths of its parts, then the parts. The sandbox finds each without reading them twice. Without
 * metadata when the script does not look at them: that is a third of the work.
 */
export const encodeInputs = (inputs: readonly ScriptInput[], withMetadata = true): string => {
  const lengths: number[] = []
  let body = ''
  let last: ScriptInput['metadata'] | null = null
  let metadataText = ''
  for (const { data, metadata, type } of inputs) {
    if (withMetadata && metadata !== last) {
      metadataText = JSON.stringify(metadata)
      last = metadata
    }
    lengths.push(data.length, metadataText.length, type.length)
    body += data
    body += metadataText
    body += type
  }
  return `[${lengths.join()}]\n${body}`
}

/** The answers of a text that the sandbox wrote, in order; null when it is none: nothing of it can be trusted then. */
export const decodeAnswers = (text: string): ScriptOutcome<Parts>[] | null => {
  const head = readHead(text)
  if (!head) return null
  const answers: ScriptOutcome<Parts>[] = []
  let at = 1
  let position = text.indexOf('\n') + 1
  const part = (): string | null => {
    const length = head[at++] ?? -1
    if (length < 0) return null
    position += length
    return text.slice(position - length, position)
  }
  while (at < head.length) {
    const count = head[at++] ?? 0
    if (count < 0) answers.push({ ok: false, error: part() ?? '' })
    else {
      const parts: Parts = []
      for (let index = 0; index < count; index++) parts.push(part())
      answers.push({ ok: true, value: parts })
    }
  }
  return at === head.length && position === text.length && answers.length === head[0] ? answers : null
}

const readHead = (text: string): number[] | null => {
  try {
    const head: unknown = JSON.parse(text.slice(0, text.indexOf('\n')))
    return Array.isArray(head) && head.every((length) => Number.isInteger(length) && length >= -1) ? head : null
  } catch {
    return null
  }
}

/** One answer in the form of `decodeAnswers`. */
export const encodeError = (error: string): string => `[1,-1,${error.length}]\n${error}`

/** How many answers such a text has. */
export const countAnswers = (text: string): number => Number.parseInt(text.slice(1, 12), 10) || 0

/** A message that a script made of another: what it left as it was is the input's. */
export type ScriptedMessage = { data: string; metadata: Record<string, string>; type: string }

const spoiled = { ok: false, error: 'Script result cannot be read' } as const

/** The messages of an answer to an `update` or `generate` script. */
export const scriptedMessages = (parts: ScriptAnswer, input: ScriptInput): ScriptOutcome<ScriptedMessage[]> => {
  const messages: ScriptedMessage[] = []
  for (let index = 0; index < parts.length; index += 3) {
    const data = parts[index] ?? input.data
    const metadata = metadataOf(parts[index + 1] ?? null, input)
    const type = parts[index + 2] ?? input.type
    if (!metadata || typeof data !== 'string' || typeof type !== 'string') return spoiled
    messages.push({ data, metadata, type })
  }
  return { ok: true, value: messages }
}

const metadataOf = (part: ScriptAnswer[number], input: ScriptInput): Record<string, string> | null => {
  if (part === null) return input.metadata
  if (typeof part !== 'string') return part
  try {
    const value: unknown = JSON.parse(part)
    return isTexts(value) ? value : null
  } catch {
    return null
  }
}

const isTexts = (value: unknown): value is Record<string, string> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  for (const item of Object.values(value)) if (typeof item !== 'string') return false
  return true
}

/** What the kinds other than `update` and `generate` answer with: labels, or one text. */
export const scriptedTexts = (parts: ScriptAnswer, kind: ScriptKind): ScriptOutcome<string[]> => {
  const texts = parts.filter((part) => typeof part === 'string')
  if (texts.length !== parts.length || (kind !== 'switch' && texts.length !== 1)) return spoiled
  return { ok: true, value: texts }
}
