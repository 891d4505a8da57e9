import type { Scope } from '../scope.ts'
import { giveUp } from '../budget.ts'

/** Why a script cannot run without a sandbox. Not an error of the script. */
export class Unfit extends Error {}

/** The variables of one call, and of the calls around it. */
export type Frame = { readonly slots: unknown[]; readonly outer: Frame | null }

export type Evaluate = (frame: Frame) => unknown

/** A function of a script. `outer`: the variables around it. */
export type FunctionCode = { call(outer: Frame, parameters: readonly unknown[]): unknown }

/** A function while the script is read; its code is there when it has been. */
export type Callee = { readonly level: number; code: FunctionCode | null }

/** Parts of a script; more than this does not run here. */
const maxParts = 3_000

type Level = { readonly level: number; size: number }

/** The variables and functions of one script, and how much it does. */
export class Program {
  readonly #levels = new Map<Scope, Level>()
  readonly #slots = new Map<Scope, Map<string, number>>()
  readonly #functions = new Map<Scope, Map<string, Callee>>()
  #parts = 0
  #steps = 0

  countSteps(count = 1): void {
    this.#steps += count
    this.#parts++
    if (this.#parts > maxParts) throw new Unfit('the script is long')
  }

  /** What `compile` makes, and the steps of it, which are not counted where it stands. */
  measured<T>(compile: () => T): { made: T; steps: number } {
    const before = this.#steps
    this.#steps = 0
    const made = compile()
    const steps = this.#steps
    this.#steps = before
    return { made, steps }
  }

  /** A scope whose variables are those of a call. */
  beginFunction(scope: Scope): Level {
    const level = { level: scope.parent ? this.#levelOf(scope.parent).level + 1 : 0, size: 0 }
    this.#levels.set(scope, level)
    return level
  }

  #levelOf(from: Scope): Level {
    for (let scope: Scope | null = from; scope; scope = scope.parent) {
      const level = this.#levels.get(scope)
      if (level) return level
    }
    throw new Unfit('a scope of nothing')
  }

  /** The place of a variable in sight, and how many functions lie between. */
  placeOf(name: string, from: Scope): { slot: number; distance: number } {
    for (let scope: Scope | null = from; scope; scope = scope.parent) {
      if (!scope.variables.has(name)) continue
      const level = this.#levelOf(scope)
      const own = this.#slots.get(scope) ?? new Map<string, number>()
      this.#slots.set(scope, own)
      const slot = own.get(name) ?? level.size++
      own.set(name, slot)
      return { slot, distance: this.#levelOf(from).level - level.level }
    }
    throw new Unfit(`${name} is not known here`)
  }

  /** A function of this scope. */
  declareFunction(name: string, scope: Scope, known?: Callee): Callee {
    const own = this.#functions.get(scope) ?? new Map<string, Callee>()
    this.#functions.set(scope, own)
    if (own.has(name)) throw new Unfit(`${name} stands here twice`)
    const made = known ?? { level: this.#levelOf(scope).level, code: null }
    own.set(name, made)
    scope.functions.add(name)
    return made
  }

  /** A function in sight, and how many functions lie between; null: there is none of this name. */
  functionOf(name: string, from: Scope): { found: Callee; distance: number } | null {
    for (let scope: Scope | null = from; scope; scope = scope.parent) {
      const found = this.#functions.get(scope)?.get(name)
      if (found) return { found, distance: this.#levelOf(from).level - found.level }
    }
    return null
  }
}

/** The variables of a function around this one. */
export const outwards = (frame: Frame, distance: number): Frame => {
  let found = frame
  for (let left = distance; left > 0; left--) found = found.outer ?? giveUp()
  return found
}

/** Where an expression stands. */
export type Place = { scope: Scope; program: Program }
