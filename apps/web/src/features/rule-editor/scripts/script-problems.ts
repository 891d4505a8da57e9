import { scriptProblem, usedLibraries } from '@thingwire/rules'
import { lookAtJavaScript } from './look-at-javascript.ts'
import { lookAtTbel } from './look-at-tbel.ts'
import { problemAt, type ScriptFrame, type ScriptProblem, wordAt } from './script-problem.ts'

const word = /'(async|await|Promise|setTimeout)'/

/** Libraries that the script asks for and that there are not. */
const libraryProblems = (text: string, { libraries }: ScriptFrame): ScriptProblem[] =>
  usedLibraries(text).flatMap((name) => {
    if (libraries === null || libraries.includes(name)) return []
    const use = text.search(/@use\b/)
    return [problemAt(text, 'error', 'unknownLibrary', wordAt(text, text.indexOf(name, use + 4)), { name })]
  })

/**
 * What is wrong with the text of a script (errors: it will not run) and what is odd about it (warnings). Knows no editor
 * and no server; load it when it is needed, as the parsers of two languages come with it.
 */
export const scriptProblems = (text: string, frame: ScriptFrame): ScriptProblem[] => {
  const { kind, language, args } = frame
  const refused = scriptProblem({ kind, language, argNames: args, body: text })
  if (refused !== null) {
    const named = word.exec(refused)?.[1]
    const at = named === undefined ? 0 : Math.max(0, text.search(new RegExp(`\\b${named}\\b`)))
    return [problemAt(text, 'error', 'refused', wordAt(text, at), { text: refused })]
  }
  const missing = libraryProblems(text, frame)
  // What a library would bring is not known then.
  const known = missing.length > 0 ? { ...frame, imports: null } : frame
  const looked = language === 'JS' ? lookAtJavaScript(text, known) : lookAtTbel(text, known)
  return [...missing, ...looked].sort((a, b) => a.from - b.from)
}
