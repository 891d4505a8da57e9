import type { ScriptKind } from './script.ts'
import type { Converter, Parts, Texts } from './script-results.ts'

/*
 * The functions of this file become text and run in the sandbox (sandbox-program.ts): each may use only its parameters and
 * what it declares itself. What the texts consist of is told in script-wire.ts.
 */

/** Metadata; `isRest`: what is not here is as it was. */
type Changes = Texts & { isRest?: boolean }

type Answer = { parts: (string | Changes | null)[]; isError: boolean }

export type BatchParts = {
  kind: ScriptKind
  readsMetadata: boolean
  /** Runs the script; what it throws is its own fault. `metadata`: null when it does not look at them. */
  call(data: string, metadata: Texts | null, type: string): unknown
  convert: Converter
  describe(error: unknown): string
  forget(): void
  encodeAnswers(
    answers: readonly Answer[],
    isMessages: boolean,
    given: { isOdd(texts: Texts): boolean; marksOf(numbers: readonly number[]): string },
  ): string
  isOdd(texts: Texts): boolean
  marksOf(numbers: readonly number[]): string
  maxArguments: number
  maxResult: number
}

/** What the host can call: texts in, texts out. */
export type SandboxCalls = {
  /** Given once, memory that the host can read while a script runs: there stands which message of the batch it is at. */
  track(memory: SharedArrayBuffer): void
  /** Takes a batch, leaves out its messages before `from`, and runs. */
  begin(text: string, from: number, most: number, sliceMs: number): string
  /** Runs at most `most` messages, and begins none after `sliceMs`; returns the answers of those that ended. */
  run(most: number, sliceMs: number): string
  /**
   * After an interruption of `run`: what it would have returned, with this error for the message that it was at; null:
   * that message is run again.
   */
  salvage(error: string | null): string
}

export const createBatch = (given: BatchParts): SandboxCalls => {
  const { kind, readsMetadata, call, convert, describe, forget, maxArguments, maxResult } = given
  const now = Date.now
  let progress: Int32Array | null = null
  const isMessages = kind === 'update' || kind === 'generate'
  let text = ''
  let types: readonly string[] = []
  let lists: readonly (readonly string[])[] = []
  /** Where the next message begins, in the numbers and in the parts, where the numbers end, and how many messages are before it. */
  let at = 0
  let position = 0
  let end = 0
  let count = 0
  /** The same while a message is read: one that is interrupted is read again. */
  let ahead = 0
  let aheadPosition = 0
  let answers: Answer[] = []
  let isAtMessage = false

  const takeNumber = (): number => {
    let value = -2
    for (let shift = 0; ; shift += 6) {
      const code = text.charCodeAt(ahead++)
      value += (code & 63) << shift
      if (!(code > 63)) return value
    }
  }
  const takePart = (): string => {
    const from = aheadPosition
    aheadPosition = from + takeNumber()
    return text.slice(from, aheadPosition)
  }
  const takeMetadata = (): Texts => {
    const which = takeNumber()
    if (which < 0) {
      const made: Record<string, string> = JSON.parse(takePart())
      return { keys: Object.keys(made), values: Object.values(made) }
    }
    const keys = lists[which] ?? []
    const values: string[] = []
    for (let index = 0; index < keys.length; index++) values.push(takePart())
    return { keys, values }
  }
  const takeMessage = () => {
    ahead = at
    aheadPosition = position
    const data = takePart()
    const type = types[takeNumber()] ?? ''
    return { data, type, metadata: readsMetadata ? takeMetadata() : null }
  }
  const pass = () => {
    at = ahead
    position = aheadPosition
    count++
    isAtMessage = false
  }

  /** As JSON, when nothing of it has to be escaped. */
  const sizeOf = (part: Parts[number]): number => {
    if (part === null) return 0
    if (typeof part === 'string') return part.length
    let size = 1
    for (let index = 0; index < part.keys.length; index++)
      size += (part.keys[index]?.length ?? 0) + (part.values[index]?.length ?? 0) + 6
    return size
  }
  /** Metadata without what the message had first and in the same order; null: nothing else is left. */
  const changesOf = (made: Texts, was: Texts | null): Changes | null => {
    if (!was || was.keys.length > made.keys.length) return made
    const keys: string[] = []
    const values: string[] = []
    for (let index = 0; index < made.keys.length; index++) {
      const key = made.keys[index] ?? ''
      const value = made.values[index] ?? ''
      if (index < was.keys.length) {
        if (key !== was.keys[index]) return made
        if (value === was.values[index]) continue
      }
      keys.push(key)
      values.push(value)
    }
    if (keys.length === 0) return null
    const rest = { keys, values, isRest: true }
    return given.isOdd(rest) ? made : rest
  }
  const failed = (error: string): Answer => ({ parts: [error], isError: true })
  const answerOf = ({ data, metadata, type }: ReturnType<typeof takeMessage>): Answer => {
    if (data.length + sizeOf(metadata) > maxArguments)
      return failed(`Script input arguments exceed ${maxArguments} characters`)
    try {
      const parts = convert(call(data, metadata, type), kind)
      let size = 0
      for (let index = 0; index < parts.length; index++) size += sizeOf(parts[index] ?? null)
      if (size > maxResult) return failed(`Script result exceeds ${maxResult} characters`)
      for (let index = 0; isMessages && index < parts.length; index += 3) {
        const made = parts[index + 1] ?? null
        if (parts[index] === data) parts[index] = null
        if (made !== null && typeof made === 'object') parts[index + 1] = changesOf(made, metadata)
        if (parts[index + 2] === type) parts[index + 2] = null
      }
      return { parts, isError: false }
    } catch (error) {
      return failed(describe(error))
    }
  }
  const flush = () => given.encodeAnswers(answers, isMessages, given)
  const run = (most: number, sliceMs: number): string => {
    const began = now()
    answers = []
    while (at < end && answers.length < most) {
      isAtMessage = true
      if (progress) progress[0] = count
      const answer = answerOf(takeMessage())
      forget()
      answers.push(answer)
      pass()
      if (now() - began >= sliceMs) break
    }
    return flush()
  }
  return {
    track: (memory) => {
      progress = new Int32Array(memory)
    },
    begin: (batch, from, most, sliceMs) => {
      const cut = batch.indexOf('\n')
      text = batch
      const head = JSON.parse(batch.slice(0, cut))
      types = head[0]
      lists = head[1]
      at = cut + 1
      end = at + head[2]
      position = end
      count = 0
      while (count < from) {
        takeMessage()
        pass()
      }
      return run(most, sliceMs)
    },
    run,
    salvage: (error) => {
      if (isAtMessage && error !== null) {
        forget()
        takeMessage()
        answers.push(failed(error))
        pass()
      }
      return flush()
    },
  }
}

export const encodeAnswers: BatchParts['encodeAnswers'] = (answers, isMessages, { isOdd, marksOf }) => {
  const numbers: number[] = []
  const types: string[] = []
  const lists: (readonly string[])[] = []
  let body = ''
  const putText = (part: string | null) => {
    if (part === null) numbers.push(-1)
    else {
      numbers.push(part.length)
      body += part
    }
  }
  const putType = (type: string | null) => {
    if (type !== null && types[types.length - 1] !== type) types.push(type)
    numbers.push(type === null ? -1 : types.length - 1)
  }
  const isLast = (keys: readonly string[]): boolean => {
    const last = lists[lists.length - 1]
    if (last?.length !== keys.length) return false
    for (let at = 0; at < keys.length; at++) if (keys[at] !== last[at]) return false
    return true
  }
  const putJson = ({ keys, values }: Texts) => {
    const made: Record<string, string> = Object.create(null)
    for (let at = 0; at < keys.length; at++) made[keys[at] ?? ''] = values[at] ?? ''
    numbers.push(-2)
    putText(JSON.stringify(made))
  }
  const putMetadata = (part: Changes) => {
    if (!isLast(part.keys)) lists.push(part.keys)
    numbers.push(2 * (lists.length - 1) + (part.isRest ? 1 : 0))
    for (let at = 0; at < part.values.length; at++) putText(part.values[at] ?? '')
  }
  /** Data, type, and metadata, each of which may be as it was. */
  const putMessage = (parts: readonly Parts[number][], from: number) => {
    const data = parts[from]
    const texts = parts[from + 1] ?? null
    const type = parts[from + 2]
    putText(typeof data === 'string' ? data : null)
    putType(typeof type === 'string' ? type : null)
    if (texts === null || typeof texts !== 'object') numbers.push(-1)
    else if (isOdd(texts)) putJson(texts)
    else putMetadata(texts)
  }
  for (let index = 0; index < answers.length; index++) {
    const answer = answers[index]
    if (!answer) continue
    const { parts, isError } = answer
    numbers.push(isError ? -1 : parts.length)
    const step = isMessages && !isError ? 3 : 1
    for (let from = 0; from < parts.length; from += step) {
      const part = parts[from] ?? null
      if (step === 3) putMessage(parts, from)
      else putText(typeof part === 'string' ? part : null)
    }
  }
  const marks = marksOf(numbers)
  return `[${answers.length},${JSON.stringify(types)},${JSON.stringify(lists)},${marks.length}]\n${marks}${body}`
}

/** What a pipe would not carry as it is, or would be more than a member where it arrives. */
export const isOdd = ({ keys, values }: Texts): boolean => {
  for (let at = 0; at < keys.length; at++)
    if (keys[at] === '__proto__' || values[at]?.isWellFormed() === false) return true
  return false
}
