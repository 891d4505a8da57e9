import type { ScriptLanguage } from '@thingwire/contracts'
import type { ScriptKind } from '@thingwire/rules'

/**
 * What is wrong or odd; `text` of the first two is said by the language itself. The words for people are under
 * `chainScripts.problem`.
 */
type ScriptProblemKey =
  | 'syntax'
  | 'refused'
  | 'unknownName'
  | 'unknownFunction'
  | 'unknownLibrary'
  | 'hiddenFunction'
  | 'noLoop'
  | 'neverReturns'
  | 'mayReturnNothing'
  | 'assignsInCondition'
  | 'wrongResult'
  | 'noMessage'
  | 'noWire'

export type ScriptProblem = {
  /** An error keeps the script from running; a warning is a guess about what it will do. */
  severity: 'error' | 'warning'
  key: ScriptProblemKey
  values: Readonly<Record<string, string>>
  /** Offsets; `to` excluded. */
  from: number
  to: number
  /** From 1. */
  line: number
  column: number
}

/** What is known about a script besides its text. */
export type ScriptFrame = {
  language: ScriptLanguage
  kind: ScriptKind
  args: readonly string[]
  /** Functions of the libraries that it uses; null: not known, so nothing is said about unknown names. */
  imports: readonly string[] | null
  /** Names of all libraries in the language; null: not known. */
  libraries: readonly string[] | null
  /** Labels that lead on from the node; null: not known. */
  labels: readonly string[] | null
}

/** What a value is, as far as the text of its expression says so. */
export type ValueType = 'text' | 'number' | 'flag' | 'null' | 'list' | 'object' | 'function' | 'unknown'

const allowed: Record<ScriptKind, readonly ValueType[]> = {
  filter: ['flag'],
  switch: ['text', 'list'],
  update: ['object', 'list'],
  generate: ['object'],
  string: ['text'],
  json: ['text', 'number', 'flag', 'null', 'list', 'object'],
}

/** TBEL writes any value as a text. */
export const fitsKind = ({ kind, language }: ScriptFrame, type: ValueType): boolean =>
  type === 'unknown' || (kind === 'string' && language === 'TBEL') || allowed[kind].includes(type)

export const messageMembers: readonly string[] = ['msg', 'metadata', 'msgType']

export const placeOf = (text: string, offset: number): { line: number; column: number } => {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

export const offsetOf = (text: string, { line, column }: { line: number; column: number }): number => {
  let start = 0
  for (let at = 1; at < line; at++) {
    const next = text.indexOf('\n', start)
    if (next < 0) return text.length
    start = next + 1
  }
  return Math.min(text.length, start + column - 1)
}

/** From a place to the end of the word there, or one character. */
export const wordAt = (text: string, from: number): { from: number; to: number } => {
  const word = /^[\p{L}\p{N}_$]+/u.exec(text.slice(from))?.[0].length ?? 1
  return { from, to: Math.min(text.length, from + word) }
}

export const problemAt = (
  text: string,
  severity: ScriptProblem['severity'],
  key: ScriptProblemKey,
  { from, to }: { from: number; to: number },
  values: Readonly<Record<string, string>> = {},
): ScriptProblem => ({ severity, key, values, from, to, ...placeOf(text, from) })

/** A label that a switch answers with, or what stands in the place of one. */
type LabelAnswer = { from: number; to: number; type: ValueType; label: string | null }

/** Answers that are no labels, else the first label that leads nowhere. Labels are one whatever their case. */
export const labelProblems = (text: string, frame: ScriptFrame, answers: readonly LabelAnswer[]): ScriptProblem[] => {
  const wrong = answers.find(({ type }) => type !== 'text' && type !== 'unknown')
  if (wrong) return [problemAt(text, 'warning', 'wrongResult', wrong, { type: wrong.type, kind: 'switch' })]
  const wired = frame.labels?.map((label) => label.toLowerCase())
  const stray = answers.find(({ label }) => label !== null && wired && !wired.includes(label.toLowerCase()))
  return stray ? [problemAt(text, 'warning', 'noWire', stray, { label: stray.label ?? '' })] : []
}
