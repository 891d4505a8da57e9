import type { ScriptLanguage } from '@thingwire/contracts'
import { compileTbel } from '@thingwire/tbel'
import { type Piece, piecesOf } from './format-pieces.ts'

type Frame = {
  /** Steps of indentation of the line that it was opened in. */
  base: number
  sign: string
  isSwitch: boolean
  /** The parentheses of `if (…)` and the like. */
  isHead: boolean
}

const heads = new Set(['if', 'for', 'foreach', 'while', 'until', 'switch', 'catch', 'with'])
/** After these a statement of its own may follow in the next line. */
const spacedWords = new Set([...heads, 'return', 'else', 'do', 'try', 'finally', 'case', 'typeof', 'in', 'of', 'new'])
const both = new Set([
  ...['=', '==', '===', '!=', '!==', '<=', '>=', '<', '>', '&&', '||', '??', '=>', '~='],
  ...['+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '**=', '<<=', '>>=', '>>>=', '&&=', '||=', '??='],
])
const continuing = new Set([...both, '+', '-', '*', '/', '%', '?', '.', '?.', '.?', '&', '|', '^'])
/** What a line begins with that goes on with the line before. A sign before a value may be a statement of its own. */
const leading = new Set([...[...both], '*', '/', '%', '?', ':', '.', '?.', '.?'])

const unitOf = (text: string): string => {
  const indents = [...text.matchAll(/^( +|\t+)(?=[^\s*])/gm)].map(([, blank = '']) => blank)
  if (indents.some((one) => one.startsWith('\t'))) return '\t'
  const least = Math.min(...indents.map(({ length }) => length))
  return least === 4 || least === 3 ? '    ' : '  '
}

/** What stands between two pieces of a line. */
const gapBetween = (a: Piece, b: Piece, gap: string): string => {
  if (a.kind === 'fixed' || b.kind === 'fixed') return gap
  if (b.kind === 'comment') return gap === '' ? ' ' : gap
  if (a.kind === 'comment') return gap === '' ? '' : ' '
  if (b.text === ';' || b.text === ',') return ''
  if (a.text === ',' || a.text === ';') return b.text === ')' || b.text === ']' ? gap.slice(0, 1) : ' '
  const isSign = (piece: Piece) => piece.kind === 'sign' && both.has(piece.text)
  if (isSign(a) || isSign(b)) return ' '
  if (b.text === '{' && (a.text === ')' || spacedWords.has(a.text))) return ' '
  if (a.text === '}' && ['else', 'catch', 'finally', 'while', 'until'].includes(b.text)) return ' '
  if (b.text === '(' && heads.has(a.text)) return ' '
  return gap === '' ? '' : ' '
}

class Indenter {
  readonly #stack: Frame[] = []
  #before: Piece | null = null
  /** The last piece closed the head of an `if` or a loop; or opened the head of a switch, whose block comes next. */
  #closedHead = false
  #isSwitch = false

  /** Steps of indentation of a line that begins with this piece. */
  levelOf(first: Piece): number {
    const top = this.#stack.at(-1)
    if (first.kind === 'sign' && ')]}'.includes(first.text)) return top?.base ?? 0
    const inner = top ? top.base + 1 : 0
    if (top?.isSwitch) return /^(?:case|default)$/.test(first.text) ? inner : inner + 1 + this.#extra(first)
    return inner + (top && top.sign !== '{' ? 0 : this.#extra(first))
  }

  take(piece: Piece, base: number): void {
    if (piece.kind === 'comment') return
    const before = this.#before
    this.#closedHead = false
    if (piece.kind === 'sign' && '([{'.includes(piece.text)) {
      const isHead = piece.text === '(' && before?.kind === 'word' && heads.has(before.text)
      const isSwitch = piece.text === '{' && this.#isSwitch
      this.#stack.push({ base, sign: piece.text, isSwitch, isHead })
      this.#isSwitch = isHead && before?.text === 'switch'
    } else if (piece.kind === 'sign' && ')]}'.includes(piece.text)) {
      const frame = this.#stack.pop()
      this.#closedHead = frame?.isHead ?? false
    }
    this.#before = piece
  }

  #extra(first: Piece): number {
    const before = this.#before
    if (!before || first.text === '{' || first.kind === 'comment') return 0
    if (this.#closedHead || before.text === 'else') return 1
    if (before.kind === 'sign' && continuing.has(before.text)) return 1
    return first.kind === 'sign' && leading.has(first.text) ? 1 : 0
  }
}

const laidOut = (text: string, pieces: readonly Piece[]): string => {
  const unit = unitOf(text)
  const indenter = new Indenter()
  const lines: string[] = []
  let next = 0
  let start = 0
  for (const line of text.split('\n')) {
    const end = start + line.length
    const inside = pieces[next - 1]
    const isWithin = inside !== undefined && inside.to >= start
    let written = isWithin ? text.slice(start, Math.min(end, inside.to)) : ''
    let last = isWithin && inside.to <= end ? inside : null
    let base: number | null = null
    // One that begins where the line ends begins with the line break: a part of a template.
    for (let piece = pieces[next]; piece && piece.from <= end; piece = pieces[++next]) {
      if (base === null && !isWithin) {
        base = indenter.levelOf(piece)
        written += unit.repeat(base)
      }
      if (last) written += gapBetween(last, piece, text.slice(last.to, piece.from))
      written += text.slice(piece.from, Math.min(piece.to, end))
      indenter.take(piece, base ?? 0)
      last = piece
    }
    const endsWithin = last !== null && last.to > end
    lines.push(endsWithin || (isWithin && inside.to > end) ? written : written.trimEnd())
    start = end + 1
  }
  return lines.join('\n')
}

/** Whether two texts are the same to the language. */
const isSame = (before: string, after: string, language: ScriptLanguage): boolean => {
  if (language === 'TBEL') {
    const [one, other] = [before, after].map((text) => compileTbel(text, { args: [] }))
    return one?.ok === true && other?.ok === true && one.js === other.js
  }
  const [one, other] = [before, after].map((text) =>
    piecesOf(text, language)
      ?.filter(({ kind }) => kind !== 'comment')
      .map((piece) => piece.text)
      .join('\0'),
  )
  return one !== undefined && one === other
}

/**
 * The script with tidy indentation and spacing; lines stay as they are. It means the same: only white space between tokens
 * is another, and what the language makes of both is compared. Null: the text has errors, and stays as it is.
 */
export const formatScript = (text: string, language: ScriptLanguage): string | null => {
  const plain = text.replaceAll('\r\n', '\n')
  if (language === 'TBEL' && !compileTbel(plain, { args: [] }).ok) return null
  const pieces = piecesOf(plain, language)
  if (pieces === null) return null
  const after = laidOut(plain, pieces).trimEnd()
  return isSame(plain, after, language) ? after : null
}
