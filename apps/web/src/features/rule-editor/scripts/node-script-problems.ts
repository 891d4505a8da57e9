import type { DocNode } from '../model/document.ts'
import { languageIn, scriptOfClass, textIn } from './script-kinds.ts'
import type { ScriptProblem } from './script-problem.ts'
import { scriptProblems } from './script-problems.ts'

/** A problem of the script that a node uses, and the member of its configuration where that script is. */
export type NodeScriptProblem = ScriptProblem & { path: string }

/**
 * What is wrong with the script of a node, as far as its text alone says so; nothing of nodes without one. The script in
 * the other language is not looked at, since nobody runs it.
 */
export const nodeScriptProblems = (node: Pick<DocNode, 'className' | 'configuration'>): NodeScriptProblem[] => {
  const script = scriptOfClass(node.className)
  if (!script) return []
  const language = languageIn(node.configuration)
  const frame = { language, kind: script.kind, args: script.args, imports: null, libraries: null, labels: null }
  return scriptProblems(textIn(node.configuration, script, language), frame).map((one) => ({
    ...one,
    path: script.keys[language],
  }))
}
