import type { ScriptLanguage } from '@thingwire/contracts'
import { testScript } from '../../../api/scripts.ts'
import type { CodeMark } from './code-types.ts'
import { isExpected } from './script-cases.ts'
import type { NodeScript } from './script-kinds.ts'
import { offsetOf, wordAt } from './script-problem.ts'
import type { TestMessage } from './seen-messages.ts'

/** What became of one try, with what was tried. */
export type ScriptRun = {
  text: string
  message: TestMessage
  expected: string | null
  /** From the click to the answer, with the way there and back. */
  elapsedMs: number
} & ({ ok: true; output: string; passed: boolean } | { ok: false; error: string; passed: false })

/** Runs a script in the sandbox of the engine, as it stands. What goes wrong on the way there is an error like any other. */
export const runScript = async (
  work: { script: NodeScript; language: ScriptLanguage; text: string },
  message: TestMessage,
  expected: string | null,
): Promise<ScriptRun> => {
  const { script, language, text } = work
  const began = performance.now()
  const tried = { text, message, expected }
  try {
    const { output, error } = await testScript(language, {
      ...{ script: text, scriptType: script.kind, argNames: [...script.args] },
      ...{ msg: message.data, metadata: { ...message.metadata }, msgType: message.type },
    })
    const elapsedMs = performance.now() - began
    if (error !== '') return { ...tried, elapsedMs, ok: false, error, passed: false }
    return { ...tried, elapsedMs, ok: true, output, passed: expected === null || isExpected(output, expected) }
  } catch (error) {
    const elapsedMs = performance.now() - began
    return {
      ...tried,
      elapsedMs,
      ok: false,
      error: error instanceof Error ? error.message : String(error),
      passed: false,
    }
  }
}

/** Where an error says that it came up; null: it does not say, or means another text. */
export const placeOfError = (error: string, text: string): { line: number; source: string; mark: CodeMark } | null => {
  if (/^Library |\(library /.test(error)) return null
  const [, lineText, columnText] = /\bline (\d+)(?:, column (\d+))?/i.exec(error) ?? []
  if (lineText === undefined) return null
  const line = Number(lineText)
  const source = text.split('\n')[line - 1]
  if (source === undefined) return null
  const start = offsetOf(text, { line, column: 1 })
  const place =
    columnText === undefined
      ? { from: start + (source.length - source.trimStart().length), to: start + source.length }
      : wordAt(text, offsetOf(text, { line, column: Number(columnText) }))
  return { line, source, mark: { ...place, severity: 'error', message: error } }
}
