import { giveUp, spend } from '@thingwire/tbel/budget'
import { type Callback, listOf, Memory } from './values.ts'

/** What a function is called with by `apply`. */
export const argumentsFrom = (list: unknown): readonly unknown[] => {
  if (list === undefined || list === null) return []
  return list instanceof Memory ? list.items() : listOf(list)
}

type Method = (fn: Callback, self: unknown, args: readonly unknown[]) => unknown

const bind: Method = (fn, self, bound) => {
  const made: Callback = (args) => {
    spend(2 + bound.length + args.length)
    return fn([...bound, ...args], self)
  }
  return made
}

const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['call', (fn, self, args) => fn(args, self)],
  ['apply', (fn, self, [list]) => fn(argumentsFrom(list), self)],
  ['bind', bind],
])

export const isFunctionMethod = (name: string): boolean => methods.has(name)

/** What a function of the script has by birth: it says what `this` is. */
export const callFunctionMethod = (fn: Callback, name: string, [self, ...args]: readonly unknown[]): unknown =>
  (methods.get(name) ?? giveUp())(fn, self, args)
