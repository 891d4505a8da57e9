import type { ScriptLanguage } from '@thingwire/contracts'
import { type Comment, parse, type Token } from 'acorn'

/** A token or comment of a script: what stands between two of them is white space. */
export type Piece = {
  /** `fixed`: no space is added or taken away beside it. */
  kind: 'word' | 'sign' | 'value' | 'comment' | 'fixed'
  text: string
  from: number
  to: number
}

const templateParts = new Set(['`', '${', 'template', 'invalidTemplate'])
const values = new Set(['num', 'string', 'regexp', 'bigint', 'privateId'])

const javascriptPieces = (text: string): Piece[] | null => {
  const tokens: Token[] = []
  const comments: Comment[] = []
  try {
    parse(text, {
      ...{ ecmaVersion: 'latest', sourceType: 'script', allowReturnOutsideFunction: true },
      ...{ onToken: tokens, onComment: comments },
    })
  } catch {
    return null
  }
  const kindOf = ({ type: { label } }: Token): Piece['kind'] => {
    if (templateParts.has(label)) return 'fixed'
    return values.has(label) ? 'value' : 'sign'
  }
  const templates = new Set(tokens.flatMap(({ start, type }) => (type.label === 'template' ? [start] : [])))
  const pieces = tokens.flatMap((token): Piece[] => {
    const { start: from, end: to } = token
    const source = text.slice(from, to)
    // The closing brace of a part of a template looks like any other; beside it nothing may move either.
    const isTemplateEnd = source === '}' && templates.has(to)
    const kind = isTemplateEnd
      ? 'fixed'
      : /^[\p{L}_$]/u.test(source) && kindOf(token) === 'sign'
        ? 'word'
        : kindOf(token)
    return token.type.label === 'eof' || from === to ? [] : [{ kind, text: source, from, to }]
  })
  const notes = comments.map(
    ({ start: from, end: to }): Piece => ({ kind: 'comment', text: text.slice(from, to), from, to }),
  )
  return [...pieces, ...notes].sort((a, b) => a.from - b.from)
}

const tbelPart = new RegExp(
  [
    String.raw`(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)`,
    String.raw`(?<value>"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|(?:0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)[lLdDfF]?)`,
    String.raw`(?<word>[\p{L}_$][\p{L}\p{N}_$]*)`,
    String.raw`(?<sign>>>>=|>>>|<<=|>>=|===|!==|\*\*=|\*\*|==|!=|<=|>=|&&|\|\||<<|>>|\+\+|--|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|~=|\.\?|[^\s])`,
  ].join('|'),
  'gu',
)

const tbelPieces = (text: string): Piece[] =>
  [...text.matchAll(tbelPart)].map(({ 0: source, index, groups }) => ({
    kind:
      groups?.comment !== undefined
        ? 'comment'
        : groups?.value !== undefined
          ? 'value'
          : groups?.word !== undefined
            ? 'word'
            : 'sign',
    ...{ text: source, from: index, to: index + source.length },
  }))

/** Null: the text is no JavaScript. */
export const piecesOf = (text: string, language: ScriptLanguage): Piece[] | null =>
  language === 'JS' ? javascriptPieces(text) : tbelPieces(text)
