import type { Pattern, VariableDeclaration } from 'acorn'
import { patternOf, type Put } from './assignments.ts'
import { ends, type Run } from './ends.ts'
import { type Scope, type StatementNode, unfit } from './scope.ts'

/** The names that a pattern declares. */
export const namesOf = (pattern: Pattern): string[] => {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((part) => namesOf(part.type === 'RestElement' ? part.argument : part.value))
    case 'ArrayPattern':
      return pattern.elements.flatMap((part) => (part ? namesOf(part) : []))
    case 'AssignmentPattern':
      return namesOf(pattern.left)
    case 'RestElement':
      return namesOf(pattern.argument)
    default:
      return unfit('a pattern')
  }
}

/** Makes known what is declared for one block: it is there, but not yet to be used. */
export const declareNames = ({ kind, declarations }: VariableDeclaration, scope: Scope): void => {
  if (kind === 'var') return
  if (kind !== 'let' && kind !== 'const') unfit(kind)
  else for (const { id } of declarations) for (const name of namesOf(id)) scope.declare(name, kind)
}

/** The statements within a statement, and what a loop declares in its head. */
const within = (node: StatementNode): readonly (StatementNode | null | undefined)[] => {
  switch (node.type) {
    case 'IfStatement':
      return [node.consequent, node.alternate]
    case 'BlockStatement':
      return node.body
    case 'ForStatement':
      return [node.init?.type === 'VariableDeclaration' ? node.init : null, node.body]
    case 'ForOfStatement':
    case 'ForInStatement':
      return [node.left.type === 'VariableDeclaration' ? node.left : null, node.body]
    case 'WhileStatement':
    case 'DoWhileStatement':
      return [node.body]
    case 'SwitchStatement':
      return node.cases.flatMap(({ consequent }) => consequent)
    case 'LabeledStatement':
      return [node.body]
    case 'TryStatement':
      return [node.block, node.handler?.body, node.finalizer]
    default:
      return []
  }
}

/** Makes known what is declared for the whole function, wherever in it that stands. */
export const hoistVariables = (node: StatementNode, scope: Scope, isSimple: boolean): void => {
  if (node.type === 'VariableDeclaration' && node.kind === 'var')
    for (const { id } of node.declarations) for (const name of namesOf(id)) hoist(name, scope, isSimple)
  for (const inner of within(node)) if (inner) hoistVariables(inner, scope, isSimple)
}

const hoist = (name: string, scope: Scope, isSimple: boolean): void => {
  const known = scope.find(name)
  if (known?.level !== scope.place.level || known.kind === 'undeclared') scope.declare(name, 'var')
  // Otherwise it is the parameter, or there already.
  else if (known.kind === 'function' || (known.kind === 'parameter' && !isSimple)) unfit('a name with two meanings')
}

/** Gives a declared name, or those of a pattern, a value. */
export const putDeclared = (kind: VariableDeclaration['kind'], id: Pattern, scope: Scope): Put =>
  patternOf(id, scope, (node) => {
    if (node.type !== 'Identifier') return unfit('a pattern')
    const variable = scope.find(node.name) ?? unfit(node.name)
    // A block in between may have the name for something else.
    if (kind === 'var' && (variable.kind === 'let' || variable.kind === 'const')) unfit('a name with two meanings')
    variable.isReady = true
    variable.isChanged = true
    const { slot } = variable
    return ({ slots }, value) => {
      slots[slot] = value
    }
  })

export const declarationOf = ({ kind, declarations }: VariableDeclaration, scope: Scope): Run => {
  const steps = declarations.flatMap(({ id, init }) => {
    // The value before the name, which it cannot see.
    const value = init ? scope.compile(init) : null
    const put = putDeclared(kind, id, scope)
    if (value) return [(frame: Parameters<Run>[0]) => put(frame, value(frame))]
    return kind === 'var' ? [] : [(frame: Parameters<Run>[0]) => put(frame, undefined)]
  })
  return (frame) => {
    for (let at = 0; at < steps.length; at++) steps[at]?.(frame)
    return ends.normally
  }
}
