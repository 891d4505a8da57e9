import {
  type Converter,
  type Fault,
  javascriptResults,
  type Parts,
  tbelResults,
  type TbelValues,
} from './script-results.ts'
import { type ScriptKind, scriptLimits, type ScriptSource } from './script.ts'

/*
 * The functions of this file become text, like those of script-results.ts: each may use only its parameters and what it
 * declares itself.
 */

/**
 * Takes away what a script has no use for and freezes the rest, so that no call leaves anything behind for the next
 * one. Variables that a script sets without declaring them live until `forget`.
 */
const hardenRealm = (script: unknown): { forget(): void } => {
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'console', 'gc'])
    Reflect.deleteProperty(globalThis, name)
  let variables: Record<PropertyKey, unknown> = Object.create(null)
  let isDirty = false
  Reflect.setPrototypeOf(
    globalThis,
    new Proxy(Object.create(null), {
      has: (_, key) => key in variables,
      get: (_, key) => variables[key],
      set: (_, key, value) => {
        variables[key] = value
        isDirty = true
        return true
      },
      deleteProperty: (_, key) => Reflect.deleteProperty(variables, key),
      defineProperty: () => false,
      setPrototypeOf: () => false,
    }),
  )
  const reached = new Set<object>()
  const reach = (value: unknown): void => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || reached.has(value)) return
    reached.add(value)
    if (value !== globalThis) reach(Reflect.getPrototypeOf(value))
    for (const key of Reflect.ownKeys(value)) {
      const property = Reflect.getOwnPropertyDescriptor(value, key)
      for (const part of [property?.value, property?.get, property?.set]) reach(part)
    }
  }
  reach(globalThis)
  reach(script)
  // No name leads to these.
  for (const made of [function* () {}, async () => {}, async function* () {}]) reach(made)
  const iterators = [[].values(), new Map().values(), new Set().values(), ''[Symbol.iterator](), 'a'.matchAll(/a/g)]
  for (const value of [...iterators, (function* () {})()]) reach(value)
  /** A frozen `toString` would forbid every object to have one of its own, and `error.name = …` is everyday. */
  for (const prototype of [Object.prototype, Error.prototype]) {
    for (const key of Reflect.ownKeys(prototype)) {
      const property = Reflect.getOwnPropertyDescriptor(prototype, key)
      if (!property || !('value' in property)) continue
      const { value, enumerable = false } = property
      Reflect.defineProperty(prototype, key, {
        get: () => value,
        set(this: object, own: unknown) {
          Reflect.defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true })
        },
        enumerable,
        configurable: true,
      })
    }
  }
  for (const value of reached) Object.freeze(value)
  const lastMatch = /(?:)/
  return {
    forget: () => {
      lastMatch.test('')
      if (!isDirty) return
      variables = Object.create(null)
      isDirty = false
    },
  }
}

type BatchParts = {
  kind: ScriptKind
  /** Runs the script; what it throws is its own fault. */
  call(data: string, metadata: string, type: string): unknown
  convert: Converter
  describe(error: unknown): string
  forget(): void
  maxArguments: number
  maxResult: number
}

/** What the host can call: texts in, texts out (script-wire.ts has the other half). */
export type SandboxCalls = {
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

const createBatch = (parts: BatchParts): SandboxCalls => {
  const { kind, call, convert, describe, forget, maxArguments, maxResult } = parts
  const now = Date.now
  const isMessages = kind === 'update' || kind === 'generate'
  let text = ''
  let lengths: number[] = []
  /** Where the next message begins: in `lengths`, and in `text`. */
  let at = 0
  let position = 0
  let answers: { parts: Parts; isError: boolean }[] = []
  let isAtMessage = false

  const failed = (error: string) => ({ parts: [error], isError: true })
  const answerOf = (data: string, metadata: string, type: string) => {
    if (data.length + metadata.length > maxArguments)
      return failed(`Script input arguments exceed ${maxArguments} characters`)
    try {
      const parts = convert(call(data, metadata, type), kind)
      let size = 0
      for (let index = 0; index < parts.length; index++) size += parts[index]?.length ?? 0
      if (size > maxResult) return failed(`Script result exceeds ${maxResult} characters`)
      for (let index = 0; isMessages && index < parts.length; index += 3) {
        if (parts[index] === data) parts[index] = null
        if (parts[index + 1] === metadata) parts[index + 1] = null
        if (parts[index + 2] === type) parts[index + 2] = null
      }
      return { parts, isError: false }
    } catch (error) {
      return failed(describe(error))
    }
  }
  /** How many answers; each: how many parts (-1: an error, with its text), then the length of each (-1: null). */
  const flush = (): string => {
    const head: number[] = [answers.length]
    let body = ''
    for (const { parts, isError } of answers) {
      head.push(isError ? -1 : parts.length)
      for (const part of parts) {
        head.push(part === null ? -1 : part.length)
        body += part ?? ''
      }
    }
    return `[${head.join()}]\n${body}`
  }
  const run = (most: number, sliceMs: number): string => {
    const began = now()
    answers = []
    while (at < lengths.length && answers.length < most) {
      const dataEnd = position + (lengths[at] ?? 0)
      const metadataEnd = dataEnd + (lengths[at + 1] ?? 0)
      const typeEnd = metadataEnd + (lengths[at + 2] ?? 0)
      isAtMessage = true
      const answer = answerOf(
        text.slice(position, dataEnd),
        text.slice(dataEnd, metadataEnd),
        text.slice(metadataEnd, typeEnd),
      )
      forget()
      answers.push(answer)
      at += 3
      position = typeEnd
      isAtMessage = false
      if (now() - began >= sliceMs) break
    }
    return flush()
  }
  return {
    begin: (given, from, most, sliceMs) => {
      const cut = given.indexOf('\n')
      text = given
      lengths = JSON.parse(given.slice(0, cut))
      position = cut + 1
      for (at = 0; at < from * 3; at++) position += lengths[at] ?? 0
      return run(most, sliceMs)
    },
    run,
    salvage: (error) => {
      if (isAtMessage && error !== null) {
        forget()
        answers.push(failed(error))
        for (const end = at + 3; at < end; at++) position += lengths[at] ?? 0
        isAtMessage = false
      }
      return flush()
    },
  }
}

const assemble = (given: {
  $: TbelValues | null
  script: (...parameters: unknown[]) => unknown
  readsMetadata: boolean
  kind: ScriptKind
  maxArguments: number
  maxResult: number
  javascriptResults: (fault: Fault) => Converter
  tbelResults: (fault: Fault, $: TbelValues) => Converter
  hardenRealm: (script: unknown) => { forget(): void }
  createBatch: (parts: BatchParts) => SandboxCalls
}): SandboxCalls => {
  const { $, script, readsMetadata } = given
  class ScriptFault {
    readonly text: string
    constructor(text: string) {
      this.text = text
    }
  }
  const fault: Fault = (message) => {
    throw new ScriptFault(message)
  }
  const { forget } = given.hardenRealm(script)
  const describe = (error: unknown): string => {
    if (error instanceof ScriptFault) return error.text
    try {
      return ($ && error instanceof Error ? String(error.message) : String(error)).slice(0, 1_000)
    } catch {
      return 'Error'
    }
  }
  return given.createBatch({
    ...given,
    forget,
    describe,
    convert: $ ? given.tbelResults(fault, $) : given.javascriptResults(fault),
    call: $
      ? (data, metadata, type) => script($.fromJson(data), $.fromJson(readsMetadata ? metadata : '{}'), type)
      : (data, metadata, type) => script(JSON.parse(data), readsMetadata ? JSON.parse(metadata) : null, type),
  })
}

/** Whether the script can get at its second argument: parsing it for nothing costs a third of a simple filter's time. */
const readsMetadata = ({ argNames, body }: ScriptSource): boolean => {
  const name = argNames[1]
  return name !== undefined && [name, 'arguments', 'eval', '\\u'].some((text) => body.includes(text))
}

/** For TBEL: the script as an expression of JavaScript, and the text of its runtime. */
export type Translation = { js: string; runtime: string }

/**
 * The text of a program for an empty realm: an expression whose value is an object of SandboxCalls for this script. It
 * throws a SyntaxError for a script that is none. After it has run the realm is closed: one realm a script.
 */
export const sandboxProgram = (source: ScriptSource, translation: Translation | null): string => {
  const names = source.argNames.map((name) => JSON.stringify(name)).join()
  return `(() => { 'use strict';
    const $ = ${translation ? translation.runtime : 'null'};
    const script = ${translation ? `(${translation.js})($)` : `Function(${[...(names ? [names] : []), JSON.stringify(source.body)].join()})`};
    return (${assemble})({ $, script, readsMetadata: ${readsMetadata(source)}, kind: ${JSON.stringify(source.kind)},
      maxArguments: ${scriptLimits.arguments}, maxResult: ${scriptLimits.result},
      javascriptResults: ${javascriptResults}, tbelResults: ${tbelResults},
      hardenRealm: ${hardenRealm}, createBatch: ${createBatch} });
  })()`
}
