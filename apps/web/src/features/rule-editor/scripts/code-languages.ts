import { javascript } from '@codemirror/lang-javascript'
import { json } from '@codemirror/lang-json'
import {
  foldService,
  HighlightStyle,
  StreamLanguage,
  type StreamParser,
  syntaxHighlighting,
} from '@codemirror/language'
import type { EditorState, Extension } from '@codemirror/state'
import { tags } from '@lezer/highlight'
import { classNames, helperNames, reservedWords, typeNames } from '@thingwire/tbel'

/** What a text is written in. `template`: plain text with the marks `${metadata key}` and `$[data key]`. */
export type CodeLanguage = 'JS' | 'TBEL' | 'JSON' | 'template'

type TbelState = { isInComment: boolean; depth: number }

const atoms = new Set(['true', 'false', 'null', 'nil', 'empty'])

/** Colours of TBEL, line by line; what is right about it is for the compiler to say. */
const tbelParser: StreamParser<TbelState> = {
  name: 'tbel',
  startState: () => ({ isInComment: false, depth: 0 }),
  token: (stream, state) => {
    if (state.isInComment) {
      state.isInComment = !stream.match(/^.*?\*\//)
      if (state.isInComment) stream.skipToEnd()
      return 'comment'
    }
    if (stream.eatSpace()) return null
    if (stream.match('//')) {
      stream.skipToEnd()
      return 'comment'
    }
    if (stream.match('/*')) {
      state.isInComment = true
      return 'comment'
    }
    if (stream.match(/^(?:0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)[lLdDfF]?/)) return 'number'
    if (stream.match(/^"(?:\\.|[^"\\])*"?/) || stream.match(/^'(?:\\.|[^'\\])*'?/)) return 'string'
    if (stream.match(/^\.\??(?=\s*[\p{L}_$])/u)) {
      stream.eatSpace()
      return 'punctuation'
    }
    const before = stream.string.slice(0, stream.pos)
    const name = stream.match(/^[\p{L}_$][\p{L}\p{N}_$]*/u)
    if (name && typeof name !== 'boolean') return wordOf(name[0], before, stream.match(/^\s*\(/, false) !== null)
    const sign = stream.next() ?? ''
    if ('([{'.includes(sign)) state.depth++
    if (')]}'.includes(sign)) state.depth = Math.max(0, state.depth - 1)
    return '()[]{},;.'.includes(sign) ? 'punctuation' : 'operator'
  },
  indent: (state, textAfter, { unit }) => (state.depth - (/^\s*[)\]}]/.test(textAfter) ? 1 : 0)) * unit,
  languageData: {
    commentTokens: { line: '//', block: { open: '/*', close: '*/' } },
    closeBrackets: { brackets: ['(', '[', '{', "'", '"'] },
    indentOnInput: /^\s*[)\]}]$/,
  },
}

const wordOf = (word: string, before: string, isCalled: boolean): string => {
  if (/\.\??\s*$/.test(before)) return isCalled ? 'propertyName.function' : 'propertyName'
  if (atoms.has(word)) return 'atom'
  if (reservedWords.has(word)) return 'keyword'
  if (typeNames.has(word) || classNames.has(word)) return 'typeName'
  if (helperNames.has(word)) return 'variableName.standard'
  return isCalled ? 'variableName.function' : 'variableName'
}

const templateParser: StreamParser<null> = {
  name: 'template',
  token: (stream) => {
    if (stream.match(/^\$\{[^}]*\}/)) return 'variableName.special'
    if (stream.match(/^\$\[[^\]]*\]/)) return 'propertyName.special'
    stream.next()
    stream.eatWhile(/[^$]/)
    return null
  },
}

/** A line that ends in an open bracket folds until the line where that closes. */
const foldBrackets = foldService.of((state: EditorState, lineStart: number, lineEnd: number) => {
  const line = state.doc.sliceString(lineStart, lineEnd)
  const open = /[([{]\s*(?:\/\/.*)?$/.exec(line)
  if (!open) return null
  let depth = 0
  const from = lineStart + open.index + 1
  const text = state.doc.sliceString(from - 1)
  for (const { 0: part, index } of text.matchAll(codeParts)) {
    if (part.length > 1) continue
    depth += '([{'.includes(part) ? 1 : -1
    if (depth === 0) return { from, to: from - 1 + index }
  }
  return null
})
const codeParts = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[()[\]{}]/g

export const languageOf = (language: CodeLanguage): Extension => {
  switch (language) {
    case 'JS':
      return javascript().language
    case 'TBEL':
      return [StreamLanguage.define(tbelParser), foldBrackets]
    case 'JSON':
      return json().language
    case 'template':
      return StreamLanguage.define(templateParser)
  }
}

/** Tokens of the theme only, so that it is one style for light and dark. */
const colors = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.definitionKeyword, tags.controlKeyword], color: 'var(--tw-accent-text)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--tw-ok-text)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--tw-alert-text)' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: 'var(--tw-ink-3)', fontStyle: 'italic' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--tw-info-text)' },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.propertyName),
      tags.standard(tags.variableName),
      tags.typeName,
      tags.className,
    ],
    color: 'var(--tw-warn-text)',
  },
  {
    tag: [tags.special(tags.variableName), tags.special(tags.propertyName)],
    color: 'var(--tw-accent-text)',
    fontWeight: '500',
  },
  { tag: [tags.operator, tags.punctuation, tags.bracket], color: 'var(--tw-ink-2)' },
  { tag: tags.invalid, color: 'var(--tw-danger-text)' },
])

export const codeColors = syntaxHighlighting(colors)
