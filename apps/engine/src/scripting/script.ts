/** A function body that somebody wrote, and what to call it with. */
export type Script = {
  body: string
  /** Names of the three arguments: data, metadata, message type. */
  argNames: readonly string[]
  /** JSON; the script gets the value. */
  data: string
  metadata: Readonly<Record<string, string>>
  msgType: string
}

/** Runs scripts where they can harm nobody. */
export type ScriptRunner = {
  /** The JSON value that the script returned; undefined when it returned nothing. Throws a ScriptError. */
  run(script: Script): Promise<unknown>
}

/** The script's own fault: its text is shown to whoever wrote it. */
export class ScriptError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ScriptError'
  }
}

/** As ThingsBoard. In characters. */
export const scriptLimits = { body: 50_000, arguments: 100_000, result: 300_000 } as const

const forbidden = /\b(async|await|Promise|setTimeout)\b/

/** Why a script is not even tried; null: nothing speaks against it. */
export const scriptProblem = ({ body, argNames, data, metadata }: Script): string | null => {
  if (body.trim() === '') return 'Script body is empty'
  if (body.length > scriptLimits.body) return `Script body exceeds ${scriptLimits.body} characters`
  if (data.length + JSON.stringify(metadata).length > scriptLimits.arguments)
    return `Script input arguments exceed ${scriptLimits.arguments} characters`
  if (argNames.length > 3) return 'A script has three arguments at most'
  const oddName = argNames.find((name) => !/^[A-Za-z_$][\w$]*$/.test(name))
  if (oddName !== undefined) return `${oddName} cannot be the name of an argument`
  const word = forbidden.exec(withoutTexts(body))?.[1]
  return word === undefined ? null : `Script must not contain '${word}': it has to return its result at once`
}

/** The body with comments and quoted texts blanked out. */
const withoutTexts = (body: string): string =>
  body.replace(
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`/g,
    (text) => (text.startsWith('`') ? text.replace(/[^${}\w]/g, ' ') : ' '),
  )
