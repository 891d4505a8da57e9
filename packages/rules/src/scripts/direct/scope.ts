/** Why a script cannot run without a sandbox. Not an error of the script. */
export class Unfit extends Error {}

export type Variable = {
  readonly slot: number
  readonly isConstant: boolean
  /** Set by assignment alone, so that there may be no such variable yet where it is read. */
  readonly isUndeclared: boolean
}

/** More does not run here: the engine has other things to do. */
const maxSteps = 400

/** What the places of one script share. */
export class Program {
  readonly #taken = new Map<string, Variable>()
  #steps = 0

  /** What the variables hold before the script runs. */
  initialValues(unset: unknown): unknown[] {
    return [...this.#taken.values()].map(({ isUndeclared }) => (isUndeclared ? unset : undefined))
  }

  /** Every name stands for one thing in the whole script, so that nothing can be hidden or be there too early. */
  add(name: string, kind: Omit<Variable, 'slot'>): Variable {
    if (this.#taken.has(name)) throw new Unfit(`${name} is declared twice`)
    if (name in globalThis || name === 'arguments') throw new Unfit(`${name} has a meaning of its own`)
    const variable = { ...kind, slot: this.#taken.size }
    this.#taken.set(name, variable)
    return variable
  }

  countSteps(count = 1): void {
    this.#steps += count
    if (this.#steps > maxSteps) throw new Unfit('the script is long')
  }
}

/** The variables that a place in a script can see. */
export class Scope {
  readonly program: Program
  readonly #outer: Scope | null
  readonly #own = new Map<string, Variable>()

  constructor(program: Program, outer: Scope | null) {
    this.program = program
    this.#outer = outer
  }

  find(name: string): Variable | undefined {
    return this.#own.get(name) ?? this.#outer?.find(name)
  }

  declare(name: string, isConstant: boolean): Variable {
    return this.#put(name, { isConstant, isUndeclared: false })
  }

  /** In the whole function, as `var` does. */
  declareOutside(name: string): Variable {
    return this.#outer ? this.#outer.declareOutside(name) : this.declare(name, false)
  }

  /** A name that nobody declares: it stands for a variable from its first assignment on. */
  invent(name: string): Variable {
    return this.#outer ? this.#outer.invent(name) : this.#put(name, { isConstant: false, isUndeclared: true })
  }

  #put(name: string, kind: Omit<Variable, 'slot'>): Variable {
    const variable = this.program.add(name, kind)
    this.#own.set(name, variable)
    return variable
  }
}
