import { type AnyNode, type Node, parse, type Program } from 'acorn'

/** A text that is put in before the character at that place; of several closing ones there, the innermost comes first. */
type Insertion = { at: number; text: string; closes?: boolean }

const loops: ReadonlySet<string> = new Set([
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
])

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const childrenOf = (node: AnyNode): AnyNode[] =>
  Object.values(node).flatMap((member: unknown) =>
    Array.isArray(member) ? member.filter(isNode) : isNode(member) ? [member] : [],
  )

/** Behind directives, which count only where they come first. */
const startOf = (body: Node & { body: readonly Node[] }): number => {
  const directives = body.body.filter((one) => 'directive' in one)
  return directives.at(-1)?.end ?? body.start + 1
}

const insertionsFor = (node: AnyNode, call: string): Insertion[] => {
  if ('body' in node && isNode(node.body)) {
    const { body } = node
    const isArrow = node.type === 'ArrowFunctionExpression'
    const isFunction = isArrow || node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration'
    if (!isFunction && !loops.has(node.type)) return []
    if (body.type === 'BlockStatement') return [{ at: startOf(body), text: `;${call};` }]
    if (isArrow)
      return [
        { at: body.start, text: `(${call},` },
        { at: body.end, text: ')', closes: true },
      ]
    return [
      { at: body.start, text: `{${call};` },
      { at: body.end, text: '}', closes: true },
    ]
  }
  return []
}

const asScript = {
  ecmaVersion: 'latest',
  allowReturnOutsideFunction: true,
  allowAwaitOutsideFunction: true,
} as const
const asModule = { ecmaVersion: 'latest', sourceType: 'module' } as const

const read = (code: string): Program | null => {
  for (const options of [asScript, asModule]) {
    try {
      return parse(code, options)
    } catch {
      // The next one may read it.
    }
  }
  return null
}

/**
 * The same script with a call of the clock `name` at the start of each loop and each function, so that none runs without
 * end. What cannot be read stays as it is: it fails by itself where it is run.
 */
export const guardLoops = (code: string, name: string): string => {
  const program = read(code)
  if (!program) return code
  const insertions: Insertion[] = []
  const open: AnyNode[] = [program]
  for (let node = open.pop(); node; node = open.pop()) {
    insertions.push(...insertionsFor(node, `${name}()`))
    open.push(...childrenOf(node))
  }
  let guarded = ''
  let from = 0
  // Outer nodes come before those in them.
  const order = insertions.map((one, index) => ({ ...one, rank: one.closes ? -index : index }))
  for (const { at, text } of order.toSorted((a, b) => a.at - b.at || a.rank - b.rank)) {
    guarded += code.slice(from, at) + text
    from = at
  }
  return guarded + code.slice(from)
}
