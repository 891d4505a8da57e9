import type { Expression } from './ast.ts'
import type { Token } from './lexer.ts'
import type { Position } from './problem.ts'
import type { TokenReader } from './token-reader.ts'
import { classNames } from './vocabulary.ts'

/** How tightly each operator binds; all group to the left. */
export const precedence: Readonly<Record<string, number>> = {
  ...{ '??': 1, '||': 2, or: 2, '&&': 3, and: 3, '|': 4, '^': 5, '&': 6, '==': 7, '!=': 7, '===': 7 },
  ...{ '<': 8, '>': 8, '<=': 8, '>=': 8, is: 8, instanceof: 8, '<<': 9, '>>': 9, '>>>': 9, '+': 10, '-': 10 },
  ...{ '*': 11, '/': 11, '%': 11, '**': 12, '#': 13, contains: 13, soundslike: 13, strsim: 13 },
  ...{ '~=': 13, convertable_to: 13 },
}
const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '**=', '&=', '|=', '^=', '<<=', '>>=', '>>>='])
const primitives = ['int', 'long', 'double', 'float', 'short', 'byte', 'boolean', 'char']
const boxed = [
  'Integer',
  'Long',
  'Double',
  'Float',
  'Short',
  'Byte',
  'Boolean',
  'Character',
  'String',
  'Object',
  'Number',
]
export const typeNames: ReadonlySet<string> = new Set([...primitives, ...boxed])
/** What may stand before the name of a variable that is declared. */
export const declarableTypes: ReadonlySet<string> = new Set([...typeNames, ...classNames, 'Exception'])
const notOurs = [
  'typeof',
  'let',
  'const',
  'class',
  'try',
  'catch',
  'throw',
  'async',
  'await',
  'import',
  'with',
  'import_static',
]
const words = [
  ...['if', 'else', 'for', 'foreach', 'while', 'until', 'do', 'switch', 'case', 'default', 'return', 'break'],
  'continue',
]
/** Words no variable may have. */
export const reserved: ReadonlySet<string> = new Set([
  ...notOurs,
  ...words,
  ...['var', 'function', 'def', 'new', 'in', 'true', 'false', 'null', 'nil', 'empty', 'isdef'],
  ...['or', 'and', 'is', 'instanceof', 'contains', 'soundslike', 'strsim', 'convertable_to'],
])
/** How many parameters one call may have. */
const maxParameters = 10
/** How many operators, or steps of a path, may follow one another without parentheses. */
const maxChain = 500
const tooLong = `more than ${maxChain} operators in a row`

const binaryAt = (token: Token): string | undefined =>
  (token.kind === 'sign' || token.kind === 'name') && Object.hasOwn(precedence, token.text) ? token.text : undefined

/** `a.b.C` after its first name was taken. */
const dotted = (reader: TokenReader): string => {
  let name = reader.expectName()
  while (reader.isSign('.') && reader.peek(1).kind === 'name') {
    reader.next()
    name += `.${reader.expectName()}`
  }
  return name
}

const listUntil = (reader: TokenReader, end: string): Expression[] => {
  const items: Expression[] = []
  while (!reader.takeSign(end)) {
    // Nothing between the commas of a list is null.
    const isHole = end === ']' && reader.isSign(',')
    items.push(isHole ? { kind: 'literal', value: 'null', at: reader.at } : parseExpression(reader))
    if (!reader.isSign(end)) reader.expectSign(',')
  }
  return items
}

const parseParameters = (reader: TokenReader): Expression[] => {
  const { at } = reader
  reader.expectSign('(')
  const parameters = listUntil(reader, ')')
  if (parameters.length > maxParameters) reader.refuse(`a call takes at most ${maxParameters} parameters`, at)
  return parameters
}

/** What stands between brackets or braces: a list, or a map when its first item is followed by a colon. */
const parseCollection = (reader: TokenReader, end: string, at: Position): Expression => {
  if (reader.isSign(':') && reader.isSign(end, 1)) {
    reader.next()
    reader.next()
    return { kind: 'map', entries: [], at }
  }
  if (reader.takeSign(end)) return end === '}' ? { kind: 'map', entries: [], at } : { kind: 'list', items: [], at }
  if (end === ']' && reader.isSign(',')) return { kind: 'list', items: listUntil(reader, end), at }
  const first = parseKeyOrItem(reader)
  if (!reader.takeSign(':')) {
    if (!reader.isSign(end)) reader.expectSign(',')
    return { kind: 'list', items: [first, ...listUntil(reader, end)], at }
  }
  const entries: [Expression, Expression][] = [[first, parseExpression(reader)]]
  while (!reader.takeSign(end)) {
    reader.expectSign(',')
    if (reader.takeSign(end)) break
    const key = parseKeyOrItem(reader)
    reader.expectSign(':')
    entries.push([key, parseExpression(reader)])
  }
  return { kind: 'map', entries, at }
}

const parseKeyOrItem = (reader: TokenReader): Expression => {
  const token = reader.peek()
  if (token.kind !== 'name' || !reader.isSign(':', 1)) return parseExpression(reader)
  reader.next()
  return { kind: 'string', value: token.text, at: token.at }
}

const parseNew = (reader: TokenReader, at: Position): Expression => {
  const type = dotted(reader)
  if (!reader.isSign('[')) return { kind: 'new', type, parameters: parseParameters(reader), at }
  if (reader.isSign(']', 1)) {
    reader.next()
    reader.next()
    reader.expectSign('{')
    return { kind: 'typed-array', type, items: listUntil(reader, '}'), at }
  }
  const sizes: Expression[] = []
  while (reader.takeSign('[')) {
    sizes.push(parseExpression(reader))
    reader.expectSign(']')
  }
  return { kind: 'new-array', type, sizes, at }
}

const parseName = (reader: TokenReader, name: string, at: Position): Expression => {
  if (name === 'true' || name === 'false' || name === 'null' || name === 'empty')
    return { kind: 'literal', value: name, at }
  if (name === 'nil') return { kind: 'literal', value: 'null', at }
  if (name === 'new') return parseNew(reader, at)
  if (name === 'isdef') return { kind: 'is-defined', name: reader.expectName(), at }
  if (notOurs.includes(name)) return reader.refuse(`"${name}" is not supported`, at)
  if (reserved.has(name)) return reader.refuse(`unexpected ${name}`, at)
  if (reader.isSign('(')) return { kind: 'call', name, parameters: parseParameters(reader), at }
  return { kind: 'name', name, at }
}

const isCast = (reader: TokenReader): boolean => {
  const type = reader.peek()
  if (type.kind !== 'name' || !typeNames.has(type.text) || !reader.isSign(')', 1)) return false
  const after = reader.peek(2)
  return after.kind === 'sign' ? ['(', '[', '{', '-'].includes(after.text) : after.kind !== 'end' && !binaryAt(after)
}

const parsePrimary = (reader: TokenReader): Expression => {
  const token = reader.peek()
  const { at } = token
  if (token.kind === 'end') return reader.unexpected()
  reader.next()
  if (token.kind === 'number') return { kind: 'number', number: token.number, text: token.text, at }
  if (token.kind === 'string') return { kind: 'string', value: token.text, at }
  if (token.kind === 'name') return parseName(reader, token.text, at)
  if (token.text === '[') return parseCollection(reader, ']', at)
  if (token.text === '{') return parseCollection(reader, '}', at)
  if (token.text !== '(') return reader.refuse(`unexpected ${token.text}`, at)
  if (isCast(reader)) {
    const type = reader.expectName()
    reader.expectSign(')')
    return { kind: 'cast', type, value: parseUnary(reader), at }
  }
  const inner = parseExpression(reader)
  if (reader.isName('in')) return reader.refuse('projections (… in …) are not supported')
  reader.expectSign(')')
  return inner
}

const parsePostfix = (reader: TokenReader): Expression => {
  let target = parsePrimary(reader)
  for (let length = 0; ; length++) {
    const { at } = reader
    if (length > maxChain) reader.refuse(tooLong)
    const isSafe = reader.isSign('.?')
    if (isSafe || reader.isSign('.')) {
      reader.next()
      const name = reader.expectName()
      target = reader.isSign('(')
        ? { kind: 'method', target, name, parameters: parseParameters(reader), isSafe, at }
        : { kind: 'property', target, name, isSafe, at }
    } else if (reader.takeSign('[')) {
      target = { kind: 'index', target, index: parseExpression(reader), at }
      reader.expectSign(']')
    } else if (reader.isSign('++') || reader.isSign('--')) {
      const operator = reader.next().text === '++' ? '++' : '--'
      return { kind: 'step', operator, isPrefix: false, target: assignable(reader, target), at }
    } else return target
  }
}

/** The target itself, when something can be assigned to it. */
const assignable = (reader: TokenReader, target: Expression): Expression =>
  target.kind === 'name' || target.kind === 'index' || (target.kind === 'property' && !target.isSafe)
    ? target
    : reader.refuse('nothing can be assigned to this', target.at)

const parseUnary = (reader: TokenReader): Expression =>
  reader.nested(() => {
    const token = reader.peek()
    const { at } = token
    if (token.kind !== 'sign') return parsePostfix(reader)
    if (token.text === '-' || token.text === '!' || token.text === '~') {
      reader.next()
      return { kind: 'unary', operator: token.text, value: parseUnary(reader), at }
    }
    if (token.text === '++' || token.text === '--') {
      reader.next()
      return { kind: 'step', operator: token.text, isPrefix: true, target: assignable(reader, parseUnary(reader)), at }
    }
    return parsePostfix(reader)
  })

const parseBinary = (reader: TokenReader, least: number): Expression => {
  let left = parseUnary(reader)
  for (let length = 0; ; length++) {
    const { at } = reader
    if (length > maxChain) reader.refuse(tooLong)
    const operator = binaryAt(reader.peek())
    const level = operator === undefined ? 0 : (precedence[operator] ?? 0)
    if (operator === undefined || level < least) return left
    reader.next()
    if (operator === 'is' || operator === 'instanceof')
      left = { kind: 'is-type', value: left, type: dotted(reader), at }
    else left = { kind: 'binary', operator, left, right: parseBinary(reader, level + 1), at }
  }
}

/** One expression, with assignment and condition, which bind loosest and group to the right. */
export const parseExpression = (reader: TokenReader): Expression =>
  reader.nested(() => {
    const left = parseBinary(reader, 1)
    const { at } = reader
    const sign = reader.peek()
    if (sign.kind === 'sign' && assignments.has(sign.text)) {
      const target = assignable(reader, left)
      reader.next()
      return { kind: 'assign', operator: sign.text, target, value: parseExpression(reader), at }
    }
    if (sign.kind === 'sign' && sign.text === '=' && reader.isSign('>', 1))
      reader.refuse('arrow functions are not supported')
    if (!reader.takeSign('?')) return left
    const yes = parseExpression(reader)
    reader.expectSign(':')
    return { kind: 'condition', test: left, yes, no: parseExpression(reader), at }
  })
