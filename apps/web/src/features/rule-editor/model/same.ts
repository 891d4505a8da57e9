import { isEqual } from '@thingwire/editing'
import type { ChainDocument } from './document.ts'

/** The document made of the objects that are in one of these already, wherever they are equal: less is drawn anew. */
export const reuse = (document: ChainDocument, ...known: readonly ChainDocument[]): ChainDocument => {
  const result: ChainDocument = {
    ...document,
    order: reuseValue(
      document.order,
      known.map(({ order }) => order),
    ),
    nodes: reuseRecord(
      document.nodes,
      known.map(({ nodes }) => nodes),
    ),
    wires: reuseRecord(
      document.wires,
      known.map(({ wires }) => wires),
    ),
    notes: reuseRecord(
      document.notes,
      known.map(({ notes }) => notes),
    ),
    tests: reuseValue(
      document.tests,
      known.map(({ tests }) => tests),
    ),
  }
  return known.find((one) => isSame(one, result)) ?? result
}

const reuseValue = <T>(value: T, known: readonly T[]): T => known.find((one) => isEqual(one, value)) ?? value

type ById<T> = Readonly<Record<string, T>>

const reuseRecord = <T>(record: ById<T>, known: readonly ById<T>[]): ById<T> => {
  const result: Record<string, T> = {}
  for (const [id, value] of Object.entries(record)) {
    const other = known.find((one) => Object.hasOwn(one, id) && isEqual(one[id], value))?.[id]
    result[id] = other ?? value
  }
  const size = Object.keys(result).length
  const isWhole = (one: ById<T>) =>
    Object.keys(one).length === size && Object.entries(result).every(([id, value]) => one[id] === value)
  return known.find(isWhole) ?? result
}

/** By identity of the parts. What numbers nodes had is no part of what people mean. */
export const isSame = (a: ChainDocument, b: ChainDocument): boolean =>
  a.order === b.order &&
  a.nodes === b.nodes &&
  a.wires === b.wires &&
  a.notes === b.notes &&
  a.entry === b.entry &&
  a.tests === b.tests &&
  isEqual(a.strayTests, b.strayTests)

/** Whether two documents say the same. Numbers of nodes count, those of nodes that are gone do not. */
export const isSameDocument = (a: ChainDocument, b: ChainDocument): boolean =>
  a === b ||
  (a.entry === b.entry &&
    isEqual(a.order, b.order) &&
    isEqual(a.nodes, b.nodes) &&
    isEqual(a.wires, b.wires) &&
    isEqual(a.notes, b.notes) &&
    isEqual(a.tests, b.tests) &&
    isEqual(a.strayTests, b.strayTests))
