import { type Converter, javascriptResults, tbelResults, type TbelValues } from '../script-results.ts'
import { usedLibraries } from '../script-libraries.ts'
import type { ScriptInput, ScriptLibrarySource, ScriptSource } from '../script.ts'
import { Unfit } from './scope.ts'
import { giveUp } from '@thingwire/tbel/budget'
import { compileProgram, type RunScript } from './program.ts'
import { isPlain } from './values.ts'

type Metadata = ScriptInput['metadata']

/** A message of which only the metadata have not become text; undefined as data or type: as it was. */
export type PlainMessage = { data: string | undefined; metadata: Metadata | null; type: string }

/** A script of either language that runs here. Each function may throw: then the sandbox has to be asked. */
export type DirectFunction = {
  run(data: string, metadata: Metadata | null, type: string): unknown
  convert: Converter
  /** What `convert` makes of a single message, before it becomes text; null for what is not so simple. */
  message(value: unknown): PlainMessage | null
}

/** What knows TBEL. */
export type DirectTbel = {
  /** Null for a script that needs a sandbox. `libraries`: each after what it uses. */
  compile(
    body: string,
    args: readonly string[],
    used: { libraries: readonly (ScriptLibrarySource & { uses: readonly string[] })[]; uses: readonly string[] },
  ): RunScript | null
  values: TbelValues
}

export const directJavascript = (source: ScriptSource): DirectFunction | null => {
  const run = compiled(source)
  return (
    run && {
      // Copies, which the script may change.
      run: (data, metadata, type) => run(JSON.parse(data), metadata && { ...metadata }, type),
      convert: javascriptResults(giveUp),
      message: javascriptMessage,
    }
  )
}

const compiled = (source: ScriptSource): RunScript | null => {
  try {
    return compileProgram(source)
  } catch (error) {
    // No script at all, one that nests too deep, or one that is unfit: the sandbox says what there is to say.
    if (error instanceof Unfit || error instanceof SyntaxError || error instanceof RangeError) return null
    throw error
  }
}

const javascriptMessage = (value: unknown): PlainMessage | null => {
  if (!isPlain(value)) return null
  const { msg, metadata = null, msgType = '' } = value
  if (typeof msgType !== 'string' || (metadata !== null && !isTexts(metadata))) return null
  const data: string | undefined = JSON.stringify(msg)
  return { data, metadata, type: msgType }
}

const isTexts = (value: unknown): value is Metadata => {
  if (!isPlain(value)) return false
  for (const key in value) if (typeof value[key] !== 'string') return false
  return true
}

export const directTbelScript = (
  { body, argNames, libraries = [] }: ScriptSource,
  { compile, values }: DirectTbel,
): DirectFunction | null => {
  const run = compile(body, argNames, {
    libraries: libraries.map((library) => ({ ...library, uses: usedLibraries(library.body) })),
    uses: usedLibraries(body),
  })
  return (
    run && {
      run: (data, metadata, type) => run(values.fromJson(data), metadata && new Map(Object.entries(metadata)), type),
      convert: tbelResults(giveUp, values),
      message: (value) => tbelMessage(value, values),
    }
  )
}

const tbelMessage = (value: unknown, $: TbelValues): PlainMessage | null => {
  if (!(value instanceof Map)) return null
  const metadata: unknown = value.get('metadata') ?? null
  if (metadata !== null && !(metadata instanceof Map)) return null
  return {
    data: value.has('msg') ? $.toJson(value.get('msg')) : undefined,
    metadata: metadata && texts(metadata, $),
    type: $.text(value.get('msgType') ?? ''),
  }
}

const texts = (map: ReadonlyMap<unknown, unknown>, $: TbelValues): Metadata => {
  const made: Metadata = {}
  for (const [key, item] of map) {
    if (item === null || item === undefined) continue
    const name = $.text(key)
    if (name === '__proto__') giveUp()
    made[name] = $.text(item)
  }
  return made
}
