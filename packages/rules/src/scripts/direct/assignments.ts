import type {
  ArrayPattern,
  AssignmentProperty,
  Expression,
  MemberExpression,
  ObjectPattern,
  Pattern,
  RestElement,
} from 'acorn'
import { giveUp, keep } from '@thingwire/tbel/budget'
import { memberName, readerOf, writerOf } from './names.ts'
import { type Operation, operationOf } from './operations.ts'
import { type Evaluate, type Scope, unfit } from './scope.ts'
import {
  type Frame,
  isInherited,
  itemsOf,
  listOf,
  membersOf,
  namesOf,
  read,
  readAt,
  remaining,
  toNumber,
  Walkable,
  write,
  writeAt,
} from './values.ts'

/**
 * Where something is assigned: `change` gets what is there and says what comes there; its answer is the value. What `isLeft` is true of
 * stays there.
 */
type Target = (
  frame: Frame,
  change: (old: () => unknown) => unknown,
  isLeft?: ((old: unknown) => boolean) | undefined,
) => unknown

const variableOf = (name: string, scope: Scope): Target => {
  const variable = scope.find(name) ?? scope.invent(name)
  const reader = readerOf(variable, scope)
  const write = writerOf(variable, scope)
  return (frame, change, isLeft) => {
    if (isLeft?.(reader(frame))) return reader(frame)
    const value = change(() => reader(frame))
    write(frame, value)
    return value
  }
}

const memberTargetOf = (node: MemberExpression, scope: Scope): Target => {
  const target = scope.compile(node.object)
  const name = memberName(node)
  if (name !== undefined && isInherited(name)) return unfit(`a member ${name}`)
  if (name !== undefined)
    return (frame, change, isLeft) => {
      const object = target(frame)
      if (isLeft) {
        const old = read(object, name)
        if (isLeft(old)) return old
      }
      const value = change(() => read(object, name))
      write(object, name, value)
      return value
    }
  const key = scope.compile(node.property.type === 'PrivateIdentifier' ? unfit('a private name') : node.property)
  return (frame, change, isLeft) => {
    const object = target(frame)
    const at = key(frame)
    if (isLeft) {
      const old = readAt(object, at)
      if (isLeft(old)) return old
    }
    const value = change(() => readAt(object, at))
    writeAt(object, at, value)
    return value
  }
}

const targetOf = (node: Pattern | Expression, scope: Scope): Target => {
  if (node.type === 'Identifier') return variableOf(node.name, scope)
  return node.type === 'MemberExpression' ? memberTargetOf(node, scope) : unfit('an assignment to a pattern')
}

/** What puts a value where a pattern says. */
export type Put = (frame: Frame, value: unknown) => void

/** `leaf`: what puts a value where a name or a member stands. */
export const patternOf = (pattern: Pattern, scope: Scope, leaf: (node: Pattern) => Put): Put => {
  scope.program.countSteps()
  switch (pattern.type) {
    case 'AssignmentPattern': {
      const fallback = scope.compile(pattern.right)
      const put = patternOf(pattern.left, scope, leaf)
      return (frame, value) => put(frame, value === undefined ? fallback(frame) : value)
    }
    case 'ObjectPattern': {
      const puts = partsOf(pattern, scope, leaf)
      return (frame, value) => {
        for (const put of puts) put(frame, value)
      }
    }
    case 'ArrayPattern':
      return itemsInto(pattern, scope, leaf)
    case 'RestElement':
      return unfit('a rest')
    default:
      return leaf(pattern)
  }
}

const nothing: readonly unknown[] = []

const itemsInto = ({ elements }: ArrayPattern, scope: Scope, leaf: (node: Pattern) => Put): Put => {
  const parts = elements.map((element) => {
    if (element?.type !== 'RestElement') return { put: element && patternOf(element, scope, leaf), isRest: false }
    return { put: patternOf(element.argument, scope, leaf), isRest: true }
  })
  // A member says where it is before the item is taken.
  const hasMembers = elements.some((element) => element && isMember(element))
  return (frame, value) => {
    if (value instanceof Walkable) {
      if (hasMembers) giveUp()
      const walk = value.walk()
      let isOver = false
      for (const { put, isRest } of parts) {
        if (isRest) put?.(frame, isOver ? [] : remaining(walk))
        else {
          const step: IteratorResult<unknown> | null = isOver ? null : walk.step()
          if (step?.done) isOver = true
          put?.(frame, step?.value)
        }
      }
      return
    }
    let items: readonly unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? itemsOf(value) : giveUp()
    for (let at = 0; at < parts.length; at++) {
      // What comes into a list after its end has been seen comes too late.
      if (at >= items.length) items = nothing
      const part = parts[at]
      part?.put?.(frame, part.isRest ? listOf(items).slice(at).map(keep) : items[at])
    }
  }
}

const isMember = (pattern: Pattern): boolean => {
  if (pattern.type === 'RestElement') return isMember(pattern.argument)
  return pattern.type === 'AssignmentPattern' ? isMember(pattern.left) : pattern.type === 'MemberExpression'
}

const partsOf = ({ properties }: ObjectPattern, scope: Scope, leaf: (node: Pattern) => Put): Put[] => {
  const taken = new Set<string>()
  return properties.map((property) => {
    if (property.type === 'RestElement') return restOf(property, taken, scope, leaf)
    const name = partName(property)
    taken.add(name)
    const put = patternOf(property.value, scope, leaf)
    return (frame, value) => put(frame, read(value, name))
  })
}

const partName = ({ key, computed }: AssignmentProperty): string => {
  const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : ''
  return computed || name === '' || isInherited(name) ? unfit('a special part') : name
}

const restOf = (rest: RestElement, taken: ReadonlySet<string>, scope: Scope, leaf: (node: Pattern) => Put): Put => {
  const put = patternOf(rest.argument, scope, leaf)
  return (frame, value) => {
    const made: Record<string, unknown> = {}
    const members = membersOf(value)
    for (const name of namesOf(value)) if (!taken.has(name)) writeAt(made, name, members[name])
    put(frame, made)
  }
}

/** Into what is there already. */
export const assignTo = (pattern: Pattern, scope: Scope): Put =>
  patternOf(pattern, scope, (node) => {
    if (node.type === 'Identifier') return writerOf(scope.find(node.name) ?? scope.invent(node.name), scope)
    const target = targetOf(node, scope)
    return (frame, value) => {
      target(frame, () => value)
    }
  })

/** Operators that leave what is there when this is true of it. */
const staying: ReadonlyMap<string, (old: unknown) => boolean> = new Map<string, (old: unknown) => boolean>([
  ['||=', (old) => Boolean(old)],
  ['&&=', (old) => !old],
  ['??=', (old) => old !== undefined && old !== null],
])

export const assignmentOf = (node: Expression & { type: 'AssignmentExpression' }, scope: Scope): Evaluate => {
  const { operator, left } = node
  if (operator === '=') {
    // A name comes after the value, which cannot see a variable that the assignment makes.
    if (left.type !== 'MemberExpression') {
      const value = scope.compile(node.right)
      const put = assignTo(left, scope)
      return (frame) => {
        const given = value(frame)
        put(frame, given)
        return given
      }
    }
    const target = targetOf(left, scope)
    const value = scope.compile(node.right)
    return (frame) => target(frame, () => value(frame))
  }
  const isLeft = staying.get(operator)
  const operation: Operation | undefined = isLeft ? (_, right) => right : operationOf(operator.slice(0, -1))
  if (!operation || (left.type === 'Identifier' && !scope.find(left.name))) return unfit(operator)
  const target = targetOf(left, scope)
  const value = scope.compile(node.right)
  return (frame) => target(frame, (old) => operation(isLeft ? undefined : old(), value(frame)), isLeft)
}

export const stepOf = (node: Expression & { type: 'UpdateExpression' }, scope: Scope): Evaluate => {
  const { argument, prefix, operator } = node
  if (argument.type === 'Identifier' && !scope.find(argument.name)) return unfit(argument.name)
  const target = targetOf(argument, scope)
  const by = operator === '++' ? 1 : -1
  return (frame) => {
    let before = 0
    const after = target(frame, (old) => {
      before = toNumber(old())
      return before + by
    })
    return prefix ? after : before
  }
}
