import { assignedNames } from './assigned-names.ts'
import type { Statement } from './ast.ts'
import type { StaticType } from './static-type.ts'

/** The variables and functions a place in a script can see. What a block assigns first is a variable of it. */
export class Scope {
  readonly parent: Scope | null
  /** Set for the body of a function: what its surroundings had declared where the function stands. */
  readonly knownBefore: ReadonlySet<string> | null
  readonly isInFunction: boolean
  readonly variables = new Set<string>()
  readonly functions = new Set<string>()
  readonly #types = new Map<string, StaticType>()
  /** Names a `let` at the start of the block must declare; parameters and loop variables are not among them. */
  readonly declared: string[] = []
  /** Where variables got a value that need not have one everywhere else; null: nowhere yet. */
  readonly #givenIn = new Map<string, Scope | null>()
  /** Whose variables are those that this one declares. */
  readonly #owner: Scope

  constructor(parent: Scope | null, knownBefore: ReadonlySet<string> | null = null, owner: Scope | null = null) {
    this.parent = parent
    this.knownBefore = knownBefore
    this.isInFunction = knownBefore !== null || (parent?.isInFunction ?? false)
    this.#owner = owner ?? this
  }

  /** The scope of what may run or not: in a function its variables are those of what stands around it. */
  branch(): Scope {
    return new Scope(this, null, this.isInFunction ? this.#owner : null)
  }

  sees(name: string): boolean {
    return this.#holderOf(name) !== null
  }

  seesFunction(name: string): boolean {
    return this.functions.has(name) || (this.parent?.seesFunction(name) ?? false)
  }

  /** Whether a variable in sight was given a value on the way to this place. */
  isGiven(name: string): boolean {
    const holder = this.#holderOf(name)
    return holder === null || this.#isGivenBy(holder, name)
  }

  /** What is known of a variable before the run: the type of its first value. In functions nothing is known. */
  typeOf(name: string): StaticType {
    if (this.isInFunction) return null
    const holder = this.#holderOf(name)
    return holder === null ? null : (holder.#types.get(name) ?? null)
  }

  /** All variables in sight. */
  all(): Set<string> {
    const own = [...this.variables].filter((name) => this.#givenIn.get(name) !== null)
    return new Set([...(this.parent?.all() ?? []), ...own])
  }

  /** Statements that will assign names in here: a later round of a loop sees what an earlier one gave them. */
  expect(statements: readonly Statement[]): void {
    // Whose variables these are has looked at them already.
    if (this.#owner !== this) return
    for (const name of assignedNames(statements, this.isInFunction)) {
      if (this.sees(name)) continue
      this.variables.add(name)
      this.declared.push(name)
      this.#givenIn.set(name, null)
    }
  }

  /** A name that is assigned: an existing variable, or a new one of this block. */
  assign(name: string, type: StaticType): void {
    const holder = this.#holderOf(name)
    if (holder) this.#give(name, type, holder)
    else this.#declare(name, type)
  }

  /**
   * A name that is declared. It is the existing variable when one is in sight; in a function only when that one was
   * there before the function, since a variable that takes the result of a recursive function must not be shared with it.
   */
  declare(name: string, type: StaticType): void {
    for (let scope: Scope | null = this; scope; scope = scope.parent) {
      if (scope.variables.has(name)) {
        this.#give(name, type, scope)
        return
      }
      if (scope.knownBefore) {
        if (!scope.knownBefore.has(name)) this.#declare(name, type)
        return
      }
    }
    this.#declare(name, type)
  }

  #holderOf(name: string): Scope | null {
    for (let scope: Scope | null = this; scope; scope = scope.parent) if (scope.variables.has(name)) return scope
    return null
  }

  #isGivenBy(holder: Scope, name: string): boolean {
    const place = holder.#givenIn.get(name)
    return place === undefined || (place !== null && this.#isWithin(place))
  }

  #isWithin(outer: Scope): boolean {
    for (let scope: Scope | null = this; scope; scope = scope.parent) if (scope === outer) return true
    return false
  }

  #give(name: string, type: StaticType, holder: Scope): void {
    if (this.#isGivenBy(holder, name)) return
    if (holder.#givenIn.get(name) === null) holder.#types.set(name, type)
    holder.#givenIn.set(name, this)
  }

  #declare(name: string, type: StaticType): void {
    const owner = this.#owner
    owner.#types.set(name, type)
    owner.variables.add(name)
    owner.declared.push(name)
    if (owner !== this) owner.#givenIn.set(name, this)
  }
}

/** An identifier of JavaScript for a name of a script; two names never share one. */
export const identifier = (prefix: 'v' | 'f', name: string): string =>
  `${prefix}_${name.replace(/[^A-Za-z0-9_]/g, (sign) => `$${sign.charCodeAt(0)}$`)}`
