import { giveUp, keep, spend } from '@thingwire/tbel/budget'
import { type Callback, listOf, Memory } from './values.ts'
import { Walk } from './walks.ts'

/** `arguments`: what a function is called with. */
export class Given extends Memory {
  readonly #items: readonly unknown[]
  constructor(items: readonly unknown[]) {
    super()
    this.#items = items
    spend(4 + items.length)
    for (const item of items) keep(item)
  }
  override get parts(): Iterable<unknown> {
    return this.#items
  }
  toJSON(): unknown {
    return { ...this.#items }
  }
  get(name: string): unknown {
    return name === 'length' ? this.#items.length : giveUp()
  }
  override readAt(at: number): unknown {
    return this.#items[at]
  }
  override items(): unknown[] {
    spend(this.#items.length)
    return this.#items.map(keep)
  }
  override walk(): Walk {
    return new Walk(this.#items.values(), false)
  }
  call(): unknown {
    return giveUp()
  }
}

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
