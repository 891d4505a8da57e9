import type { Expression, Statement } from './ast.ts'

type Part = Statement | Expression

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && 'kind' in value && 'at' in value

/** What stands in a part, except what has a scope of its own. */
const within = (part: Part, isInFunction: boolean): unknown[] => {
  switch (part.kind) {
    case 'function':
      return []
    case 'while':
    case 'do':
      return [part.test]
    case 'foreach':
      return [part.items]
    case 'if':
      return isInFunction ? [part.test, part.yes, part.no] : [part.test]
    case 'for':
      return isInFunction ? [part.first, part.test, part.next, part.body] : []
    case 'switch':
      return isInFunction ? [part.value, part.cases.flatMap(({ value, body }) => [value, ...body])] : [part.value]
    default:
      return Object.values(part)
  }
}

const nameOf = (part: Part): string | null => {
  if (part.kind === 'declare') return part.name
  if ((part.kind === 'assign' || part.kind === 'step') && part.target.kind === 'name') return part.target.name
  return null
}

/** The names that statements of one scope give values to, in the order in which they stand. */
export const assignedNames = (parts: readonly unknown[], isInFunction: boolean, names = new Set<string>()) => {
  for (const part of parts) {
    if (Array.isArray(part)) assignedNames(part, isInFunction, names)
    else if (isPart(part)) {
      const name = nameOf(part)
      if (name !== null) names.add(name)
      assignedNames(within(part, isInFunction), isInFunction, names)
    }
  }
  return names
}
