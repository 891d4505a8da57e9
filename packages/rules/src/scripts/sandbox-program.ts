import { base64 } from './base64.ts'
import { marksOf } from './marks.ts'
import { type BatchParts, createBatch, encodeAnswers, isOdd, type SandboxCalls } from './sandbox-batch.ts'
import {
  type Converter,
  type Fault,
  javascriptResults,
  tbelResults,
  type TbelValues,
  type Texts,
} from './script-results.ts'
import { type ScriptKind, scriptLimits, type ScriptSource } from './script.ts'
import { usedLibraries } from './script-libraries.ts'

/*
 * The functions of this file become text, like those of script-results.ts, sandbox-batch.ts and base64.ts: each may use only its parameters and what it
 * declares itself.
 */

/**
 * Takes away what a script has no use for and freezes the rest, so that no call leaves anything behind for the next
 * one. Variables that a script sets without declaring them live until `forget`.
 * @param replacesAssign Decoders of devices bring an `Object.assign` of their own, which joins lists; it lives as long
 */
const hardenRealm = (scripts: readonly unknown[], replacesAssign: boolean): { forget(): void } => {
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'gc']) Reflect.deleteProperty(globalThis, name)
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
  const { assign, defineProperty } = Object
  let currentAssign: unknown = assign
  const replaceAssign = (own: unknown): void => {
    currentAssign = own
    isDirty = true
  }
  if (replacesAssign) {
    defineProperty(Object, 'assign', { get: () => currentAssign, set: replaceAssign, configurable: true })
    Object.defineProperty = (target, key, property) => {
      const isAssign = target === Object && key === 'assign' && 'value' in property
      if (!isAssign) return defineProperty(target, key, property)
      replaceAssign(property.value)
      return target
    }
  }
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
  for (const script of scripts) reach(script)
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
      currentAssign = assign
      isDirty = false
    },
  }
}

const assemble = (given: {
  $: TbelValues | null
  script: (...parameters: unknown[]) => unknown
  /** Of libraries. */
  functions: readonly unknown[]
  locate: (stack: string) => string
  readsMetadata: boolean
  replacesAssign: boolean
  kind: ScriptKind
  maxArguments: number
  maxResult: number
  javascriptResults: (fault: Fault) => Converter
  tbelResults: (fault: Fault, $: TbelValues) => Converter
  base64: typeof base64
  hardenRealm: (scripts: readonly unknown[], replacesAssign: boolean) => { forget(): void }
  createBatch: (parts: BatchParts) => SandboxCalls
  encodeAnswers: BatchParts['encodeAnswers']
  isOdd: BatchParts['isOdd']
  marksOf: BatchParts['marksOf']
}): SandboxCalls => {
  const { $, script } = given
  class ScriptFault {
    readonly text: string
    constructor(text: string) {
      this.text = text
    }
  }
  const fault: Fault = (message) => {
    throw new ScriptFault(message)
  }
  // What scripts find on every platform beside the language itself. Nobody reads the lines for the console.
  const bytes = given.base64((name, message) => {
    if (name === 'TypeError') throw new TypeError(message)
    throw Object.defineProperty(new Error(message), 'name', { value: name })
  })
  const ignore = () => {}
  Reflect.deleteProperty(globalThis, 'console')
  const platform = { ...bytes, console: { log: ignore, info: ignore, warn: ignore, error: ignore, debug: ignore } }
  if (!$)
    for (const [name, value] of Object.entries(platform))
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })
  const { forget } = given.hardenRealm([script, ...given.functions], given.replacesAssign)
  const mapOf = ({ keys, values }: Texts): Map<string, string> => {
    const made = new Map<string, string>()
    for (let at = 0; at < keys.length; at++) made.set(keys[at] ?? '', values[at] ?? '')
    return made
  }
  const objectOf = ({ keys, values }: Texts): Record<string, string> => {
    const made: Record<string, string> = {}
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] ?? ''
      const value = values[at] ?? ''
      // Elsewhere it is a member like any other.
      if (key === '__proto__')
        Reflect.defineProperty(made, key, { value, writable: true, enumerable: true, configurable: true })
      else made[key] = value
    }
    return made
  }
  const describe = (error: unknown): string => {
    if (error instanceof ScriptFault) return error.text
    try {
      if ($ && error instanceof RangeError && /call stack/.test(error.message))
        return 'functions call each other too deeply, or a value holds itself'
      const text = ($ && error instanceof Error ? String(error.message) : String(error)).slice(0, 1_000)
      const isPlain = given.functions.length === 0 || !(error instanceof Error)
      return isPlain ? text : text + given.locate(String(error.stack).slice(-5_000))
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
      ? (data, metadata, type) => script($.fromJson(data), metadata && mapOf(metadata), type)
      : (data, metadata, type) => script(JSON.parse(data), metadata && objectOf(metadata), type),
  })
}

/**
 * The part of a stack that says in which library an error came up; the script's own errors need no such word. Lines of
 * libraries in TBEL are those of their translation, so there the function has to do.
 */
const locateInLibrary = (stack: string): string => {
  const frame = /\n\s*at (?:[^\n]*?([\w$]+) \()?thingwire-(?:script|(tbel)?library-([\w$]+)):(\d+)/.exec(stack)
  if (!frame?.[3]) return ''
  const [, name, isTbel, library, line] = frame
  // A function that is made of text has two lines before its own, and one holds the constants.
  if (!isTbel) return ` (library ${library}, line ${Number(line) - 3})`
  return name ? ` (library ${library}, in ${name.replace(/^f_/, '')})` : ` (library ${library})`
}

/**
 * Whether the script can get at its second argument: parsing it for nothing costs a third of a simple filter's time. A script
 * that does nothing with it but hand it back gets null instead, which stands for "as it was".
 */
export const readsMetadata = ({ argNames, body, kind, libraries = [] }: ScriptSource): boolean => {
  const name = argNames[1]
  const ways = name === undefined ? [] : [name, 'arguments', 'eval', '\\u']
  const own = kind === 'update' && name === 'metadata' ? withoutHandingBack(body) : body
  return [own, ...libraries.map((library) => library.body)].some((text) => ways.some((way) => text.includes(way)))
}

const value = '(?!metadata\\b)[A-Za-z_$][\\w$]*'
const handingBack = new RegExp(
  `\\breturn\\s*\\{\\s*msg\\s*:\\s*${value}\\s*,\\s*metadata\\s*:\\s*metadata\\s*,\\s*msgType\\s*:\\s*${value}\\s*\\}(?=\\s*(?:;|\\}|$))`,
  'g',
)
/** What a function of the script returns, other parts of it could look into. */
const ownFunctions = /=>|\b(?:function|def|class)\b|(?<!\b(?:if|for|foreach|while|switch|catch)\s*)\([^()]*\)\s*\{/

const withoutHandingBack = (body: string): string => (ownFunctions.test(body) ? body : body.replace(handingBack, ''))

const replacesAssign = ({ language, body, libraries = [] }: ScriptSource): boolean =>
  language === 'JS' &&
  [body, ...libraries.map((library) => library.body)].some((text) =>
    /\bObject\s*\.\s*(?:assign\s*=[^=]|defineProperty\s*\(\s*Object\s*,)/.test(text),
  )

/** A library as code: for TBEL an expression that gives its functions, for JavaScript its text. */
export type LibraryTranslation = { name: string; functions: readonly string[]; js: string }

/** What comes out of a script by compiling it: its own expression, for TBEL, and its libraries. */
export type Translation = {
  /** For TBEL: the script as an expression of JavaScript, and the text of its runtime. */
  tbel: { js: string; runtime: string } | null
  /** In the order of the source. */
  libraries: readonly LibraryTranslation[]
}

/** Which functions a text that uses libraries gets, with the library of each; a problem when two have one of a name. */
export const importedFunctions = (
  body: string,
  libraries: readonly LibraryTranslation[],
): { ok: true; functions: Map<string, string> } | { ok: false; problem: string } => {
  const functions = new Map<string, string>()
  for (const used of usedLibraries(body))
    for (const name of libraries.find((library) => library.name === used)?.functions ?? []) {
      const other = functions.get(name)
      if (other !== undefined)
        return { ok: false, problem: `Function ${name} is in library ${other} and in library ${used}` }
      functions.set(name, used)
    }
  return { ok: true, functions }
}

/**
 * Code of a value that is made of a text in which the functions of the libraries have their names. They are constants: what a
 * script put in their place would be there for the next message.
 */
const made = (text: string, uses: string, url: string, { tbel, libraries }: Translation): string => {
  const imported = importedFunctions(uses, libraries)
  const entries = imported.ok ? [...imported.functions] : []
  const placed = entries.map(([name, library]) => [name, `L[${JSON.stringify(library)}][${JSON.stringify(name)}]`])
  if (tbel) {
    const given = placed.map(([name, value]) => `${JSON.stringify(name)}: ${value}`)
    return `(0, eval)(${JSON.stringify(`${text}\n//# sourceURL=${url}`)})($, { ${given.join()} })`
  }
  const constants = placed.map(([name, value]) => `const ${name} = ${value};`).join(' ')
  return `Function('L', ${JSON.stringify(`${constants} return ${text}\n//# sourceURL=${url}`)})(L)`
}

const scriptCode = ({ argNames, body }: ScriptSource, translation: Translation): string => {
  const { tbel, libraries } = translation
  const names = argNames.map((name) => JSON.stringify(name))
  if (libraries.length === 0) return tbel ? `(${tbel.js})($)` : `Function(${[...names, JSON.stringify(body)].join()})`
  const text = tbel ? tbel.js : `function (${argNames.join()}) {\n${body}\n}`
  return made(text, body, 'thingwire-script', translation)
}

const libraryCode = ({ name, js, functions }: LibraryTranslation, uses: string, translation: Translation): string => {
  const isTbel = translation.tbel !== null
  const text = isTbel ? js : `(function () {\n${js}\nreturn { ${functions.join()} };\n})()`
  return made(text, uses, `thingwire-${isTbel ? 'tbel' : ''}library-${name}`, translation)
}

/**
 * The text of a program for an empty realm: an expression whose value is an object of SandboxCalls for this script. It
 * throws a SyntaxError for a script that is none. After it has run the realm is closed: one realm a script.
 */
export const sandboxProgram = (source: ScriptSource, translation: Translation): string => {
  const { tbel, libraries } = translation
  const assignments = libraries.map((library) => {
    const uses = source.libraries?.find(({ name }) => name === library.name)?.body ?? ''
    return `L[${JSON.stringify(library.name)}] = ${libraryCode(library, uses, translation)};`
  })
  return `(() => { 'use strict';
    const $ = ${tbel ? tbel.runtime : 'null'};
    const L = Object.create(null);
    ${assignments.join('\n')}
    const script = ${scriptCode(source, translation)};
    return (${assemble})({ $, script, functions: Object.values(L).flatMap((library) => Object.values(library)),
      locate: ${locateInLibrary},
      readsMetadata: ${readsMetadata(source)}, replacesAssign: ${replacesAssign(source)}, kind: ${JSON.stringify(source.kind)},
      maxArguments: ${scriptLimits.arguments}, maxResult: ${scriptLimits.result},
      javascriptResults: ${javascriptResults}, tbelResults: ${tbelResults}, base64: ${base64},
      hardenRealm: ${hardenRealm}, createBatch: ${createBatch}, encodeAnswers: ${encodeAnswers}, isOdd: ${isOdd}, marksOf: ${marksOf} });
  })()`
}
