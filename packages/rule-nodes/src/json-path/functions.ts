import { isJsonObject, jsonOfKv, numberOf, textOfJson } from '@thingwire/rules'
import type { FunctionName } from './path.ts'

type Call = {
  /** What the path before the function leads to. */
  values: readonly unknown[]
  /** It may lead to many places. */
  isList: boolean
  /** It begins with a deep scan: then the function is about all that was found, not about each. */
  isOfScan: boolean
  args: readonly unknown[]
  spend(steps: number): void
}

/** What a function makes of what the path before it leads to. */
export const applyFunction = (name: FunctionName, call: Call): { values: unknown[]; isList: boolean } => {
  const { values, isList, args, spend } = call
  const isOfAll = isList && call.isOfScan
  spend(values.length + args.length)
  if (isAggregate(name)) {
    if (isOfAll || (isList && !values.some(Array.isArray)))
      return only(aggregate(name, [...values.flatMap(listed), ...args.flatMap(listed)]))
    const each = values.map((value) => {
      const own = Array.isArray(value) ? listed(value) : []
      spend(own.length)
      return aggregate(name, [...own, ...args.flatMap(listed)])
    })
    return { values: each, isList }
  }
  if (!isOfAll) return { values: values.map((value) => resultOf(name, value, call)), isList }
  // How many there are inside of what was found.
  if (name === 'length' || name === 'size')
    return only(values.reduce((sum: number, value) => sum + (lengthOf(value) ?? 0), 0))
  return only(resultOf(name, [...values], call))
}

const only = (value: unknown) => ({ values: [value], isList: false })

const aggregates = ['min', 'max', 'avg', 'stddev', 'sum'] as const
type Aggregate = (typeof aggregates)[number]
const isAggregate = (name: FunctionName): name is Aggregate => aggregates.some((one) => one === name)

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

const aggregate = (name: Aggregate, values: readonly unknown[]): unknown => {
  const numbers = values.flatMap((value) => numberOf(value) ?? [])
  if (numbers.length === 0) throw new Error(`${name}() has no numbers to work with`)
  const value = figure(name, numbers)
  if (!Number.isFinite(value)) throw new Error(`${name}() leads beyond what a number can hold`)
  // Always a number with a point (as Jayway, which counts with doubles).
  return jsonOfKv({ type: 'DOUBLE', value })
}

const figure = (name: Aggregate, numbers: readonly number[]): number => {
  const sum = numbers.reduce((total, value) => total + value, 0)
  const mean = sum / numbers.length
  switch (name) {
    case 'min':
      return numbers.reduce((a, b) => Math.min(a, b))
    case 'max':
      return numbers.reduce((a, b) => Math.max(a, b))
    case 'sum':
      return sum
    case 'avg':
      return mean
    case 'stddev':
      return Math.sqrt(numbers.reduce((total, value) => total + (value - mean) ** 2, 0) / numbers.length)
  }
}

const lengthOf = (value: unknown): number | null => {
  if (Array.isArray(value)) return value.length
  return isJsonObject(value) ? Object.keys(value).length : null
}

const resultOf = (name: Exclude<FunctionName, Aggregate>, value: unknown, { args, spend }: Call): unknown => {
  switch (name) {
    case 'length':
    case 'size':
      return lengthOf(args.length > 0 ? args[0] : value)
    case 'keys':
      return isJsonObject(value) ? Object.keys(value) : null
    case 'concat':
      return concatenated([...(Array.isArray(value) ? value.filter(isText) : []), ...args.flatMap(listed)], spend)
    case 'append':
      return Array.isArray(value) ? [...value, ...args] : value
    case 'first':
      return itemAt(value, 0)
    case 'last':
      return itemAt(value, -1)
    case 'index':
      return itemAt(value, numberOf(args[0]) ?? Number.NaN)
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** A hundred characters count as a step. */
const concatenated = (parts: readonly unknown[], spend: Call['spend']): string => {
  let text = ''
  for (const part of parts) {
    const next = textOfJson(part)
    spend(Math.ceil(next.length / 100))
    text += next
  }
  return text
}

const itemAt = (value: unknown, index: number): unknown => {
  const item: unknown = Array.isArray(value) && Number.isInteger(index) ? value.at(index) : undefined
  if (item === undefined) throw new Error('There is no such item in the list')
  return item
}
