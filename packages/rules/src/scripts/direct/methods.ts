import { giveUp, spend } from '@thingwire/tbel/budget'
import { isCollectionMethod } from './collections.ts'
import { dateMethods } from './dates.ts'
import { callFunctionMethod, isFunctionMethod } from './function-methods.ts'
import { callsItsArgument, listMethods } from './lists.ts'
import { isMemoryMethod } from './memory.ts'
import { Pattern } from './regular-expressions.ts'
import { callTextMethod, isTextMethod } from './texts.ts'
import {
  hasOwn,
  Holder,
  holderOf,
  isFunction,
  isInherited,
  isPlain,
  primitive,
  Time,
  toNumber,
  toText,
  Walkable,
} from './values.ts'

type NumberMethod = (value: number, args: readonly unknown[]) => unknown

const optional = (value: unknown): number | undefined => (value === undefined ? undefined : toNumber(value))

const numberMethods: ReadonlyMap<string, NumberMethod> = new Map<string, NumberMethod>([
  ['toFixed', (value, [digits]) => value.toFixed(optional(digits))],
  ['toExponential', (value, [digits]) => value.toExponential(optional(digits))],
  ['toPrecision', (value, [digits]) => value.toPrecision(optional(digits))],
  ['toString', (value, [radix]) => value.toString(optional(radix))],
])

/** Whether some value has such a method by birth. */
export const isMethod = (name: string): boolean =>
  name === 'hasOwnProperty' ||
  name === 'test' ||
  name === 'exec' ||
  name === 'next' ||
  isTextMethod(name) ||
  isCollectionMethod(name) ||
  numberMethods.has(name) ||
  isMemoryMethod(name) ||
  isFunctionMethod(name) ||
  listMethods.has(name) ||
  dateMethods.has(name)

/** Calls the method that this value has by birth, or the function that an object holds. */
export const callMethod = (target: unknown, name: string, args: readonly unknown[]): unknown => {
  spend(2)
  if (typeof target === 'string') return callTextMethod(target, name, args)
  if (Array.isArray(target)) return (listMethods.get(name) ?? giveUp())(target, args)
  if (typeof target === 'number') return (numberMethods.get(name) ?? giveUp())(target, args)
  if (isPlain(target)) return callMember(target, name, args)
  if (name === 'hasOwnProperty' && target instanceof Holder)
    return args.length === 1 ? hasOwn(primitive(args[0]), target) : giveUp()
  if (target instanceof Holder) return callsItsArgument(name) ? giveUp() : target.call(name, args)
  if (isFunction(target)) {
    if (callsItsArgument(name)) return giveUp()
    const kind = holderOf(target)
    return kind ? kind.call(name, args) : callFunctionMethod(target, name, args)
  }
  if (target instanceof Time) return (dateMethods.get(name) ?? giveUp())(target.date, args)
  if (target instanceof Walkable) return target.call(name, args)
  if (typeof target === 'boolean' && name === 'toString') return String(target)
  if (target instanceof Pattern && name === 'test') return test(target, args)
  return target instanceof Pattern && name === 'exec' ? search(target, args) : giveUp()
}

/** Whether an object lacks what `object.name?.()` would call; only the run shows it. */
export const isMissing = (target: unknown, name: string): boolean => {
  if (!isPlain(target) || isInherited(name)) return false
  const member = target[name]
  return member === undefined || member === null
}

/** What an object holds itself under the name of a method. */
export const heldMember = (target: unknown, name: string): unknown => {
  if (isInherited(name)) return undefined
  const members = isPlain(target) ? target : holderOf(target)?.fields
  return members && Object.hasOwn(members, name) ? members[name] : undefined
}

const callMember = (target: Record<string, unknown>, name: string, args: readonly unknown[]): unknown => {
  if (name === 'hasOwnProperty') {
    if (Object.hasOwn(target, name) || args.length !== 1) return giveUp()
    return Object.hasOwn(target, toText(primitive(args[0])))
  }
  // Functions that stand in the call of such a method are taken for gone when it ends.
  const member = isInherited(name) || callsItsArgument(name) ? undefined : target[name]
  return isFunction(member) ? member(args, target) : giveUp()
}

const search = (pattern: Pattern, args: readonly unknown[]): unknown => {
  if (pattern.isGlobal || args.length !== 1) giveUp()
  return callTextMethod(toText(args[0]), 'match', [pattern])
}

const test = (pattern: Pattern, args: readonly unknown[]): boolean => {
  // It would go on where it has ended.
  if (pattern.isGlobal || args.length !== 1) giveUp()
  const text = toText(args[0])
  return pattern.for(text).test(text)
}
