import type { ChainDocument, DocNode, DocNote, DocWire } from './document.ts'
import { numbered, wireId } from './document.ts'
import { isEqual } from './equal.ts'
import { type Three, threeWay } from './three-way.ts'

/** Where two sets of edits contradict: both changed the same thing, each to something else. */
export type Contradiction = {
  /** Names it in a choice. */
  key: string
  kind: 'node' | 'note' | 'entry' | 'test'
  /** Of the node or note; the name of the test; '' for the entry. */
  id: string
  /** Members from the node or note down; empty: one side removed it as a whole, or it is the whole that differs. */
  path: readonly string[]
  /** Undefined: it is not there. */
  base: unknown
  mine: unknown
  theirs: unknown
}

export type Side = 'mine' | 'theirs'
export type Choices = Readonly<Record<string, Side>>
export type Merge = { document: ChainDocument; contradictions: readonly Contradiction[] }

type Sides = { base: ChainDocument; mine: ChainDocument; theirs: ChainDocument }
type Found = { choices: Choices; contradictions: Contradiction[] }

/**
 * Brings together what two people made of the same document, member by member. Where both changed the same member, the
 * choice counts, and without one mine. Where somebody put a node or a note, and how debugging is set, is nothing to ask
 * about: mine counts.
 */
export const mergeDocuments = (
  base: ChainDocument,
  mine: ChainDocument,
  theirs: ChainDocument,
  choices: Choices = {},
) => {
  const sides = { base, mine, theirs }
  const found: Found = { choices, contradictions: [] }
  if (base === theirs || mine === theirs) return { document: mine, contradictions: [] } satisfies Merge
  if (base === mine) return { document: theirs, contradictions: [] } satisfies Merge
  const { nodes, restored } = mergeNodes(sides, found)
  const notes = mergeNotes(sides, found)
  const entry = mergeEntry(sides, found)
  const document: ChainDocument = {
    order: mergeOrder(sides, nodes),
    nodes: withKnownGroups(nodes, notes),
    wires: mergeWires(sides, nodes, restored),
    notes,
    entry: entry !== null && nodes[entry] ? entry : null,
    tests: mergeTests(sides, found),
    ...mergeStrayTests(sides),
    lastNo: Math.max(mine.lastNo ?? 0, theirs.lastNo ?? 0),
  }
  return { document: reuse(numbered(document), mine, theirs), contradictions: found.contradictions } satisfies Merge
}

type Options = { kind: 'node' | 'note'; id: string; quiet: ReadonlySet<string>; whole: ReadonlySet<string> }

/** Merges the members of a node or a note; `quiet` members never contradict, `whole` ones are not looked into. */
const mergeMembers = <T extends Record<string, unknown>>(
  { base, mine, theirs }: { base: T | undefined; mine: T; theirs: T },
  { kind, id, quiet, whole }: Options,
  { choices, contradictions }: Found,
): T => {
  if (mine === theirs || base === theirs) return mine
  if (base === mine) return theirs
  const merged: Record<string, unknown> = { ...theirs, ...mine }
  for (const member of Object.keys(merged)) {
    const three: Three = { base: base?.[member], mine: mine[member], theirs: theirs[member] }
    const value = threeWay(three, [member], {
      isWhole: whole.has(member),
      clash: (at, path) => {
        if (quiet.has(member)) return at.mine
        const key = `${kind}/${id}/${path.join('/')}`
        contradictions.push({ key, kind, id, path, ...at })
        return choices[key] === 'theirs' ? at.theirs : at.mine
      },
    })
    if (value === undefined) delete merged[member]
    else merged[member] = value
  }
  // Every member is one of mine or of theirs, or made of both: of the same type.
  return merged as T
}

const quietNodeMembers = new Set(['no', 'x', 'y', 'debug'])
const quietNoteMembers = new Set(['x', 'y', 'width', 'height'])
const nothing: ReadonlySet<string> = new Set()

/** Whether a side changed something that is not to be lost with the whole. */
const isChanged = (from: Record<string, unknown>, to: Record<string, unknown>, quiet: ReadonlySet<string>): boolean =>
  Object.keys({ ...from, ...to }).some((member) => !quiet.has(member) && !isEqual(from[member], to[member]))

/** Wires that were drawn or labelled at a node: a side that did so wants the node. */
const isWiredAnew = (id: string, from: ChainDocument, to: ChainDocument): boolean =>
  Object.entries(to.wires).some(
    ([wire, { from: a, to: b, labels }]) =>
      (a === id || b === id) && labels.some((label) => !from.wires[wire]?.labels.includes(label)),
  )

type Whole<T> = { base: T | undefined; mine: T | undefined; theirs: T | undefined }

/** What becomes of one that a side, or both, removed. */
const removedOr = <T>(
  { base, mine, theirs }: Whole<T>,
  { kind, id }: Pick<Options, 'kind' | 'id'>,
  isKept: (side: Side) => boolean,
  { choices, contradictions }: Found,
): Side | null => {
  const here: Side | null = mine ? 'mine' : theirs ? 'theirs' : null
  if (here === null || base === undefined) return here
  if (!isKept(here)) return null
  const key = `${kind}/${id}/`
  contradictions.push({ key, kind, id, path: [], base, mine, theirs })
  return (choices[key] ?? 'mine') === here ? here : null
}

const mergeNodes = ({ base, mine, theirs }: Sides, found: Found) => {
  const nodes: Record<string, DocNode> = {}
  const restored = new Map<string, Side>()
  for (const id of Object.keys({ ...theirs.nodes, ...mine.nodes })) {
    const three = { base: base.nodes[id], mine: mine.nodes[id], theirs: theirs.nodes[id] }
    if (three.mine && three.theirs) {
      // Configurations of two versions of a node type have different members: they are one or the other.
      const isOneVersion = three.mine.configurationVersion === three.theirs.configurationVersion
      const whole = isOneVersion ? nothing : new Set(['configuration'])
      nodes[id] = mergeMembers(
        { base: three.base, mine: three.mine, theirs: three.theirs },
        { kind: 'node', id, quiet: quietNodeMembers, whole },
        found,
      )
      continue
    }
    const side = removedOr(
      three,
      { kind: 'node', id },
      (here) => {
        const [node, document] = here === 'mine' ? [three.mine, mine] : [three.theirs, theirs]
        if (!three.base || !node) return true
        return isChanged(three.base, node, quietNodeMembers) || isWiredAnew(id, base, document)
      },
      found,
    )
    const kept = side && three[side]
    if (!side || !kept) continue
    nodes[id] = kept
    if (three.base) restored.set(id, side)
  }
  return { nodes, restored }
}

const mergeNotes = ({ base, mine, theirs }: Sides, found: Found): Record<string, DocNote> => {
  const notes: Record<string, DocNote> = {}
  for (const id of Object.keys({ ...theirs.notes, ...mine.notes })) {
    const three = { base: base.notes[id], mine: mine.notes[id], theirs: theirs.notes[id] }
    if (three.mine && three.theirs) {
      notes[id] = mergeMembers(
        { base: three.base, mine: three.mine, theirs: three.theirs },
        { kind: 'note', id, quiet: quietNoteMembers, whole: nothing },
        found,
      )
      continue
    }
    const side = removedOr(
      three,
      { kind: 'note', id },
      (here) => {
        const note = three[here]
        return !three.base || !note || isChanged(three.base, note, quietNoteMembers)
      },
      found,
    )
    const kept = side && three[side]
    if (kept) notes[id] = kept
  }
  return notes
}

/** Nodes of a group that is gone are in none. */
const withKnownGroups = (nodes: Record<string, DocNode>, notes: Record<string, DocNote>): Record<string, DocNode> => {
  for (const node of Object.values(nodes))
    if (node.group !== null && !notes[node.group]) nodes[node.id] = { ...node, group: null }
  return nodes
}

/** A label is there when either side added it, and not when either removed it. */
const mergeWires = (
  { base, mine, theirs }: Sides,
  nodes: Readonly<Record<string, DocNode>>,
  restored: ReadonlyMap<string, Side>,
): Record<string, DocWire> => {
  const wires: Record<string, DocWire> = {}
  for (const { from, to } of Object.values({ ...theirs.wires, ...mine.wires })) {
    if (!nodes[from] || !nodes[to]) continue
    const id = wireId(from, to)
    const [a, b, c] = [base, mine, theirs].map((side) => side.wires[id]?.labels ?? [])
    if (!a || !b || !c) continue
    // The side that removed a node removed its wires with it, which is undone when the node stays.
    const side = restored.get(from) ?? restored.get(to)
    const labels = side
      ? side === 'mine'
        ? b
        : c
      : [
          ...b.filter((label) => c.includes(label) || !a.includes(label)),
          ...c.filter((label) => !b.includes(label) && !a.includes(label)),
        ]
    if (labels.length > 0) wires[id] = { from, to, labels }
  }
  return wires
}

const mergeEntry = ({ base, mine, theirs }: Sides, { choices, contradictions }: Found): string | null => {
  if (mine.entry === theirs.entry || base.entry === theirs.entry) return mine.entry
  if (base.entry === mine.entry) return theirs.entry
  // An entry that went with its node was not chosen.
  if (mine.entry === null) return theirs.entry
  if (theirs.entry === null) return mine.entry
  contradictions.push({
    ...{ key: 'entry', kind: 'entry', id: '', path: [] },
    ...{ base: base.entry, mine: mine.entry, theirs: theirs.entry },
  })
  return choices.entry === 'theirs' ? theirs.entry : mine.entry
}

const mergeOrder = ({ base, mine, theirs }: Sides, nodes: Readonly<Record<string, DocNode>>): string[] => {
  const [first, second] = isEqual(base.order, mine.order) ? [theirs, mine] : [mine, theirs]
  return [...new Set([...first.order, ...second.order])].filter((id) => nodes[id])
}

type Tests = ChainDocument['tests']

/** By name, which is how people know a test. Lists in which a name is there twice are one or the other. */
const mergeTests = ({ base, mine, theirs }: Sides, { choices, contradictions }: Found): Tests => {
  const clash = (id: string, at: Three): Side => {
    const key = `test/${id}`
    contradictions.push({ key, kind: 'test', id, path: [], ...at })
    return choices[key] ?? 'mine'
  }
  const lists = [base.tests, mine.tests, theirs.tests].map((tests) => new Map(tests.map((one) => [one.name, one])))
  const [b, m, t] = lists
  if (!b || !m || !t || m.size < mine.tests.length || t.size < theirs.tests.length) {
    if (isEqual(mine.tests, theirs.tests) || isEqual(base.tests, theirs.tests)) return mine.tests
    if (isEqual(base.tests, mine.tests)) return theirs.tests
    const side = clash('', { base: base.tests, mine: mine.tests, theirs: theirs.tests })
    return side === 'mine' ? mine.tests : theirs.tests
  }
  const names = isEqual(base.tests, mine.tests) ? [...t.keys(), ...m.keys()] : [...m.keys(), ...t.keys()]
  return [...new Set(names)].flatMap((name) => {
    const three = { base: b.get(name), mine: m.get(name), theirs: t.get(name) }
    const [ours, other] = [three.mine, three.theirs]
    if (isEqual(ours, other) || isEqual(three.base, other)) return ours ? [ours] : []
    if (isEqual(three.base, ours)) return other ? [other] : []
    const chosen = clash(name, three) === 'mine' ? ours : other
    return chosen ? [chosen] : []
  })
}

const mergeStrayTests = ({ base, mine, theirs }: Sides): Pick<ChainDocument, 'strayTests'> => {
  const { strayTests } = isEqual(base.strayTests, mine.strayTests) ? theirs : mine
  return strayTests ? { strayTests } : {}
}

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
const isSame = (a: ChainDocument, b: ChainDocument): boolean =>
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
