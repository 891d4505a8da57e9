import { isEqual, type Three, threeWay } from '@thingwire/editing'
import type { ChainDocument, DocNode, DocNote, DocWire } from './document.ts'
import type { Choices, Side } from '../../drafts/model.ts'
import { numbered } from './document.ts'
import { isSame } from './same.ts'

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
  const wired = changedIn(base.wires, theirs.wires)
  const { nodes, restored, hasLost } = mergeNodes(sides, wired, found)
  const notes = mergeNotes(sides, found)
  const entry = mergeEntry(sides, found)
  const document: ChainDocument = {
    order: mergeOrder(sides, nodes),
    nodes: notes === mine.notes && nodes === mine.nodes ? nodes : withKnownGroups(nodes, notes),
    wires: mergeWires(sides, { nodes, restored, hasLost, wired }),
    notes,
    entry: entry !== null && nodes[entry] ? entry : null,
    tests: mergeTests(sides, found),
    ...mergeStrayTests(sides),
    lastNo: Math.max(mine.lastNo ?? 0, theirs.lastNo ?? 0),
  }
  const { contradictions } = found
  if (isSame(document, mine)) return { document: mine, contradictions } satisfies Merge
  return { document: isSame(document, theirs) ? theirs : numbered(document), contradictions } satisfies Merge
}

type ById<T> = Readonly<Record<string, T>>

/** What differs by identity. All else in theirs is as it was, so that mine counts. */
const changedIn = <T>(before: ById<T>, after: ById<T>): string[] => {
  if (before === after) return []
  const ids = Object.keys(after).filter((id) => before[id] !== after[id])
  for (const id of Object.keys(before)) if (!after[id]) ids.push(id)
  return ids
}

/** A record with some of its entries replaced, or (undefined) taken out; one of these when that is what comes out. */
const changed = <T>(record: ById<T>, changes: ReadonlyMap<string, T | undefined>, other: ById<T> = record): ById<T> => {
  if ([...changes].every(([id, value]) => record[id] === value)) return record
  const result = { ...record }
  for (const [id, value] of changes) {
    if (value === undefined) delete result[id]
    else result[id] = value
  }
  const ids = Object.keys(result)
  const isOther = ids.length === Object.keys(other).length && ids.every((id) => result[id] === other[id])
  return isOther ? other : result
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
  const same = [mine, theirs].find((one) => isEqual(one, merged))
  // Every member is one of mine or of theirs, or made of both: of the same type.
  return same ?? (merged as T)
}

/** Members of which nobody is asked, because nothing is lost with them. */
export const quietNodeMembers: ReadonlySet<string> = new Set(['no', 'x', 'y', 'debug'])
export const quietNoteMembers: ReadonlySet<string> = new Set(['x', 'y', 'width', 'height'])
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

type Merged = {
  nodes: ById<DocNode>
  restored: ReadonlyMap<string, Side>
  /** Whether nodes of mine are gone. */
  hasLost: boolean
}

const mergeNodes = ({ base, mine, theirs }: Sides, wired: readonly string[], found: Found): Merged => {
  const changes = new Map<string, DocNode | undefined>()
  const restored = new Map<string, Side>()
  const ends = wired.flatMap((id) => {
    const wire = theirs.wires[id]
    return wire ? [wire.from, wire.to] : []
  })
  // Nodes that theirs leads to anew matter even if they are as they were: mine may have removed them.
  const missed = ends.filter((id) => !mine.nodes[id] && base.nodes[id] && base.nodes[id] === theirs.nodes[id])
  for (const id of new Set([...changedIn(base.nodes, theirs.nodes), ...missed])) {
    const three = { base: base.nodes[id], mine: mine.nodes[id], theirs: theirs.nodes[id] }
    if (three.mine && three.theirs) {
      // Configurations of two versions of a node type have different members: they are one or the other.
      const isOneVersion = three.mine.configurationVersion === three.theirs.configurationVersion
      const whole = isOneVersion ? nothing : new Set(['configuration'])
      const sides = { base: three.base, mine: three.mine, theirs: three.theirs }
      changes.set(id, mergeMembers(sides, { kind: 'node', id, quiet: quietNodeMembers, whole }, found))
      continue
    }
    const isKept = (here: Side) => {
      const [node, document] = here === 'mine' ? [three.mine, mine] : [three.theirs, theirs]
      if (!three.base || !node) return true
      return isChanged(three.base, node, quietNodeMembers) || isWiredAnew(id, base, document)
    }
    const side = removedOr(three, { kind: 'node', id }, isKept, found)
    const kept = side ? three[side] : undefined
    changes.set(id, kept)
    if (side && kept && three.base) restored.set(id, side)
  }
  const hasLost = [...changes.values()].includes(undefined)
  return { nodes: changed(mine.nodes, changes, theirs.nodes), restored, hasLost }
}

const mergeNotes = ({ base, mine, theirs }: Sides, found: Found): ById<DocNote> => {
  const changes = new Map<string, DocNote | undefined>()
  for (const id of changedIn(base.notes, theirs.notes)) {
    const three = { base: base.notes[id], mine: mine.notes[id], theirs: theirs.notes[id] }
    if (three.mine && three.theirs) {
      const sides = { base: three.base, mine: three.mine, theirs: three.theirs }
      const options = { kind: 'note', id, quiet: quietNoteMembers, whole: nothing } as const
      changes.set(id, mergeMembers(sides, options, found))
      continue
    }
    const isKept = (here: Side) => {
      const note = three[here]
      return !three.base || !note || isChanged(three.base, note, quietNoteMembers)
    }
    const side = removedOr(three, { kind: 'note', id }, isKept, found)
    changes.set(id, side ? three[side] : undefined)
  }
  return changed(mine.notes, changes, theirs.notes)
}

/** Nodes of a group that is gone are in none. */
const withKnownGroups = (nodes: ById<DocNode>, notes: ById<DocNote>): ById<DocNode> => {
  const lost = Object.values(nodes).filter(({ group }) => group !== null && !notes[group])
  return changed(nodes, new Map(lost.map((node) => [node.id, { ...node, group: null }])))
}

/** A label is there when either side added it, and not when either removed it. */
const mergeWires = (
  { base, mine, theirs }: Sides,
  { nodes, restored, hasLost, wired }: Merged & { wired: readonly string[] },
): ById<DocWire> => {
  const changes = new Map<string, DocWire | undefined>()
  const touched = (wires: ById<DocWire>) =>
    restored.size === 0
      ? []
      : Object.entries(wires).flatMap(([id, { from, to }]) => (restored.has(from) || restored.has(to) ? [id] : []))
  for (const id of new Set([...wired, ...touched(base.wires), ...touched(mine.wires), ...touched(theirs.wires)])) {
    const [a, b, c] = [base.wires[id], mine.wires[id], theirs.wires[id]]
    const any = a ?? b ?? c
    if (!any) continue
    // The side that removed a node removed its wires with it, which is undone when the node stays.
    const [from, to] = [restored.get(any.from), restored.get(any.to)]
    const side = from ?? to
    const isOfBoth = from !== undefined && to !== undefined && from !== to
    const wire = isOfBoth ? a : side ? (side === 'mine' ? b : c) : mergeLabels(a, b, c)
    changes.set(id, wire && nodes[wire.from] && nodes[wire.to] ? wire : undefined)
  }
  if (hasLost)
    for (const [id, { from, to }] of Object.entries(mine.wires))
      if (!nodes[from] || !nodes[to]) changes.set(id, undefined)
  return changed(mine.wires, changes, theirs.wires)
}

const mergeLabels = (base: DocWire | undefined, mine: DocWire | undefined, theirs: DocWire | undefined) => {
  const [a, b, c] = [base?.labels ?? [], mine?.labels ?? [], theirs?.labels ?? []]
  const labels = [
    ...b.filter((label) => c.includes(label) || !a.includes(label)),
    ...c.filter((label) => !b.includes(label) && !a.includes(label)),
  ]
  const same = [mine, theirs].find((wire) => wire && isEqual(wire.labels, labels))
  const any = mine ?? theirs
  return same ?? (any && labels.length > 0 ? { ...any, labels } : undefined)
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

const mergeOrder = ({ base, mine, theirs }: Sides, nodes: ById<DocNode>): readonly string[] => {
  if (nodes === mine.nodes && isEqual(base.order, theirs.order)) return mine.order
  const [first, second] = isEqual(base.order, mine.order) ? [theirs, mine] : [mine, theirs]
  const order = [...new Set([...first.order, ...second.order])].filter((id) => nodes[id])
  return [mine.order, theirs.order].find((one) => isEqual(one, order)) ?? order
}

type Tests = ChainDocument['tests']

/** By name, which is how people know a test. Lists in which a name is there twice are one or the other. */
const mergeTests = ({ base, mine, theirs }: Sides, { choices, contradictions }: Found): Tests => {
  if (isEqual(mine.tests, theirs.tests) || isEqual(base.tests, theirs.tests)) return mine.tests
  if (isEqual(base.tests, mine.tests)) return theirs.tests
  const clash = (id: string, at: Three): Side => {
    const key = `test/${id}`
    contradictions.push({ key, kind: 'test', id, path: [], ...at })
    return choices[key] ?? 'mine'
  }
  const lists = [base.tests, mine.tests, theirs.tests].map((tests) => new Map(tests.map((one) => [one.name, one])))
  const [b, m, t] = lists
  if (!b || !m || !t || m.size < mine.tests.length || t.size < theirs.tests.length) {
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
