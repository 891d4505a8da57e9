import { type AnyNode, parse, type Program } from 'acorn'
import {
  fitsKind,
  labelProblems,
  messageMembers,
  problemAt,
  type ScriptFrame,
  type ScriptProblem,
  type ValueType,
  wordAt,
} from './script-problem.ts'

/** Names that every script has: those of the language, without what the sandbox takes away. */
const globals = new Set([
  ...['undefined', 'NaN', 'Infinity', 'globalThis', 'arguments', 'Object', 'Function', 'Array', 'String', 'Number'],
  ...['Boolean', 'Symbol', 'BigInt', 'Date', 'RegExp', 'Math', 'JSON', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef'],
  ...['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError', 'AggregateError'],
  ...['ArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array'],
  ...['Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array', 'Reflect'],
  ...['Proxy', 'Intl', 'Iterator', 'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'encodeURI', 'encodeURIComponent'],
  ...['decodeURI', 'decodeURIComponent', 'escape', 'unescape', 'eval'],
])

class Scope {
  readonly names = new Set<string>()
  readonly parent: Scope | null
  constructor(parent: Scope | null) {
    this.parent = parent
  }
  sees(name: string): boolean {
    return this.names.has(name) || (this.parent?.sees(name) ?? false)
  }
  get root(): Scope {
    return this.parent?.root ?? this
  }
}

type Use = { name: string; from: number; to: number; scope: Scope }
type Found = { uses: Use[]; conditions: AnyNode[]; returns: (AnyNode & { type: 'ReturnStatement' })[] }

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value

const childrenOf = (node: AnyNode): AnyNode[] =>
  Object.values(node).flatMap((value: unknown) => (Array.isArray(value) ? value : [value]).filter(isNode))

/** Names that a pattern sets. */
const boundBy = (pattern: AnyNode | null): string[] => {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) => boundBy(one.type === 'Property' ? one.value : one.argument))
    case 'ArrayPattern':
      return pattern.elements.flatMap((one) => boundBy(one))
    case 'AssignmentPattern':
      return boundBy(pattern.left)
    case 'RestElement':
      return boundBy(pattern.argument)
    default:
      return []
  }
}

const add = (scope: Scope, names: readonly string[]) => {
  for (const name of names) scope.names.add(name)
}

/** Children that are expressions or statements; not the names of members, which stand for themselves. */
const partsOf = (node: AnyNode): AnyNode[] => {
  switch (node.type) {
    case 'MemberExpression':
      return node.computed ? [node.object, node.property] : [node.object]
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return childrenOf(node).filter((one) => node.computed || one !== node.key || one === node.value)
    case 'LabeledStatement':
      return [node.body]
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return []
    default:
      return childrenOf(node)
  }
}

const declare = (node: AnyNode, scope: Scope): void => {
  if (node.type === 'VariableDeclarator') add(scope, boundBy(node.id))
  // Without a declaration it is a variable of the whole call.
  if (node.type === 'AssignmentExpression' && node.operator === '=') add(scope.root, boundBy(node.left))
  if (node.type === 'ForInStatement' || node.type === 'ForOfStatement')
    if (node.left.type !== 'VariableDeclaration') add(scope.root, boundBy(node.left))
  if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id)
    scope.names.add(node.id.name)
}

const isFunction = (node: AnyNode) =>
  node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'

const visit = (node: AnyNode, scope: Scope, found: Found, isInner: boolean): void => {
  declare(node, scope)
  let inside = scope
  let isInnerNow = isInner
  if (isFunction(node)) {
    inside = new Scope(scope)
    isInnerNow = true
    if ('params' in node)
      add(
        inside,
        node.params.flatMap((one) => boundBy(one)),
      )
    if (node.type === 'FunctionExpression' && node.id) inside.names.add(node.id.name)
  }
  if (node.type === 'CatchClause') {
    inside = new Scope(scope)
    add(inside, boundBy(node.param ?? null))
  }
  if (node.type === 'Identifier') found.uses.push({ name: node.name, from: node.start, to: node.end, scope })
  if (node.type === 'ReturnStatement' && !isInner) found.returns.push(node)
  if ('test' in node && node.test?.type === 'AssignmentExpression') found.conditions.push(node.test)
  // `typeof x` asks whether there is an x.
  if (node.type === 'UnaryExpression' && node.operator === 'typeof' && node.argument.type === 'Identifier') return
  for (const part of partsOf(node)) visit(part, inside, found, isInnerNow)
}

/** Whether nothing comes after it. */
const ends = (node: AnyNode | null | undefined): boolean => {
  switch (node?.type) {
    case 'ReturnStatement':
    case 'ThrowStatement':
      return true
    case 'BlockStatement':
      return node.body.some(ends)
    case 'IfStatement':
      return ends(node.consequent) && ends(node.alternate)
    case 'TryStatement':
      return ends(node.finalizer) || (ends(node.block) && (node.handler ? ends(node.handler.body) : true))
    case 'WhileStatement':
      return node.test.type === 'Literal' && node.test.value === true
    case 'SwitchStatement':
      return (
        node.cases.some(({ test }) => !test) &&
        node.cases.every(({ consequent }, index) =>
          consequent.length === 0 ? index < node.cases.length - 1 : consequent.some(ends),
        )
      )
    default:
      return false
  }
}

const comparisons = new Set(['==', '!=', '===', '!==', '<', '<=', '>', '>=', 'in', 'instanceof'])

const typeOfLiteral = (value: unknown): ValueType => {
  if (value === null) return 'null'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'flag'
  return typeof value === 'number' ? 'number' : 'unknown'
}

const typeOf = (node: AnyNode): ValueType => {
  switch (node.type) {
    case 'Literal':
      return 'regex' in node && node.regex ? 'object' : typeOfLiteral(node.value)
    case 'TemplateLiteral':
      return 'text'
    case 'ArrayExpression':
      return 'list'
    case 'ObjectExpression':
      return 'object'
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return 'function'
    case 'UnaryExpression':
      return node.operator === '!' || node.operator === 'delete'
        ? 'flag'
        : node.operator === 'typeof'
          ? 'text'
          : 'number'
    case 'BinaryExpression':
      if (comparisons.has(node.operator)) return 'flag'
      if (node.operator !== '+') return 'number'
      return [node.left, node.right].some((one) => typeOf(one) === 'text') ? 'text' : 'unknown'
    default:
      return 'unknown'
  }
}

/** What an expression may come to: the branches of `a ? b : c`. */
const outcomesOf = (node: AnyNode): AnyNode[] =>
  node.type === 'ConditionalExpression' ? [...outcomesOf(node.consequent), ...outcomesOf(node.alternate)] : [node]

const itemsOf = (node: AnyNode): AnyNode[] =>
  node.type === 'ArrayExpression' ? node.elements.flatMap((item) => item ?? []) : []

const lacksMessage = (node: AnyNode): boolean =>
  node.type === 'ObjectExpression' &&
  node.properties.every(
    (one) =>
      one.type === 'Property' &&
      !one.computed &&
      !messageMembers.includes(
        one.key.type === 'Identifier' ? one.key.name : String('value' in one.key && one.key.value),
      ),
  )

const labelOf = (node: AnyNode): string | null =>
  node.type === 'Literal' && typeof node.value === 'string' ? node.value : null

const resultProblems = (text: string, frame: ScriptFrame, value: AnyNode): ScriptProblem[] =>
  outcomesOf(value).flatMap((one): ScriptProblem[] => {
    const place = { from: one.start, to: one.end }
    const type = typeOf(one)
    if (!fitsKind(frame, type)) return [problemAt(text, 'warning', 'wrongResult', place, { type, kind: frame.kind })]
    const items = itemsOf(one)
    if (frame.kind === 'switch') {
      const answers = type === 'list' ? items : [one]
      return labelProblems(
        text,
        frame,
        answers.map((answer) => ({ from: answer.start, to: answer.end, type: typeOf(answer), label: labelOf(answer) })),
      )
    }
    if (frame.kind !== 'update' && frame.kind !== 'generate') return []
    const empty = [one, ...items].find(lacksMessage)
    return empty ? [problemAt(text, 'warning', 'noMessage', { from: empty.start, to: empty.end })] : []
  })

const returnProblems = (
  text: string,
  frame: ScriptFrame,
  program: Program,
  returns: Found['returns'],
): ScriptProblem[] => {
  const end = { from: Math.max(0, text.trimEnd().length - 1), to: text.trimEnd().length }
  const valued = returns.flatMap(({ argument }) => (argument ? [argument] : []))
  const problems = valued.flatMap((one) => resultProblems(text, frame, one))
  if (valued.length === 0 && !program.body.some((one) => one.type === 'ThrowStatement'))
    return [problemAt(text, 'warning', 'neverReturns', end)]
  const bare = returns.find(({ argument }) => !argument)
  if (bare) problems.push(problemAt(text, 'warning', 'mayReturnNothing', { from: bare.start, to: bare.end }))
  else if (!program.body.some(ends)) problems.push(problemAt(text, 'warning', 'mayReturnNothing', end))
  return problems
}

const parsed = (text: string): Program | { at: number; message: string } => {
  try {
    return parse(text, { ecmaVersion: 'latest', sourceType: 'script', allowReturnOutsideFunction: true })
  } catch (error) {
    if (!(error instanceof SyntaxError) || !('pos' in error) || typeof error.pos !== 'number') throw error
    return { at: error.pos, message: error.message.replace(/\s*\(\d+:\d+\)$/, '') }
  }
}

/** What is wrong with the body of a function in JavaScript, and what is odd about it. Nothing of it runs. */
export const lookAtJavaScript = (text: string, frame: ScriptFrame): ScriptProblem[] => {
  const program = parsed(text)
  if (!('type' in program))
    return [
      problemAt(text, 'error', 'syntax', wordAt(text, Math.min(program.at, text.length)), { text: program.message }),
    ]
  const scope = new Scope(null)
  add(scope, frame.args)
  const found: Found = { uses: [], conditions: [], returns: [] }
  visit(program, scope, found, false)
  const imports = frame.imports
  const unknown = found.uses.filter(
    ({ name, scope: at }) => imports !== null && !at.sees(name) && !globals.has(name) && !imports.includes(name),
  )
  return [
    ...unknown.map(({ name, from, to }) => problemAt(text, 'warning', 'unknownName', { from, to }, { name })),
    ...found.conditions.map(({ start, end }) =>
      problemAt(text, 'warning', 'assignsInCondition', { from: start, to: end }),
    ),
    ...returnProblems(text, frame, program, found.returns),
  ]
}
