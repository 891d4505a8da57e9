import { isJsonObject, isNumberLiteral, numberOf, textOfJson } from '@thingwire/rules'
import { applyFunction } from './functions.ts'
import { type Condition, isSingle, startsDeep, type Operand, type Operator, type Path, type Step } from './path.ts'

/** Places that one evaluation may look at, filters and functions included. */
const maxSteps = 200_000
const maxResults = 20_000
const maxNesting = 500

export type Found = { isList: boolean; values: unknown[] }

/** What the path leads to: one value, or those of a list. Throws when a place of a definite path is not there. */
export const evaluatePath = (path: Path, root: unknown): Found => new Evaluation(root).find(path, root)

/** Nothing is there; differs from null. */
const absent = Symbol('absent')

class Evaluation {
  readonly #root: unknown
  #steps = 0

  constructor(root: unknown) {
    this.#root = root
  }

  find(path: Path, current: unknown): Found {
    let values: unknown[] = [path.from === 'root' ? this.#root : current]
    let isList = false
    for (const [index, step] of path.steps.entries()) {
      if (step.kind === 'function') {
        const args = step.args.map((arg) => this.#operand(arg, current)).filter((one) => one !== absent)
        const applied = applyFunction(step.name, {
          values,
          isList,
          isOfScan: startsDeep(path),
          args,
          spend: this.#spend,
        })
        values = applied.values
        isList = applied.isList
        continue
      }
      const isLast = index === path.steps.length - 1
      const isSure = !isList
      isList ||= !isSingle(step, isLast)
      values = values.flatMap((value) => this.#select(step, value, { isSure, isLast }))
      if (values.length > maxResults) throw new Error(`The JSON path leads to more than ${maxResults} places`)
    }
    return { isList, values }
  }

  readonly #spend = (steps: number): void => {
    this.#steps += steps
    if (this.#steps > maxSteps) throw new Error(`The JSON path takes more than ${maxSteps} steps through the data`)
  }

  #select(
    step: Exclude<Step, { kind: 'function' }>,
    value: unknown,
    how: { isSure: boolean; isLast: boolean },
  ): unknown[] {
    if (!step.deep) return this.#children(step, value, how)
    const found: unknown[] = []
    this.#scan(value, 0, (node) => {
      // On the way down a condition is about the node itself.
      if (step.kind === 'filter') {
        if (isJsonObject(node) && this.#holds(step.condition, node)) found.push(node)
      } else found.push(...this.#children(step, node, { isSure: false, isLast: how.isLast }))
      if (found.length > maxResults) throw new Error(`The JSON path leads to more than ${maxResults} places`)
    })
    return found
  }

  /** Objects and lists, each before what is in it. */
  #scan(node: unknown, depth: number, visit: (node: unknown) => void): void {
    if (depth > maxNesting) throw new Error(`The data is nested deeper than ${maxNesting} levels`)
    const children = membersOf(node)
    if (children === null) return
    this.#spend(1)
    visit(node)
    for (const child of children) this.#scan(child, depth + 1, visit)
  }

  #children(
    step: Exclude<Step, { kind: 'function' }>,
    value: unknown,
    { isSure, isLast }: { isSure: boolean; isLast: boolean },
  ): unknown[] {
    this.#spend(1)
    switch (step.kind) {
      case 'names':
        return namedMembers(step.names, value, { isSure, isLast })
      case 'indexes':
        return items(step.indexes, value, isSure)
      case 'slice':
        if (Array.isArray(value)) return value.slice(step.from ?? 0, step.to ?? value.length)
        return isSure ? missing('A slice of what is no list') : []
      case 'wildcard':
        return membersOf(value) ?? []
      case 'filter':
        if (Array.isArray(value)) return value.filter((item) => this.#holds(step.condition, item))
        if (isJsonObject(value)) return this.#holds(step.condition, value) ? [value] : []
        return isSure ? missing('A filter of what is neither a list nor an object') : []
    }
  }

  #holds(condition: Condition, current: unknown): boolean {
    this.#spend(1)
    switch (condition.kind) {
      case 'and':
        return condition.parts.every((part) => this.#holds(part, current))
      case 'or':
        return condition.parts.some((part) => this.#holds(part, current))
      case 'not':
        return !this.#holds(condition.part, current)
      case 'exists':
        return this.#operand({ kind: 'path', path: condition.path }, current) !== absent
      case 'compare':
        return this.#compare(condition, current)
    }
  }

  /** The value of an operand; a path without a place is absent. */
  #operand(operand: Operand, current: unknown): unknown {
    if (operand.kind === 'value') return operand.value
    if (operand.kind === 'regex') return operand
    try {
      const { isList, values } = this.find(operand.path, current)
      return isList ? values : values.length > 0 ? values[0] : absent
    } catch (error) {
      if (error instanceof PathNotFound) return absent
      throw error
    }
  }

  #compare({ left, operator, right }: Condition & { kind: 'compare' }, current: unknown): boolean {
    const a = this.#operand(left, current)
    if (operator === '=~')
      return matches(a, right) || (left.kind === 'regex' && matches(this.#operand(right, current), left))
    const b = this.#operand(right, current)
    if (operator === '!=') return !isEqual(a, b, this.#spend)
    if (a === absent || b === absent) return false
    return relations[operator](a, b, this.#spend)
  }
}

const matches = (value: unknown, operand: Operand): boolean => {
  if (operand.kind !== 'regex' || value === absent || value === null) return false
  if (Array.isArray(value)) return value.some((item: unknown) => operand.matches(textOfJson(item)))
  return typeof value === 'object' && !isNumberLiteral(value) ? false : operand.matches(textOfJson(value))
}

type Spend = (steps: number) => void

const lists = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const has = (list: unknown, value: unknown, spend: Spend): boolean =>
  lists(list).some((item) => isEqual(item, value, spend))

const relations: Record<Exclude<Operator, '=~' | '!='>, (a: unknown, b: unknown, spend: Spend) => boolean> = {
  '==': isEqual,
  '<': (a, b) => isOrdered(a, b, (n) => n < 0),
  '<=': (a, b) => isOrdered(a, b, (n) => n <= 0),
  '>': (a, b) => isOrdered(a, b, (n) => n > 0),
  '>=': (a, b) => isOrdered(a, b, (n) => n >= 0),
  in: (a, b, spend) => has(b, a, spend),
  nin: (a, b, spend) => !has(b, a, spend),
  contains: (a, b, spend) => (typeof a === 'string' ? typeof b === 'string' && a.includes(b) : has(a, b, spend)),
  subsetof: (a, b, spend) => Array.isArray(a) && a.every((item) => has(b, item, spend)),
  all: (a, b, spend) => Array.isArray(a) && lists(b).every((item) => has(a, item, spend)),
  anyof: (a, b, spend) => lists(a).some((item) => has(b, item, spend)),
  noneof: (a, b, spend) => Array.isArray(a) && !a.some((item) => has(b, item, spend)),
  size: (a, b) => sizeOf(a) === numberOf(b),
  empty: (a, b) => sizeOf(a) !== undefined && (sizeOf(a) === 0) === b,
}

const sizeOf = (value: unknown): number | undefined => {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return isJsonObject(value) ? Object.keys(value).length : undefined
}

/** Numbers with numbers, texts with texts; nothing else has an order. */
const isOrdered = (a: unknown, b: unknown, test: (n: number) => boolean): boolean => {
  if (typeof a === 'string' && typeof b === 'string') return test(a < b ? -1 : a > b ? 1 : 0)
  const [left, right] = [numberOf(a), numberOf(b)]
  return left !== undefined && right !== undefined && test(left - right)
}

/** A number also equals a text that is that number (as Jayway). */
function isEqual(a: unknown, b: unknown, spend: Spend): boolean {
  spend(1)
  if (a === absent || b === absent) return false
  if (a === b) return true
  if (typeof a === 'string' && typeof b === 'string') return false
  const [left, right] = [comparable(a), comparable(b)]
  if (left !== undefined && right !== undefined) return left === right
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item: unknown, index) => isEqual(item, b[index], spend))
  if (!isJsonObject(a) || !isJsonObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key], b[key], spend))
  )
}

const comparable = (value: unknown): number | undefined => {
  if (typeof value !== 'string') return numberOf(value)
  const number = value.trim() === '' ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : undefined
}

class PathNotFound extends Error {}

const missing = (what: string): never => {
  throw new PathNotFound(`${what} was asked for; there is no such place in the data`)
}

const membersOf = (value: unknown): unknown[] | null => {
  if (Array.isArray(value)) return value
  return isJsonObject(value) ? Object.values(value) : null
}

const namedMembers = (
  names: readonly string[],
  value: unknown,
  { isSure, isLast }: { isSure: boolean; isLast: boolean },
): unknown[] => {
  const [first = ''] = names
  if (!isJsonObject(value)) return isSure ? missing(`Member ${JSON.stringify(first)}`) : []
  if (names.length === 1) {
    if (Object.hasOwn(value, first)) return [value[first]]
    return isSure ? missing(`Member ${JSON.stringify(first)}`) : []
  }
  const present = names.filter((name) => Object.hasOwn(value, name))
  return isLast ? [Object.fromEntries(present.map((name) => [name, value[name]]))] : present.map((name) => value[name])
}

const items = (indexes: readonly number[], value: unknown, isSure: boolean): unknown[] => {
  const [first = 0] = indexes
  const isOne = indexes.length === 1
  if (!Array.isArray(value)) return isSure ? missing(`Item ${first}`) : []
  const found = indexes.flatMap((index) => {
    const at = index < 0 ? value.length + index : index
    return at >= 0 && at < value.length ? [value[at] as unknown] : []
  })
  return found.length === 0 && isOne && isSure ? missing(`Item ${first}`) : found
}
