import type { Statement } from './ast.ts'
import { tokenize } from './lexer.ts'
import { declarableTypes, parseExpression, reserved } from './parse-expression.ts'
import type { Position } from './problem.ts'
import { TokenReader } from './token-reader.ts'

const parseBlock = (reader: TokenReader): Statement[] => {
  reader.expectSign('{')
  const body: Statement[] = []
  while (!reader.takeSign('}')) {
    if (reader.peek().kind === 'end') reader.unexpected('"}"')
    body.push(...parseStatement(reader, '}'))
  }
  return body
}

/** The body of an if or a loop: a block, or one statement. */
const parseBody = (reader: TokenReader): Statement => {
  const { at } = reader
  return { kind: 'block', body: reader.isSign('{') ? parseBlock(reader) : parseStatement(reader, '}'), at }
}

const parseTest = (reader: TokenReader) => {
  reader.expectSign('(')
  const test = parseExpression(reader)
  reader.expectSign(')')
  return test
}

const parseIf = (reader: TokenReader, at: Position): Statement => {
  const test = parseTest(reader)
  const yes = parseBody(reader)
  const hasElse = reader.isName('else')
  if (hasElse) reader.next()
  return { kind: 'if', test, yes, no: hasElse ? parseBody(reader) : null, at }
}

const newName = (reader: TokenReader): string => {
  const { at } = reader
  const name = reader.expectName()
  return reserved.has(name) ? reader.refuse(`${name} is no name for a variable`, at) : name
}

const parseForEach = (reader: TokenReader, at: Position): Statement => {
  const name = newName(reader)
  reader.expectSign(':')
  const items = parseExpression(reader)
  reader.expectSign(')')
  return { kind: 'foreach', name, items, body: parseBody(reader), at }
}

const parseFor = (reader: TokenReader, at: Position): Statement => {
  reader.expectSign('(')
  const hasType = reader.isName('var') || (declarableTypes.has(reader.peek().text) && reader.peek(1).kind === 'name')
  if (reader.isSign(':', hasType ? 2 : 1)) {
    if (hasType) reader.next()
    return parseForEach(reader, at)
  }
  const first = reader.isSign(';') ? [] : parseSimple(reader)
  reader.expectSign(';')
  const test = reader.isSign(';') ? null : parseExpression(reader)
  reader.expectSign(';')
  const next = reader.isSign(')') ? [] : [parseExpression(reader)]
  while (!reader.takeSign(')')) {
    reader.expectSign(',')
    next.push(parseExpression(reader))
  }
  return { kind: 'for', first, test, next, body: parseBody(reader), at }
}

const parseLoop = (reader: TokenReader, isUntil: boolean, at: Position): Statement => {
  const test = parseTest(reader)
  return { kind: 'while', test, isUntil, body: parseBody(reader), at }
}

const parseDo = (reader: TokenReader, at: Position): Statement => {
  const body: Statement = { kind: 'block', body: parseBlock(reader), at }
  const isUntil = reader.takeName('until')
  if (!isUntil && !reader.takeName('while')) reader.unexpected('"while" or "until"')
  return { kind: 'do', test: parseTest(reader), isUntil, body, at }
}

const parseSwitch = (reader: TokenReader, at: Position): Statement => {
  const value = parseTest(reader)
  const cases: { value: ReturnType<typeof parseExpression> | null; body: Statement[] }[] = []
  reader.expectSign('{')
  while (!reader.takeSign('}')) {
    const isDefault = reader.takeName('default')
    if (!isDefault && !reader.takeName('case')) reader.unexpected('"case" or "default"')
    const label = isDefault ? null : parseExpression(reader)
    reader.expectSign(':')
    const body: Statement[] = []
    while (!reader.isName('case') && !reader.isName('default') && !reader.isSign('}')) {
      if (reader.peek().kind === 'end') reader.unexpected('"}"')
      body.push(...parseStatement(reader, '}'))
    }
    cases.push({ value: label, body })
  }
  return { kind: 'switch', value, cases, at }
}

const parseFunction = (reader: TokenReader, at: Position): Statement => {
  const name = newName(reader)
  const parameters: string[] = []
  reader.expectSign('(')
  while (!reader.takeSign(')')) {
    parameters.push(newName(reader))
    if (!reader.isSign(')')) reader.expectSign(',')
  }
  if (new Set(parameters).size < parameters.length) reader.refuse(`${name} has a parameter twice`, at)
  const body = reader.isSign('{') ? parseBlock(reader) : parseStatement(reader, '}')
  return { kind: 'function', name, parameters, body, at }
}

/** How many tokens stand before the name of a declaration: `var`, `int[]`, `java.util.List`; null: it is none. */
const typeLength = (reader: TokenReader): number | null => {
  if (reader.isName('var')) return 1
  const type = reader.peek()
  if (type.kind !== 'name') return null
  let length = 1
  if (type.text === 'java') while (reader.isSign('.', length) && reader.peek(length + 1).kind === 'name') length += 2
  else if (!declarableTypes.has(type.text)) return null
  if (reader.isSign('[', length) && reader.isSign(']', length + 1)) length += 2
  const name = reader.peek(length)
  return name.kind === 'name' && !reserved.has(name.text) ? length : null
}

/** Declarations or expressions, with commas between them. */
const parseSimple = (reader: TokenReader): Statement[] => {
  const length = typeLength(reader)
  const parseOne = length === null ? parseExpressionStatement : parseDeclaration
  const { at } = reader
  for (let skipped = 0; skipped < (length ?? 0); skipped++) reader.next()
  const statements = [parseOne(reader, at)]
  while (reader.takeSign(',')) statements.push(parseOne(reader, reader.at))
  return statements
}

const parseDeclaration = (reader: TokenReader, at: Position): Statement =>
  // `var` may stand before anything that is assigned.
  reader.isSign('.', 1) || reader.isSign('[', 1)
    ? parseExpressionStatement(reader, at)
    : { kind: 'declare', name: newName(reader), value: reader.takeSign('=') ? parseExpression(reader) : null, at }

const parseExpressionStatement = (reader: TokenReader, at: Position): Statement => ({
  kind: 'expression',
  value: parseExpression(reader),
  at,
})

const parseWord = (reader: TokenReader, word: string): Statement | null => {
  const { at } = reader
  const starts: Record<string, () => Statement> = {
    if: () => parseIf(reader, at),
    for: () => parseFor(reader, at),
    foreach: () => {
      reader.expectSign('(')
      return parseForEach(reader, at)
    },
    while: () => parseLoop(reader, false, at),
    until: () => parseLoop(reader, true, at),
    do: () => parseDo(reader, at),
    switch: () => parseSwitch(reader, at),
    function: () => parseFunction(reader, at),
    def: () => parseFunction(reader, at),
  }
  const start = Object.hasOwn(starts, word) ? starts[word] : undefined
  if (start === undefined) return null
  reader.next()
  return reader.nested(start)
}

/** One statement; several where a comma stands between them, none for a lone semicolon. */
const parseStatement = (reader: TokenReader, end: string): Statement[] => {
  if (reader.takeSign(';')) return []
  const token = reader.peek()
  const { at } = token
  const structured = token.kind === 'name' ? parseWord(reader, token.text) : null
  if (structured) return [structured]
  let statements: Statement[]
  if (reader.takeName('return')) {
    const isBare = reader.isSign(';') || reader.isSign('}') || reader.peek().kind === 'end'
    statements = [{ kind: 'return', value: isBare ? null : parseExpression(reader), at }]
  } else if (reader.takeName('break')) statements = [{ kind: 'break', at }]
  else if (reader.takeName('continue')) statements = [{ kind: 'continue', at }]
  else statements = parseSimple(reader)
  // A line break ends a statement, too, where what follows cannot go on with it.
  const isOver = reader.isSign(end) || reader.peek().kind === 'end' || reader.peek().isFirst
  if (!reader.takeSign(';') && !isOver) reader.unexpected('";"')
  return statements
}

/** The statements of a script. Throws CompileError. */
export const parse = (source: string): Statement[] => {
  const reader = new TokenReader(tokenize(source))
  const body: Statement[] = []
  while (reader.peek().kind !== 'end') {
    body.push(...parseStatement(reader, ''))
  }
  return body
}
