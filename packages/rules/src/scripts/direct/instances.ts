import { callDepth, enterCall, giveUp, keep, returnTo, spend } from '@thingwire/tbel/budget'
import { type FunctionCode, unset } from './scope.ts'
import {
  type Callback,
  type Frame,
  functionBefore,
  Holder,
  holderOf,
  isFunction,
  isInherited,
  toText,
} from './values.ts'

/*
 * Classes of a script and what is made of them. No object of ours has the methods: they are looked up by name, and each level costs.
 */

/** A member that all instances share. `code` takes the instance first, then what it is called with. */
export type Member = { method: FunctionCode | null; get: FunctionCode | null; set: FunctionCode | null }

type Field = { name: string; value: FunctionCode | null }

/** What stands in a class. */
export type ClassBody = {
  members: ReadonlyMap<string, Member>
  /** Each takes the instance. */
  fields: readonly Field[]
  /** Members and fields of the class itself, which take the class. */
  statics: { members: ReadonlyMap<string, Member>; fields: readonly Field[] }
  /**
   * Takes the instance, then the arguments. In a class that extends another: unset, which `super()` makes the instance, and the
   * instance, then the arguments.
   */
  make: FunctionCode | null
}

/** What every function has; its methods become nothing else in a class. */
const ofFunctions: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Function.prototype), 'prototype'])
export const isOfFunctions = (name: string): boolean => ofFunctions.has(name)

/** A class: what stands in it, with the variables of where it stands. */
export class Kind extends Holder {
  readonly body: ClassBody
  readonly frame: Frame
  readonly parent: Kind | null
  /** What the script has of it. */
  readonly value: Callback = functionBefore(this)
  readonly isError: boolean
  readonly #fields: Record<string, unknown> = {}

  constructor(body: ClassBody, frame: Frame, parent: Kind | null, isError = parent?.isError ?? false) {
    super()
    this.isError = isError
    this.body = body
    this.frame = frame
    this.parent = parent
  }
  get fields(): Record<string, unknown> {
    return this.#fields
  }
  /** Once its name stands for it. */
  initialise(): void {
    for (const { name, value } of this.body.statics.fields) {
      spend(1)
      this.#fields[name] = keep(value?.call(this.frame, [this.value]))
    }
  }
  has(): boolean {
    return giveUp()
  }
  owns(): boolean {
    return giveUp()
  }
  remove(): boolean {
    return giveUp()
  }
  get(name: string): unknown {
    const at = this.#find(name)
    if (!at) return undefined
    if (Object.hasOwn(at.fields, name)) return at.fields[name]
    return (at.body.statics.members.get(name)?.get ?? giveUp()).call(at.frame, [this.value])
  }
  set(name: string, value: unknown): void {
    const at = this.#find(name)
    const member = at && !Object.hasOwn(at.fields, name) ? at.body.statics.members.get(name) : undefined
    if (!at || !member || member.method) this.#fields[name] = keep(value)
    else (member.set ?? giveUp()).call(at.frame, [this.value, value])
  }
  call(name: string, args: readonly unknown[]): unknown {
    const at = this.#find(name) ?? giveUp()
    if (!Object.hasOwn(at.fields, name))
      return (at.body.statics.members.get(name)?.method ?? giveUp()).call(at.frame, [this.value, ...args])
    const own = at.fields[name]
    return isFunction(own) ? own(args, this.value) : giveUp()
  }
  /** The class that has a member, from this one on. */
  #find(name: string): Kind | null {
    if (isInherited(name) || isOfFunctions(name)) giveUp()
    for (let kind: Kind | null = this; kind; kind = kind.parent) {
      spend(1)
      if (Object.hasOwn(kind.fields, name) || kind.body.statics.members.has(name)) return kind
    }
    // Error has members of its own.
    if (this.isError) giveUp()
    return null
  }
}

export const kindOf = (value: unknown): Kind => {
  const kind = isFunction(value) ? holderOf(value) : undefined
  return kind instanceof Kind ? kind : giveUp()
}

type Found = { member: Member; frame: Frame }

const find = (from: Kind | null, name: string): Found | null => {
  for (let kind = from; kind; kind = kind.parent) {
    spend(1)
    const member = kind.body.members.get(name)
    if (member) return { member, frame: kind.frame }
  }
  return null
}

/** `object.name(…)` and `super.name(…)`, from this class on. */
export const callFrom = (from: Kind | null, self: unknown, name: string, args: readonly unknown[]): unknown => {
  const { member, frame } = find(from, name) ?? giveUp()
  return (member.method ?? giveUp()).call(frame, [self, ...args])
}

export class Instance extends Holder {
  readonly #kind: Kind
  readonly #fields: Record<string, unknown> = {}
  /** The class whose part of it has been made last. */
  made: Kind | null = null
  /** The message of an error, which is none of its names. */
  #message: unknown

  constructor(kind: Kind) {
    super()
    this.#kind = kind
  }
  get fields(): Record<string, unknown> {
    return this.#fields
  }
  /** What JSON has of it. */
  toJSON(): Record<string, unknown> {
    return this.#fields
  }
  /** As Error does it. */
  describe(message: unknown): void {
    this.#message = keep(toText(message))
  }
  /** What errors hold without showing it. */
  #mayHide(name: string): boolean {
    return this.#kind.isError && (name === 'message' || name === 'stack')
  }
  define(name: string, value: unknown): void {
    this.#fields[name] = keep(value)
  }
  has(name: string): boolean {
    if (this.#kind.isError && (name === 'name' || this.#mayHide(name))) return true
    return Object.hasOwn(this.#fields, name) || find(this.#kind, name) !== null
  }
  owns(name: string): boolean {
    return this.#mayHide(name) ? giveUp() : Object.hasOwn(this.#fields, name)
  }
  remove(name: string): boolean {
    return this.#mayHide(name) ? giveUp() : Reflect.deleteProperty(this.#fields, name)
  }
  isOf(kind: Kind): boolean {
    for (let own: Kind | null = this.#kind; own; own = own.parent) {
      spend(1)
      if (own === kind) return true
    }
    return false
  }
  get(name: string): unknown {
    if (Object.hasOwn(this.#fields, name)) return this.#fields[name]
    if (this.#mayHide(name)) return name === 'message' ? (this.#message ?? giveUp()) : giveUp()
    const found = find(this.#kind, name)
    // A method as a value has lost what it belongs to.
    if (found) return (found.member.get ?? giveUp()).call(found.frame, [this])
    return this.#kind.isError && name === 'name' ? 'Error' : undefined
  }
  set(name: string, value: unknown): void {
    if (this.#mayHide(name)) giveUp()
    const found = Object.hasOwn(this.#fields, name) ? null : find(this.#kind, name)
    if (!found || found.member.method) this.define(name, value)
    else (found.member.set ?? giveUp()).call(found.frame, [this, value])
  }
  call(name: string, args: readonly unknown[]): unknown {
    if (isInherited(name) || this.#mayHide(name)) return giveUp()
    if (!Object.hasOwn(this.#fields, name)) return callFrom(this.#kind, this, name, args)
    const own = this.#fields[name]
    return isFunction(own) ? own(args, this) : giveUp()
  }
}

const initialise = (kind: Kind, self: Instance): void => {
  for (const { name, value } of kind.body.fields) {
    spend(1)
    const given = value?.call(kind.frame, [self])
    // It would show what errors hide.
    if (kind.isError && (name === 'message' || name === 'stack')) giveUp()
    self.define(name, given)
  }
  self.made = kind
}

const makePart = (kind: Kind, self: Instance, args: readonly unknown[]): void => {
  const { body, frame, parent } = kind
  const depth = callDepth()
  spend(3)
  enterCall()
  if (parent && body.make) {
    // What it would answer would take the place of the instance.
    if (body.make.call(frame, [unset, self, ...args]) !== undefined || self.made !== kind) giveUp()
  } else {
    if (parent) makePart(parent, self, args)
    initialise(kind, self)
    if (body.make && body.make.call(frame, [self, ...args]) !== undefined) giveUp()
  }
  returnTo(depth)
}

const nothing: ReadonlyMap<string, Member> = new Map()

/** Error, as what classes extend. */
export const errorKind = new Kind(
  {
    ...{ members: nothing, fields: [], statics: { members: nothing, fields: [] } },
    make: {
      call: (_, [self, message, ...more]) => {
        if (more.length > 0) giveUp()
        if (self instanceof Instance && message !== undefined) self.describe(message)
        return undefined
      },
    },
  },
  { slots: [], outer: null, result: undefined },
  null,
  true,
)

export const isError = (value: unknown): boolean => value instanceof Instance && value.isOf(errorKind)

/** `super(…)`. */
export const makeParent = (kind: Kind, self: unknown, args: readonly unknown[]): Instance => {
  if (!(self instanceof Instance) || !kind.parent) return giveUp()
  makePart(kind.parent, self, args)
  initialise(kind, self)
  return self
}

/** `new …(…)`. */
export const makeInstance = (kind: Kind, args: readonly unknown[]): Instance => {
  const self = new Instance(kind)
  makePart(kind, self, args)
  return self
}

/** `value instanceof` a class of the script. */
export const isOfClass = (value: unknown, given: unknown): boolean => {
  const kind = kindOf(given)
  return value instanceof Instance && value.isOf(kind)
}
