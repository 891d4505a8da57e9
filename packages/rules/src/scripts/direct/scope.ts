import type {
  ArrowFunctionExpression,
  Expression,
  FunctionDeclaration,
  FunctionExpression,
  Pattern,
  Program as Parsed,
  SpreadElement,
  Super,
} from 'acorn'
import { firstLabelEnd, type Run } from './ends.ts'
import type { Frame } from './values.ts'

/** A compiled expression. */
export type Evaluate = (frame: Frame) => unknown

export type Given = Expression | SpreadElement | Super | Pattern | null

export type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression
export type StatementNode = Parsed['body'][number]

/** What compiles parts that hold each other. */
export type Compilers = {
  expression(node: Given, scope: Scope): Evaluate
  /** `isPassing`: it is called where it stands and never later. */
  /** `first`: names of what its code takes before its parameters; `this` among them. */
  function(node: FunctionNode, scope: Scope, isPassing: boolean, first: readonly string[]): FunctionCode
  /** A statement in a scope of its own. */
  statement(node: StatementNode, scope: Scope): Run
  /** What stands in a function. `isSimple`: its parameters are nothing but names. */
  body(nodes: readonly StatementNode[], scope: Scope, isSimple: boolean): Run
}

/** Why a script cannot run without a sandbox. Not an error of the script. */
export class Unfit extends Error {}

export const unfit = (what: string): never => {
  throw new Unfit(what)
}

/** What a variable holds before its first assignment, when that can be seen. */
export const unset = Symbol('unset')

/** A function of a script. `outer`: the variables around it; `self`: what it is called on. */
export type FunctionCode = { call(outer: Frame, args: readonly unknown[], self?: unknown): unknown }

export type Variable = {
  readonly kind: 'parameter' | 'var' | 'let' | 'const' | 'function' | 'undeclared'
  readonly slot: number
  /** Of the function that has it, counted from the outermost. */
  readonly level: number
  /** A new one for each round of a loop. */
  readonly isOfLoop: boolean
  /** Whether its declaration has been passed, on the way through the text. */
  isReady: boolean
  /** Of a function that has its name for good. */
  code: FunctionCode | null
  /** Whether it gets another value than the one that it was made with. */
  isChanged?: boolean
}

/** Names that stand for the same wherever they stand. */
export const fixed: ReadonlySet<string> = new Set(['arguments', 'eval', 'undefined', 'NaN', 'Infinity'])

/** `end`: how what breaks it ends; what continues it ends with the number after it. */
export type Label = { name: string; end: number }

/** Parts of a script; more than this does not run here. */
const maxParts = 3_000

/** What the places of one script share. */
export class Program {
  #parts = 0
  #steps = 0
  #labelCount = 0
  /** Whether it has functions of its own, which members may hold. */
  hasFunctions = false
  /** Names that nobody may give to a variable without declaring it: of functions in blocks, and of what was taken for missing. */
  readonly taken = new Set<string>()
  /** Labels around this place, and those of the statement that comes next. */
  readonly #labels: Label[] = []
  #nextLabels: Label[] = []
  readonly compilers: Compilers

  constructor(compilers: Compilers) {
    this.compilers = compilers
  }

  /** `compile` makes what the label stands before. */
  labelled<T>(name: string, compile: (label: Label) => T): T {
    const label = { name, end: firstLabelEnd + 2 * this.#labelCount++ }
    this.#labels.push(label)
    this.#nextLabels.push(label)
    const made = compile(label)
    this.#labels.pop()
    return made
  }

  /** Those of the loop that begins here; nothing within it has them. */
  takeLabels(): Label[] {
    const taken = this.#nextLabels
    this.#nextLabels = []
    return taken
  }

  labelOf(name: string): Label {
    return this.#labels.findLast((label) => label.name === name) ?? unfit(`a label ${name}`)
  }

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
}

/** The variables of one function, before it runs. */
type Place = {
  readonly level: number
  readonly initial: unknown[]
  /** Whether it runs at once, where it stands, and never later. */
  readonly isPassing: boolean
  readonly outer: Place | null
  /** Whether names have to be declared. */
  isStrict: boolean
  /** `this` of what stands in a class; null: of another function. Undefined: it is that of the function around. */
  self: Variable | null | undefined
  /** `this` of another function, once somebody asks for it. */
  asked: Variable | null
  /** `arguments`, once somebody asks for them; undefined: they are those of the function around. */
  given: Variable | null | undefined
}

/** A variable without a name. */
const ofPlace = ({ initial, level }: Place): Variable => {
  const variable: Variable = {
    kind: 'parameter',
    slot: initial.length,
    level,
    isOfLoop: false,
    isReady: true,
    code: null,
  }
  initial.push(unset)
  return variable
}

/** The variables that a place in a script can see. */
export class Scope {
  readonly program: Program
  readonly place: Place
  readonly isInLoop: boolean
  readonly #outer: Scope | null
  readonly #own = new Map<string, Variable>()

  private constructor(program: Program, place: Place, outer: Scope | null, isInLoop: boolean) {
    this.program = program
    this.place = place
    this.isInLoop = isInLoop
    this.#outer = outer
  }

  static outermost(compilers: Compilers): Scope {
    return new Scope(
      new Program(compilers),
      { level: 0, initial: [], isPassing: true, outer: null, isStrict: false, self: null, asked: null, given: null },
      null,
      false,
    )
  }

  block(isInLoop = this.isInLoop): Scope {
    return new Scope(this.program, this.place, this, isInLoop)
  }

  function(isPassing: boolean, isArrow: boolean): Scope {
    const { level, isStrict } = this.place
    const place = {
      level: level + 1,
      initial: [],
      isPassing,
      outer: this.place,
      isStrict,
      self: isArrow ? undefined : null,
      asked: null,
      given: isArrow ? undefined : null,
    }
    return new Scope(this.program, place, this, false)
  }

  compile(node: Given): Evaluate {
    return this.program.compilers.expression(node, this)
  }

  compileFunction(node: FunctionNode, isPassing = false, first: readonly string[] = []): FunctionCode {
    return this.program.compilers.function(node, this, isPassing, first)
  }

  compileStatement(node: StatementNode): Run {
    return this.program.compilers.statement(node, this)
  }

  compileBody(nodes: readonly StatementNode[], isSimple: boolean): Run {
    return this.program.compilers.body(nodes, this, isSimple)
  }

  /** What `this` stands for. */
  self(): Variable {
    const place = this.#placeOfSelf()
    if (place.self) return place.self
    // It would be the global object.
    if (!place.outer) return unfit('this')
    place.asked ??= ofPlace(place)
    return place.asked
  }

  /** Whose `this` it is: that of the script itself is the global object. */
  get selfKind(): 'class' | 'function' | 'script' {
    const { self, outer } = this.#placeOfSelf()
    return self ? 'class' : outer ? 'function' : 'script'
  }

  /** What `arguments` stands for. */
  given(): Variable {
    let place = this.place
    while (place.given === undefined && place.outer) place = place.outer
    // Those of the script are its message; in a class there are more of them.
    if (!place.outer || place.self) return unfit('arguments')
    place.given ??= ofPlace(place)
    return place.given
  }

  /** The same in a class. */
  selfOfClass(): Variable {
    return this.#placeOfSelf().self ?? unfit('super in another function')
  }

  #placeOfSelf(): Place {
    let place = this.place
    while (place.self === undefined && place.outer) place = place.outer
    return place
  }

  find(name: string): Variable | undefined {
    return this.#own.get(name) ?? this.#outer?.find(name)
  }

  /** How many functions lie between this place and the variable. Throws Unfit for what is not there yet, or not any more. */
  distanceTo(variable: Variable): number {
    const distance = this.place.level - variable.level
    if (distance === 0 && !variable.isReady) unfit('a name that is used before it is there')
    // From the second round on it would have the value of the last one.
    if (variable.isOfLoop && !variable.isReady) unfit('a name that is used before it is there')
    if (variable.isOfLoop)
      for (let place: Place | null = this.place; place && place.level > variable.level; place = place.outer)
        if (!place.isPassing) unfit('a function that may outlive the round of a loop')
    return distance
  }

  declare(name: string, kind: Variable['kind']): Variable {
    if (this.#own.has(name)) throw new Unfit(`${name} is declared twice`)
    if (fixed.has(name)) throw new Unfit(`${name} has a meaning of its own`)
    const { initial, level } = this.place
    const isBlockwise = kind === 'let' || kind === 'const'
    const variable: Variable = {
      kind,
      slot: initial.length,
      level,
      isOfLoop: this.isInLoop && isBlockwise,
      isReady: !isBlockwise,
      code: null,
    }
    initial.push(isBlockwise || kind === 'undeclared' ? unset : undefined)
    this.#own.set(name, variable)
    return variable
  }

  /** What has been declared here may have no value from here on. */
  forgetValues(): void {
    for (const variable of this.#own.values())
      variable.isReady = variable.kind === 'var' || variable.kind === 'function'
  }

  /** A variable of another scope of the same function. */
  share(name: string, variable: Variable): void {
    if (this.#own.has(name)) throw new Unfit(`${name} is declared twice`)
    this.#own.set(name, variable)
  }

  /** A name that nobody declares: it stands for a variable of the whole script from its first assignment on. */
  invent(name: string): Variable {
    if (this.place.isStrict || this.program.taken.has(name)) unfit(`${name} is not declared`)
    if (name in globalThis) unfit(`${name} has a meaning of its own`)
    return this.#outer ? this.#outer.invent(name) : this.declare(name, 'undeclared')
  }
}
