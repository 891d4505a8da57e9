import type { ScriptLanguage } from '@thingwire/contracts'
import type { ScriptKind } from '@thingwire/rules'
import type { Suggest, Suggestion, Suggestions } from './code-types.ts'
import { methodsOf, staticsOf, wordsFor } from './script-words.ts'
import { describeShape, type Shape, shapeAt, unknownShape } from './shape.ts'

/** What is known around a script. */
export type ScriptScope = {
  language: ScriptLanguage
  kind: ScriptKind
  args: readonly string[]
  /** Of the data and the metadata of messages that were seen. */
  data: Shape
  metadata: Shape
  messageTypes: readonly string[]
  /** Labels that lead on from the node. */
  labels: readonly string[]
  /** All libraries in the language, and what those have that the script uses. */
  libraries: readonly { name: string; description: string | null }[]
  functions: readonly { name: string; signature: string; library: string }[]
}

const name = '[\\p{L}_$][\\p{L}\\p{N}_$]*'
const step = `(?:\\s*\\??\\.\\??\\s*${name}|\\s*\\[\\s*(?:\\d+|'[^'\\n]*'|"[^"\\n]*"|${name})\\s*\\])`
const pathBefore = new RegExp(`(${name}(?:${step})*)\\s*\\??\\.\\??\\s*(${name})?$`, 'u')
const keyBefore = new RegExp(
  `(${name}(?:${step})*)\\s*(?:\\[|\\.\\s*(?:get|containsKey|remove)\\()\\s*(['"])([^'"\\n]*)$`,
  'u',
)
const wordBefore = new RegExp(`${name}$`, 'u')
const textBefore = /(['"])([^'"\n]*)$/

/** A path is looked for in the last part of a text, so that a long text costs no more at each key. */
const near = (before: string): string => before.slice(-500)

/** `msg.a['b'][0]` as its steps. */
export const stepsOf = (path: string): string[] =>
  [...path.matchAll(new RegExp(`${name}|\\[\\s*(?:(\\d+)|'([^']*)'|"([^"]*)"|(${name}))\\s*\\]`, 'gu'))].map(
    ([whole, index, single, double, variable]) => index ?? single ?? double ?? (variable === undefined ? whole : '*'),
  )

/** Comments and texts are not looked at for names: blanked out, in place. */
const isInComment = (text: string): boolean => {
  const line = text.slice(text.lastIndexOf('\n') + 1)
  const blank = line.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, (part) => ' '.repeat(part.length))
  return blank.includes('//') || text.lastIndexOf('/*') > text.lastIndexOf('*/')
}

/** The shape that a name stands for: an argument, or a variable that was set to something known. */
const shapeOfName = (root: string, before: string, scope: ScriptScope, depth: number): Shape | null => {
  const index = scope.args.indexOf(root)
  if (index === 0) return scope.data
  if (index === 1) return scope.metadata
  if (index === 2) return { ...unknownShape, types: new Set(['text']) }
  if (depth > 4) return null
  const escaped = root.replaceAll('$', '\\$')
  const value = `(${name}(?:${step})*)`
  const assigned = [
    ...before.matchAll(new RegExp(`(?<![\\p{L}\\p{N}_$.])${escaped}\\s*=\\s*${value}\\s*(?=[;\\n]|$)`, 'gu')),
  ]
  const looped = [
    ...before.matchAll(new RegExp(`\\(\\s*(?:var|let|const|def)?\\s*${escaped}\\s*(?::|of\\s)\\s*${value}`, 'gu')),
  ]
  const [found, isItem] = assigned.length > 0 ? [assigned.at(-1)?.[1], false] : [looped.at(-1)?.[1], true]
  if (found === undefined) return null
  const shape = shapeOfPath(found, before, scope, depth + 1)
  return isItem ? (shape?.items ?? null) : shape
}

const shapeOfPath = (path: string, before: string, scope: ScriptScope, depth = 0): Shape | null => {
  const [root, ...steps] = stepsOf(path)
  const shape = root === undefined ? null : shapeOfName(root, before, scope, depth)
  return shape && shapeAt(shape, steps)
}

const isName = new RegExp(`^${name}$`, 'u')

const membersOf = (shape: Shape): Suggestion[] =>
  [...shape.members].map(([label, member]) => ({ label, kind: 'property', detail: describeShape(member), boost: 10 }))

/** Behind a dot: members that were seen and have the form of a name, then what the language offers. */
const afterDot = (before: string, scope: ScriptScope): Suggestions | null => {
  const [, path = '', begun = ''] = pathBefore.exec(near(before)) ?? []
  if (path === '') return null
  const shape = shapeOfPath(path, before, scope)
  const known = shape
    ? [...membersOf(shape).filter(({ label }) => isName.test(label)), ...methodsOf(scope.language, shape.types)]
    : []
  const options = known.length > 0 ? known : staticsOf(scope.language, path)
  return options.length === 0
    ? null
    : { from: before.length - begun.length, validFor: new RegExp(`^${name}$|^$`, 'u'), options }
}

const ofTexts = (before: string, begun: string, options: Suggestion[]): Suggestions | null =>
  options.length === 0 ? null : { from: before.length - begun.length, validFor: /^[^'"\n]*$/, options }

const texts = (labels: readonly string[]): Suggestion[] => labels.map((label) => ({ label, kind: 'text' }))

/** In a text: keys, message types, or labels, by what it stands for. */
const insideText = (before: string, scope: ScriptScope): Suggestions | null => {
  const [, path, , key = ''] = keyBefore.exec(near(before)) ?? []
  if (path !== undefined) {
    const shape = shapeOfPath(path, before, scope)
    return shape && ofTexts(before, key, membersOf(shape))
  }
  const [quoted, , begun = ''] = textBefore.exec(near(before)) ?? []
  if (quoted === undefined) return null
  const ahead = before.slice(0, before.length - quoted.length)
  const typeName = scope.args[2] ?? 'msgType'
  if (new RegExp(`${typeName}\\s*(?:[=!]==?|:)\\s*$|msgType\\s*:\\s*$`).test(ahead))
    return ofTexts(before, begun, texts(scope.messageTypes))
  if (scope.kind === 'switch' && /return\s*(?:\[[^\]]*)?$|[?:]\s*$/.test(ahead))
    return ofTexts(before, begun, texts(scope.labels))
  return null
}

const used = /^[^\S\n]*\/\/[^\S\n]*@use\b(?:.*,)?\s*(\w*)$/

const inComment = (before: string, scope: ScriptScope): Suggestions | null => {
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const begun = used.exec(line)?.[1]
  if (begun !== undefined)
    return {
      from: before.length - begun.length,
      validFor: /^\w*$/,
      options: scope.libraries.map(({ name: label, description }) => ({
        label,
        kind: 'type' as const,
        ...(description !== null && { detail: description }),
      })),
    }
  const at = /^\s*\/\/\s*(@\w*)$/.exec(line)?.[1]
  if (at === undefined || scope.libraries.length === 0) return null
  return {
    from: before.length - at.length,
    validFor: /^@\w*$/,
    options: [{ label: '@use', kind: 'keyword', apply: '@use ' }],
  }
}

/** Names that the script itself sets. */
const ownNames = (text: string, except: string): Suggestion[] => {
  const set = text.matchAll(new RegExp(`\\b(?:var|let|const|def|function)\\s+(${name})`, 'gu'))
  return [...new Set([...set].map(([, one = '']) => one))]
    .filter((one) => one !== except)
    .map((label) => ({ label, kind: 'variable' }))
}

const details = (scope: ScriptScope): string[] => [
  'data',
  'metadata',
  scope.messageTypes.slice(0, 2).join(', ') || 'type',
]

const words = (before: string, text: string, scope: ScriptScope, isAsked: boolean): Suggestions | null => {
  const begun = wordBefore.exec(near(before))?.[0] ?? ''
  if ((begun === '' && !isAsked) || /\d$/.test(before.slice(0, before.length - begun.length))) return null
  const described = details(scope)
  return {
    from: before.length - begun.length,
    validFor: new RegExp(`^${name}$|^$`, 'u'),
    options: [
      ...scope.args.map((label, index) => ({
        label,
        kind: 'variable' as const,
        detail: described[index] ?? '',
        boost: 20,
      })),
      ...scope.functions.map(({ name: label, signature, library }) => ({
        ...{ label, kind: 'function' as const, boost: 8, detail: signature },
        info: library,
        apply: `${label}(#{})`,
      })),
      ...ownNames(text, begun),
      ...wordsFor(scope.language, scope.kind),
    ],
  }
}

/** What can be written at a place of a script. `scope` is asked at that moment: samples come later than the text. */
export const suggestIn =
  (scope: () => ScriptScope): Suggest =>
  (text, at, isAsked) => {
    const before = text.slice(0, at)
    const known = scope()
    if (isInComment(before)) return inComment(before, known)
    const found = insideText(before, known)
    if (found) return found
    const line = before.slice(before.lastIndexOf('\n') + 1)
    const quotes = line.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`/g, '')
    if (/['"`]/.test(quotes)) return null
    if (pathBefore.test(near(before))) return afterDot(before, known)
    return words(before, text, known, isAsked)
  }
