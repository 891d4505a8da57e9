import type { Scope } from '../scope.ts'

/** Why a script cannot run without a sandbox. Not an error of the script. */
export class Unfit extends Error {}

const stop = Symbol('this message needs the sandbox')

/** Ends the run for one message: the sandbox runs the script from its start. Nothing has happened by then. */
export const giveUp = (): never => {
  throw stop
}

/** The variables of one run. */
export type Frame = {
  readonly slots: unknown[]
  /** How often a list or a map was put into another: sharing makes small values long texts. */
  kept: number
}

export type Evaluate = (frame: Frame) => unknown

/** More does not run here: the engine has other things to do. */
const maxSteps = 400
/** No text of a script grows beyond. */
const maxText = 10_000
/** With twelve steps a list can be shared so that it is written 81 times. */
const maxKept = 12

/** The variables of one script, each in a place of its own, and how much it does. */
export class Program {
  readonly #slots = new Map<Scope, Map<string, number>>()
  #size = 0
  #steps = 0

  get size(): number {
    return this.#size
  }

  countSteps(count = 1): void {
    this.#steps += count
    if (this.#steps > maxSteps) throw new Unfit('the script is long')
  }

  /** The place of a variable in sight. */
  slotOf(name: string, from: Scope): number {
    for (let scope: Scope | null = from; scope; scope = scope.parent) {
      if (!scope.variables.has(name)) continue
      const own = this.#slots.get(scope) ?? new Map<string, number>()
      this.#slots.set(scope, own)
      const slot = own.get(name) ?? this.#size++
      own.set(name, slot)
      return slot
    }
    throw new Unfit(`${name} is not known here`)
  }
}

/** Where an expression stands. */
export type Place = { scope: Scope; program: Program }

export const bounded = (value: unknown): unknown =>
  typeof value === 'string' && value.length > maxText ? giveUp() : value

const isCollection = (value: unknown): boolean => value instanceof Map || Array.isArray(value)

/** A value on its way into a list or a map. */
export const keep = (frame: Frame, value: unknown): unknown =>
  isCollection(value) && ++frame.kept > maxKept ? giveUp() : value
