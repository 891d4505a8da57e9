import type { Class, ClassBody as Body, MethodDefinition, PropertyDefinition } from 'acorn'
import { type ClassBody, errorKind, isOfFunctions, Kind, kindOf, type Member } from './instances.ts'
import { type Evaluate, type FunctionNode, type Scope, unfit, type Variable } from './scope.ts'
import { builtInName } from './names.ts'
import { isInherited } from './values.ts'

/** What an answer is asked for: that must be a field. */
const partsOfAnswer = new Set(['msg', 'metadata', 'msgType'])

const nameOf = ({ key, computed, static: isStatic }: MethodDefinition | PropertyDefinition): string => {
  if (computed) return unfit('a special member of a class')
  const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? key.value : undefined
  if (typeof name !== 'string' || isInherited(name) || /^\d+$/.test(name)) return unfit('a member of a class')
  return isStatic && isOfFunctions(name) ? unfit('a member of functions') : name
}

const selfOnly = ['this'] as const
/** In a class that extends another, the instance is there before `this` is. */
const selfAndNew = ['this', 'new'] as const

const addMember = (members: Map<string, Member>, node: MethodDefinition, scope: Scope): void => {
  const name = nameOf(node)
  const { kind } = node
  if (!node.static && partsOfAnswer.has(name)) unfit('a member that is asked for')
  const key = kind === 'get' || kind === 'set' ? kind : 'method'
  const known = members.get(name)
  if (known && (key === 'method' || known.method || known[key])) unfit('a member that stands there twice')
  const member = known ?? { method: null, get: null, set: null }
  members.set(name, { ...member, [key]: scope.compileFunction(node.value, false, selfOnly) })
}

const fieldOf = (node: PropertyDefinition, scope: Scope): ClassBody['fields'][number] => {
  const name = nameOf(node)
  const { value, start, end } = node
  if (!value) return { name, value: null }
  const made: FunctionNode = {
    ...{ type: 'ArrowFunctionExpression', start, end, params: [], body: value },
    ...{ generator: false, async: false, expression: true },
  }
  return { name, value: scope.compileFunction(made, false, selfOnly) }
}

const bodyOf = ({ body }: Body, scope: Scope, isDerived: boolean): ClassBody => {
  const members = new Map<string, Member>()
  const fields: ClassBody['fields'][number][] = []
  const statics = { members: new Map<string, Member>(), fields: [...fields] }
  const inStatics = scope.block()
  inStatics.declare('static', 'parameter')
  let make: ClassBody['make'] = null
  for (const node of body) {
    scope.program.countSteps()
    if (node.type === 'PropertyDefinition')
      if (node.static) statics.fields.push(fieldOf(node, inStatics))
      else fields.push(fieldOf(node, scope))
    else if (node.type !== 'MethodDefinition') unfit('a block of a class')
    else if (node.static) addMember(statics.members, node, inStatics)
    else if (node.kind !== 'constructor') addMember(members, node, scope)
    else make = scope.compileFunction(node.value, false, isDerived ? selfAndNew : selfOnly)
  }
  return { members, fields, statics, make }
}

/** The class that stands around this place: where `super` looks further. */
export const homeOf = (scope: Scope): Variable => scope.find('super') ?? unfit('super')

/** A class as a value. Throws Unfit for what has more than fields, methods, getters, setters and a constructor. */
export const classOf = ({ id, superClass, body }: Class, outer: Scope): Evaluate => {
  // What it extends stands under strict rules too.
  if (superClass && superClass.type !== 'Identifier') unfit('a class that extends what an expression gives')
  outer.program.hasFunctions = true
  const scope = outer.block()
  const home = scope.declare('super', 'const')
  const named = id ? scope.declare(id.name, 'const') : null
  const isError = superClass && builtInName(superClass, scope) === 'Error'
  const parentValue = !superClass ? null : isError ? () => errorKind.value : scope.compile(superClass)
  const content = bodyOf(body, scope, parentValue !== null)
  return (frame) => {
    const parent = parentValue && kindOf(parentValue(frame))
    const kind = new Kind(content, frame, parent)
    frame.slots[home.slot] = kind.value
    if (named) frame.slots[named.slot] = kind.value
    kind.initialise()
    return kind.value
  }
}
