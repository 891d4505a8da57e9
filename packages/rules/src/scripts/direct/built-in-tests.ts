import type { Expression } from 'acorn'
import { builtIn } from './calls.ts'
import { builtInName, memberName } from './names.ts'
import { fixed, type Scope } from './scope.ts'

/*
 * How scripts look whether the language has something, before they bring it themselves.
 */

/** What the engine has and scripts do not. */
const missing = new Set(['Buffer', 'global', 'performance', 'process', 'structuredClone', 'TextDecoder'])

/** `typeof` what JavaScript has or lacks by birth; undefined for everything else. */
export const kindOfName = (node: Expression, scope: Scope): string | undefined => {
  const name = builtInName(node, scope)
  if (name === undefined) return undefined
  if (builtIn(name)) return 'function'
  if (name === 'console') return 'object'
  if (node.type !== 'Identifier' || fixed.has(name) || (name in globalThis && !missing.has(name))) return undefined
  scope.program.taken.add(name)
  return 'undefined'
}

const prototypes: ReadonlyMap<string, object> = new Map<string, object>([
  ['Array', Array.prototype],
  ['String', String.prototype],
  ['Number', Number.prototype],
])

/** `!Object.assign`, `!Array.prototype.includes`: what is there is not missing. */
export const isKnownMissing = (node: Expression, scope: Scope): boolean => {
  if (node.type !== 'UnaryExpression' || node.operator !== '!') return false
  const { argument } = node
  if (builtIn(builtInName(argument, scope) ?? '')) return true
  if (argument.type !== 'MemberExpression' || argument.object.type !== 'MemberExpression') return false
  const name = memberName(argument)
  const prototype = prototypes.get(/^(\w+)\.prototype$/.exec(builtInName(argument.object, scope) ?? '')?.[1] ?? '')
  return prototype !== undefined && name !== undefined && Object.hasOwn(prototype, name)
}
