import type { Expression } from '../ast.ts'
import type { Callable } from '../runtime/types.ts'
import type { Scope } from '../scope.ts'
import { runtime } from './runtime.ts'

/*
 * What a script may call without a sandbox: nothing that takes longer than its parameters are long, looks at a pattern, or
 * walks through lists.
 */

const helpers = new Set(['parseInt', 'parseLong', 'parseFloat', 'parseDouble', 'toFixed', 'toInt', 'isNaN'])

const math = new Set([
  ...['abs', 'acos', 'asin', 'atan', 'atan2', 'cbrt', 'ceil', 'cos', 'exp', 'floor', 'log', 'log10', 'max', 'min'],
  ...['pow', 'round', 'signum', 'sin', 'sqrt', 'tan', 'toDegrees', 'toRadians'],
])

const methods = new Set([
  ...['charAt', 'compareTo', 'contains', 'containsKey', 'doubleValue', 'endsWith', 'equals', 'equalsIgnoreCase'],
  ...['floatValue', 'get', 'indexOf', 'intValue', 'isEmpty', 'isNaN', 'lastIndexOf', 'length', 'longValue', 'remove'],
  ...['size', 'startsWith', 'substring', 'toLowerCase', 'toString', 'toUpperCase', 'trim'],
])

export const helper = (name: string): Callable | undefined => (helpers.has(name) ? runtime.helpers[name] : undefined)

const statics: Readonly<Record<string, ReadonlySet<string>>> = {
  Math: math,
  JSON: new Set(['parse', 'stringify']),
}

/** The class that a name stands for, when nothing in the script hides it. */
const className = (target: Expression, scope: Scope): string | undefined =>
  target.kind === 'name' && !scope.sees(target.name) ? target.name : undefined

export const staticMethod = (target: Expression, name: string, scope: Scope): Callable | undefined => {
  const owner = className(target, scope)
  if (owner === undefined || !Object.hasOwn(statics, owner) || !statics[owner]?.has(name)) return undefined
  const found = runtime.classes[owner]?.[name]
  return typeof found === 'function' ? (...parameters) => found(...parameters) : undefined
}

export const mathField = (target: Expression, name: string, scope: Scope): unknown =>
  className(target, scope) === 'Math' && (name === 'PI' || name === 'E') ? runtime.classes.Math?.[name] : undefined

export const isMethod = (name: string): boolean => methods.has(name)
