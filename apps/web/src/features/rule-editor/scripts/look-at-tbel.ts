import {
  classNames,
  compileTbel,
  type Expression,
  helperNames,
  type Position,
  readTbel,
  type Statement,
} from '@thingwire/tbel'
import {
  fitsKind,
  labelProblems,
  messageMembers,
  offsetOf,
  problemAt,
  type ScriptFrame,
  type ScriptProblem,
  type ValueType,
  wordAt,
} from './script-problem.ts'

type Node = Statement | Expression

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string' && 'at' in value

/** Statements and expressions right below, also those in lists of lists (the entries of maps, the cases of a switch). */
const childrenOf = (node: Node): Node[] => below(Object.values(node))
const below = (values: readonly unknown[]): Node[] =>
  values.flatMap((value): Node[] => {
    if (isNode(value)) return [value]
    if (Array.isArray(value)) return below(value)
    return isCase(value) ? below([value.value, value.body]) : []
  })
const isCase = (value: unknown): value is { value: unknown; body: unknown } =>
  typeof value === 'object' && value !== null && 'value' in value && 'body' in value

type Found = {
  names: { name: string; at: Position }[]
  calls: { name: string; at: Position }[]
  set: Set<string>
  functions: Map<string, Position>
  noLoop: Position[]
  conditions: Position[]
  returns: Expression[]
}

/** Where a node stands: in a function; in what a `break` or a `continue` can end. */
type Around = { isInner: boolean; canBreak: boolean; canContinue: boolean }

const around = (node: Node, outer: Around): Around => {
  if (node.kind === 'function') return { isInner: true, canBreak: false, canContinue: false }
  if (node.kind === 'switch') return { ...outer, canBreak: true }
  const isLoop = ['while', 'do', 'for', 'foreach'].includes(node.kind)
  return isLoop ? { ...outer, canBreak: true, canContinue: true } : outer
}

const visit = (node: Node, found: Found, place: Around): void => {
  if (node.kind === 'name') found.names.push(node)
  if (node.kind === 'call') found.calls.push(node)
  if (node.kind === 'assign' && node.target.kind === 'name') found.set.add(node.target.name)
  if (node.kind === 'declare' || node.kind === 'foreach') found.set.add(node.name)
  if (node.kind === 'function') {
    found.functions.set(node.name, node.at)
    for (const name of node.parameters) found.set.add(name)
  }
  if ('test' in node && node.test?.kind === 'assign') found.conditions.push(node.test.at)
  if (node.kind === 'break' && !place.canBreak) found.noLoop.push(node.at)
  if (node.kind === 'continue' && !place.canContinue) found.noLoop.push(node.at)
  if (node.kind === 'return' && node.value && !place.isInner) found.returns.push(node.value)
  // The first word of a path may be a package, and says nothing by itself.
  if (node.kind === 'property' && node.target.kind === 'name' && node.target.name === 'java') return
  for (const child of childrenOf(node)) visit(child, found, around(node, place))
}

const comparisons = new Set([
  '==',
  '!=',
  '===',
  '!==',
  '<',
  '<=',
  '>',
  '>=',
  '&&',
  '||',
  '~=',
  'contains',
  'soundslike',
  'is',
  'instanceof',
])

const typeOf = (node: Expression): ValueType => {
  switch (node.kind) {
    case 'string':
      return 'text'
    case 'number':
      return 'number'
    case 'list':
      return 'list'
    case 'map':
      return 'object'
    case 'literal':
      return node.value === 'null' ? 'null' : node.value === 'empty' ? 'unknown' : 'flag'
    case 'is-type':
    case 'is-defined':
      return 'flag'
    case 'unary':
      return node.operator === '!' ? 'flag' : 'number'
    case 'binary':
      if (comparisons.has(node.operator)) return 'flag'
      if (node.operator === 'or' || node.operator === '??') return 'unknown'
      if (node.operator !== '+') return 'number'
      return [node.left, node.right].some((one) => typeOf(one) === 'text') ? 'text' : 'unknown'
    default:
      return 'unknown'
  }
}

const outcomesOf = (node: Expression): Expression[] =>
  node.kind === 'condition' ? [...outcomesOf(node.yes), ...outcomesOf(node.no)] : [node]

const keyOf = (key: Expression): string | null =>
  key.kind === 'string' ? key.value : key.kind === 'name' ? key.name : null

const lacksMessage = (node: Expression): boolean =>
  node.kind === 'map' && node.entries.every(([key]) => !messageMembers.includes(keyOf(key) ?? 'msg'))

/** The whole of a quoted text, else a word. */
const textPlace = (text: string, from: number): { from: number; to: number } => {
  const quoted = /^(["'])(?:\\.|(?!\1)[^\\\n])*\1/.exec(text.slice(from))?.[0].length
  return quoted === undefined ? wordAt(text, from) : { from, to: from + quoted }
}

const resultProblems = (text: string, frame: ScriptFrame, value: Expression): ScriptProblem[] =>
  outcomesOf(value).flatMap((one): ScriptProblem[] => {
    const place = (at: Position) => wordAt(text, offsetOf(text, at))
    const type = typeOf(one)
    if (!fitsKind(frame, type))
      return [problemAt(text, 'warning', 'wrongResult', place(one.at), { type, kind: frame.kind })]
    const items = one.kind === 'list' ? one.items : []
    if (frame.kind === 'switch') {
      const answers = type === 'list' ? items : [one]
      return labelProblems(
        text,
        frame,
        answers.map((answer) => ({
          ...textPlace(text, offsetOf(text, answer.at)),
          type: typeOf(answer),
          label: answer.kind === 'string' ? answer.value : null,
        })),
      )
    }
    if (frame.kind !== 'update' && frame.kind !== 'generate') return []
    const empty = [one, ...items].find(lacksMessage)
    return empty ? [problemAt(text, 'warning', 'noMessage', place(empty.at))] : []
  })

/** The value of the last statement is the value of a script that does not return. */
const lastValue = (body: readonly Statement[]): Expression[] => {
  const last = body.findLast(({ kind }) => kind !== 'function')
  return last?.kind === 'expression' && last.value.kind !== 'assign' ? [last.value] : []
}

/** What keeps a script in TBEL from running, and what is odd about it. */
export const lookAtTbel = (text: string, frame: ScriptFrame): ScriptProblem[] => {
  const compiled = compileTbel(text, { args: frame.args, imports: frame.imports ?? [] })
  if (!compiled.ok)
    return compiled.problems.map((one) =>
      problemAt(text, 'error', 'syntax', wordAt(text, offsetOf(text, one)), { text: one.message }),
    )
  const read = readTbel(text)
  if (!read.ok) return []
  const found: Found = {
    ...{ names: [], calls: [], conditions: [], returns: [], noLoop: [] },
    set: new Set(frame.args),
    functions: new Map(),
  }
  for (const statement of read.body) visit(statement, found, { isInner: false, canBreak: false, canContinue: false })
  const place = (at: Position) => wordAt(text, offsetOf(text, at))
  /** A name that stands after the word that begins its statement. */
  const named = (name: string, at: Position) => wordAt(text, text.indexOf(name, offsetOf(text, at)))
  const isKnownCall = (name: string) =>
    found.functions.has(name) || helperNames.has(name) || (frame.imports?.includes(name) ?? false)
  const isKnown = (name: string) => found.set.has(name) || classNames.has(name) || isKnownCall(name)
  const hidden = [...found.functions].filter(([name]) => helperNames.has(name))
  const unknown = frame.imports === null ? [] : found.names.filter(({ name }) => !isKnown(name))
  const unknownCalls = frame.imports === null ? [] : found.calls.filter(({ name }) => !isKnownCall(name))
  return [
    ...unknown.map(({ name, at }) => problemAt(text, 'warning', 'unknownName', place(at), { name })),
    ...unknownCalls.map(({ name, at }) => problemAt(text, 'warning', 'unknownFunction', place(at), { name })),
    ...hidden.map(([name, at]) => problemAt(text, 'warning', 'hiddenFunction', named(name, at), { name })),
    ...found.noLoop.map((at) => problemAt(text, 'warning', 'noLoop', place(at))),
    ...found.conditions.map((at) => problemAt(text, 'warning', 'assignsInCondition', place(at))),
    ...[...found.returns, ...lastValue(read.body)].flatMap((one) => resultProblems(text, frame, one)),
  ]
}
