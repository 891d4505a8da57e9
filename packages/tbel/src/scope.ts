import type { StaticType } from './static-type.ts'

/** The variables and functions a place in a script can see. A block declares what it assigns first. */
export class Scope {
  readonly parent: Scope | null
  /** Set for the body of a function: what its surroundings had declared where the function stands. */
  readonly knownBefore: ReadonlySet<string> | null
  readonly variables = new Set<string>()
  readonly functions = new Set<string>()
  readonly #types = new Map<string, StaticType>()
  /** Names a `let` at the start of the block must declare; parameters and loop variables are not among them. */
  readonly declared: string[] = []

  constructor(parent: Scope | null, knownBefore: ReadonlySet<string> | null = null) {
    this.parent = parent
    this.knownBefore = knownBefore
  }

  get isInFunction(): boolean {
    return this.knownBefore !== null || (this.parent?.isInFunction ?? false)
  }

  sees(name: string): boolean {
    return this.variables.has(name) || (this.parent?.sees(name) ?? false)
  }

  seesFunction(name: string): boolean {
    return this.functions.has(name) || (this.parent?.seesFunction(name) ?? false)
  }

  /** What is known of a variable before the run: the type of its first value. In functions nothing is known. */
  typeOf(name: string): StaticType {
    if (this.isInFunction) return null
    return this.variables.has(name) ? (this.#types.get(name) ?? null) : (this.parent?.typeOf(name) ?? null)
  }

  /** All variables in sight. */
  all(): Set<string> {
    return new Set([...(this.parent?.all() ?? []), ...this.variables])
  }

  /** A name that is assigned: an existing variable, or a new one of this block. */
  assign(name: string, type: StaticType): void {
    if (!this.sees(name)) this.#declare(name, type)
  }

  /**
   * A name that is declared. It is the existing variable when one is in sight; in a function only when that one was
   * there before the function, since a variable that takes the result of a recursive function must not be shared with it.
   */
  declare(name: string, type: StaticType): void {
    for (let scope: Scope | null = this; scope; scope = scope.parent) {
      if (scope.variables.has(name)) return
      if (scope.knownBefore) {
        if (!scope.knownBefore.has(name)) this.#declare(name, type)
        return
      }
    }
    this.#declare(name, type)
  }

  #declare(name: string, type: StaticType): void {
    this.#types.set(name, type)
    this.variables.add(name)
    this.declared.push(name)
  }
}

/** An identifier of JavaScript for a name of a script; two names never share one. */
export const identifier = (prefix: 'v' | 'f', name: string): string =>
  `${prefix}_${name.replace(/[^A-Za-z0-9_]/g, (sign) => `$${sign.charCodeAt(0)}$`)}`
