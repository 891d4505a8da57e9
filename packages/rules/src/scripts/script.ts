import type { Message, ScriptLanguage, ScriptType } from '@thingwire/contracts'

/** What a script is for: it decides what it may return. */
export type ScriptKind = ScriptType

/** Functions that scripts share. */
export type ScriptLibrarySource = { name: string; body: string }

/** The body of a function that somebody wrote. */
export type ScriptSource = {
  language: ScriptLanguage
  kind: ScriptKind
  /** Names of the three arguments: data, metadata, message type. */
  argNames: readonly string[]
  body: string
  /** What it uses, and what that uses, each after what it stands on; see script-libraries.ts. */
  libraries?: readonly ScriptLibrarySource[] | undefined
}

/** What one call of the function gets. A message is one. */
export type ScriptInput = Pick<Message, 'data' | 'metadata' | 'type'>

/** What a script answered for one message, or what was wrong with it. */
export type ScriptOutcome<T> = { ok: true; value: T } | { ok: false; error: string }

/**
 * What a script answers for one message: the parts that script-results.ts describes. Metadata that never left this process are
 * there as they are.
 */
export type ScriptAnswer = readonly (string | null | Record<string, string>)[]

/** In characters, as ThingsBoard. */
export const scriptLimits = { body: 50_000, arguments: 100_000, result: 300_000, libraries: 200_000 } as const

export const messageArguments: readonly string[] = ['msg', 'metadata', 'msgType']
export const generatorArguments: readonly string[] = ['prevMsg', 'prevMetadata', 'prevMsgType']

/** The body that the language of a node's configuration chooses; no language means JavaScript. */
export const chosenScript = (config: {
  scriptLang?: ScriptLanguage | null | undefined
  jsScript?: string | null | undefined
  tbelScript?: string | null | undefined
}): { language: ScriptLanguage; body: string } => {
  const language = config.scriptLang ?? 'JS'
  return { language, body: (language === 'JS' ? config.jsScript : config.tbelScript) ?? '' }
}

const forbidden = /\b(async|await|Promise|setTimeout)\b/

/** Why a script is not even tried; null: nothing speaks against it. */
export const scriptProblem = ({ language, argNames, body, libraries = [] }: ScriptSource): string | null => {
  if (body.trim() === '') return `${language} script is blank!`
  if (body.length > scriptLimits.body) return `Script body exceeds ${scriptLimits.body} characters`
  if (argNames.length > 3) return 'A script has three arguments at most'
  const oddName = argNames.find((name) => !/^[A-Za-z_$][\w$]*$/.test(name))
  if (oddName !== undefined) return `${oddName} cannot be the name of an argument`
  if (language === 'TBEL') return null
  for (const library of libraries) {
    const problem = wordProblem(library.body)
    if (problem !== null) return `Library ${library.name}: ${problem}`
  }
  return wordProblem(body)
}

const wordProblem = (body: string): string | null => {
  const word = forbidden.exec(withoutTexts(body))?.[1]
  return word === undefined ? null : `Script must not contain '${word}': it has to return its result at once`
}

/** The body with comments and quoted texts blanked out. */
const withoutTexts = (body: string): string =>
  body.replace(
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/g,
    (text) => (text.startsWith('`') ? text.replace(/[^${}\w]/g, ' ') : ' '),
  )
