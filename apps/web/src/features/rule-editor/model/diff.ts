import type { ChainTest } from '@thingwire/contracts'
import { type MemberChange, memberChanges } from '@thingwire/editing'
import type { ChainDocument, DocNode, DocNote, DocWire } from './document.ts'

export type Changed<T> = { before: T; after: T; members: readonly MemberChange[] }

type Differences<T> = { added: readonly T[]; removed: readonly T[]; changed: readonly Changed<T>[] }

export type WireChange = { before: DocWire; after: DocWire; added: readonly string[]; removed: readonly string[] }

export type ChainDifference = {
  nodes: Differences<DocNode>
  /** Nodes that are elsewhere and otherwise as they were. */
  moved: readonly string[]
  wires: { added: readonly DocWire[]; removed: readonly DocWire[]; changed: readonly WireChange[] }
  notes: Differences<DocNote>
  /** Null: the same. */
  entry: { before: string | null; after: string | null } | null
  /** By name. */
  tests: Differences<ChainTest>
  /** How many things differ, moves not counted; 0: only places, or nothing. */
  count: number
}

const places = new Set(['x', 'y'])
/** Numbers come with the first edit of a chain that had none, which nobody made. */
const unsaid = new Set(['no'])

const membersOf = <T extends object>(before: T, after: T): MemberChange[] =>
  before === after ? [] : memberChanges(before, after).filter(({ path }) => !unsaid.has(path[0] ?? ''))

const isMove = (members: readonly MemberChange[]): boolean =>
  members.length > 0 && members.every(({ path }) => path.length === 1 && places.has(path[0] ?? ''))

const differences = <T extends object>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): Differences<T> & { moved: string[] } => {
  const added: T[] = []
  const changed: Changed<T>[] = []
  const moved: string[] = []
  for (const [id, now] of after) {
    const was = before.get(id)
    if (!was) {
      added.push(now)
      continue
    }
    const members = membersOf(was, now)
    if (isMove(members)) moved.push(id)
    else if (members.length > 0) changed.push({ before: was, after: now, members })
  }
  return { added, changed, moved, removed: [...before].flatMap(([id, was]) => (after.has(id) ? [] : [was])) }
}

const nodesOf = ({ order, nodes }: ChainDocument) =>
  new Map(order.flatMap((id): [string, DocNode][] => (nodes[id] ? [[id, nodes[id]]] : [])))

/** How one document became another. */
export const diffDocuments = (before: ChainDocument, after: ChainDocument): ChainDifference => {
  const { moved, ...nodes } = differences(nodesOf(before), nodesOf(after))
  const { moved: movedNotes, ...notes } = differences(
    new Map(Object.entries(before.notes)),
    new Map(Object.entries(after.notes)),
  )
  const byName = ({ tests }: ChainDocument) => new Map(tests.map((test) => [test.name, test]))
  const { moved: _moved, ...tests } = differences(byName(before), byName(after))
  const wires = wireDifferences(before, after)
  const entry = before.entry === after.entry ? null : { before: before.entry, after: after.entry }
  const sizes = [nodes, wires, notes, tests].map((one) => one.added.length + one.removed.length + one.changed.length)
  const count = sizes.reduce((sum, size) => sum + size, entry ? 1 : 0)
  return { nodes, moved: [...moved, ...movedNotes], wires, notes, entry, tests, count }
}

const wireDifferences = (before: ChainDocument, after: ChainDocument): ChainDifference['wires'] => {
  const changed = Object.entries(after.wires).flatMap(([id, wire]): WireChange[] => {
    const was = before.wires[id]
    if (!was || was === wire) return []
    const added = wire.labels.filter((label) => !was.labels.includes(label))
    const removed = was.labels.filter((label) => !wire.labels.includes(label))
    return added.length + removed.length > 0 ? [{ before: was, after: wire, added, removed }] : []
  })
  return {
    changed,
    added: Object.entries(after.wires).flatMap(([id, wire]) => (before.wires[id] ? [] : [wire])),
    removed: Object.entries(before.wires).flatMap(([id, wire]) => (after.wires[id] ? [] : [wire])),
  }
}
