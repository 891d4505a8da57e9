import { CompileError, type Position } from './problem.ts'

export type NumberKind = 'int' | 'long' | 'float' | 'double'
type Part =
  | { kind: 'number'; number: NumberKind; text: string; at: Position }
  | { kind: 'string'; text: string; at: Position }
  | { kind: 'name'; text: string; at: Position }
  | { kind: 'sign'; text: string; at: Position }
  | { kind: 'end'; text: ''; at: Position }
/** `isFirst`: a line break stands before it, and nothing else since the token before. */
export type Token = Part & { isFirst: boolean }

/** Longest first, so that the first match is the right one. */
const signs = [
  ...['>>>=', '>>>', '<<=', '>>=', '===', '**='],
  ...['**', '==', '!=', '<=', '>=', '&&', '||', '<<', '>>', '++', '--', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^='],
  ...['~=', '.?', '??', '+', '-', '*', '/', '%', '<', '>', '=', '!', '~', '&', '|', '^', '?', ':', ';', ',', '.', '#'],
  ...['(', ')', '[', ']', '{', '}'],
]
const escapes: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  '\\': '\\',
  "'": "'",
  '"': '"',
}
/** A point may end a number, where no name follows that could be read of it. */
const numberForm = /(?:0[xX][0-9a-fA-F]+|\d+\.(?=[fFdD]?(?![\w$.?]))|(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)/y
const nameForm = /[\p{L}_$][\p{L}\p{N}_$]*/uy
const blankForm = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y

const maxInt = 2_147_483_647n
const maxLong = 9_223_372_036_854_775_807n

/** Written so, these are Java's least numbers. */
const leastNumbers: Readonly<Record<string, string>> = {
  '0x80000000': '-2147483648',
  '0x8000000000000000': '-9223372036854775808',
}

/** Kind and plain text of a number literal: decimal digits for int and long. The least Long needs its sign. */
const numberLiteral = (text: string, suffix: string, isNegated: boolean, at: Position): Part => {
  const least = suffix === '' && Object.hasOwn(leastNumbers, text) ? leastNumbers[text] : undefined
  if (least !== undefined) return { kind: 'number', number: 'long', text: least, at }
  const isHex = /^0[xX]/.test(text)
  if (!isHex && (/[.eE]/.test(text) || /[dDfF]/.test(suffix))) {
    return { kind: 'number', number: /[fF]/.test(suffix) ? 'float' : 'double', text: text.replace(/\.$/, '.0'), at }
  }
  const isOctal = /^0[0-7]+$/.test(text)
  if (!isHex && !isOctal && /^0\d/.test(text)) throw new CompileError(`invalid number: ${text}`, at)
  const value = BigInt(isOctal ? `0o${text.slice(1)}` : text)
  if (value > (isNegated ? maxLong + 1n : maxLong))
    throw new CompileError(`the number ${text} does not fit 64 bits`, at)
  return { kind: 'number', number: /[lL]/.test(suffix) || value > maxInt ? 'long' : 'int', text: String(value), at }
}

const matchAt = (form: RegExp, source: string, index: number): string | undefined => {
  form.lastIndex = index
  return form.exec(source)?.[0]
}

/** The text of a string literal and the index after its closing quote. */
const stringLiteral = (source: string, start: number, at: Position): { text: string; end: number } => {
  const quote = source[start]
  let text = ''
  let index = start + 1
  while (index < source.length && source[index] !== quote) {
    if (source[index] !== '\\') {
      text += source[index++]
      continue
    }
    const sign = source[index + 1] ?? ''
    const unicode = /^u[0-9a-fA-F]{4}/.exec(source.slice(index + 1, index + 6))?.[0]
    const octal = /^[0-3]?[0-7]{1,2}/.exec(source.slice(index + 1, index + 4))?.[0]
    if (unicode) text += String.fromCharCode(Number.parseInt(unicode.slice(1), 16))
    else if (octal) text += String.fromCharCode(Number.parseInt(octal, 8))
    else if (Object.hasOwn(escapes, sign)) text += escapes[sign]
    else throw new CompileError(`illegal escape: \\${sign}`, at)
    index += 1 + (unicode ?? octal ?? sign).length
  }
  if (index >= source.length) throw new CompileError('a string does not end', at)
  return { text, end: index + 1 }
}

/** The tokens of a script, the last of kind `end`. Throws CompileError. */
export const tokenize = (source: string): Token[] => {
  const tokens: Token[] = []
  let line = 1
  let lineStart = 0
  let index = 0
  const advance = (to: number) => {
    for (let newline = source.indexOf('\n', index); newline >= 0 && newline < to; ) {
      line++
      lineStart = newline + 1
      newline = source.indexOf('\n', lineStart)
    }
    index = to
  }
  while (true) {
    const blank = matchAt(blankForm, source, index)
    if (blank) advance(index + blank.length)
    const at = { line, column: index - lineStart + 1 }
    const add = (part: Part) => tokens.push({ ...part, isFirst: blank?.includes('\n') ?? false })
    const first = source[index]
    if (first === undefined) {
      add({ kind: 'end', text: '', at })
      return tokens
    }
    const number = matchAt(numberForm, source, index)
    const name = number ? undefined : matchAt(nameForm, source, index)
    if (number) {
      const suffix = /^[lLdDfF]/.exec(source.slice(index + number.length, index + number.length + 1))?.[0] ?? ''
      const after = source[index + number.length + suffix.length] ?? ''
      if (/[\p{L}_]/u.test(after)) throw new CompileError(`invalid number: ${number}${suffix}${after}`, at)
      add(numberLiteral(number, suffix, source[index - 1] === '-', at))
      advance(index + number.length + suffix.length)
    } else if (name) {
      add({ kind: 'name', text: name, at })
      advance(index + name.length)
    } else if (first === '"' || first === "'") {
      const { text, end } = stringLiteral(source, index, at)
      add({ kind: 'string', text, at })
      advance(end)
    } else {
      const sign = signs.find((text) => source.startsWith(text, index))
      if (sign === undefined) {
        throw new CompileError(source.startsWith('/*', index) ? 'a comment does not end' : `unexpected ${first}`, at)
      }
      add({ kind: 'sign', text: sign, at })
      advance(index + sign.length)
    }
  }
}
