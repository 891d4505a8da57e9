import { fragmentOf, insert, isEmptyFragment, renewed } from './clipboard.ts'
import { type ChainDocument, type DocNode, type DocWire, numbered } from './document.ts'
import { addNode, all, connect, type Edit, move, removeNodes, removeNotes, setEntry } from './edits.ts'
import { reachedFrom, targetsOf } from './graph-walks.ts'
import type { Place } from './places.ts'
import { ruleChainNodeClass } from './problems.ts'

const outputClass = 'org.thingsboard.rule.engine.flow.TbRuleChainOutputNode'
/** In places of the file. */
const step = { x: 240, y: 70 }

type Chosen = { nodes: ReadonlySet<string>; notes: ReadonlySet<string> }

/** Words for each are `chainEditor.nest.<reason>`. */
export type NestRefusal = 'empty' | 'entries' | 'cycle'
export type Nested =
  | { ok: false; reason: NestRefusal }
  | {
      ok: true
      /** The new chain. */
      inner: ChainDocument
      /** What takes the place of the nodes, once the chain has an id. */
      edit: (ruleChainId: string) => Edit
      /** The node that calls it. */
      callId: string
    }

const plainNode = (
  node: Pick<DocNode, 'id' | 'className' | 'name' | 'configuration' | 'configurationVersion'> & Place,
): DocNode => ({
  description: '',
  debug: { failuresEnabled: false, allEnabled: false, allEnabledUntil: 0 },
  isSingleton: false,
  queueName: null,
  bypass: null,
  group: null,
  rest: {},
  ...node,
})

/** Where messages come into chosen nodes from outside. */
const entriesOf = (document: ChainDocument, ids: ReadonlySet<string>): string[] => {
  const entered = Object.values(document.wires).flatMap(({ from, to }) => (ids.has(to) && !ids.has(from) ? [to] : []))
  const isEntry = document.entry !== null && ids.has(document.entry)
  return [...new Set([...entered, ...(isEntry && document.entry !== null ? [document.entry] : [])])]
}

/** Whether messages that leave the chosen nodes could come back to them: calls of chains must not run in circles. */
const comesBack = (document: ChainDocument, ids: ReadonlySet<string>): boolean => {
  const targets = targetsOf(document)
  const outside = [...ids].flatMap((id) => (targets.get(id) ?? []).filter((target) => !ids.has(target)))
  return outside.length > 0 && [...reachedFrom(document, outside)].some((id) => ids.has(id))
}

type Exit = { name: string; from: readonly DocWire[]; targets: readonly string[]; y: number }

/**
 * What leaves the chosen nodes, by label: one output node for what goes along the same label to the same nodes. A second
 * one of the same label gets a name of its own.
 */
const exitsOf = (document: ChainDocument, ids: ReadonlySet<string>): Exit[] => {
  const leaving = new Map<string, { from: string; label: string; targets: string[] }>()
  for (const { from, to, labels } of Object.values(document.wires)) {
    if (!ids.has(from) || ids.has(to)) continue
    for (const label of labels) {
      const key = `${from} ${label}`
      const known = leaving.get(key) ?? { from, label, targets: [] }
      known.targets.push(to)
      leaving.set(key, known)
    }
  }
  const exits = new Map<string, Exit>()
  const names = new Set<string>()
  for (const { from, label, targets } of leaving.values()) {
    const sorted = [...targets].sort()
    const key = `${label.toLowerCase()} ${sorted.join(' ')}`
    const known = exits.get(key)
    const wire = { from, to: '', labels: [label] }
    if (known) {
      exits.set(key, { ...known, from: [...known.from, wire] })
      continue
    }
    let name = label
    for (let n = 2; names.has(name.toLowerCase()); n++) name = `${label} ${n}`
    names.add(name.toLowerCase())
    const ys = sorted.map((id) => document.nodes[id]?.y ?? 0)
    exits.set(key, { name, from: [wire], targets: sorted, y: Math.min(...ys) })
  }
  return [...exits.values()].sort((a, b) => a.y - b.y)
}

/** Makes a chain of its own of the chosen nodes, and of what calls it in their place. */
export const nest = (document: ChainDocument, chosen: Chosen, name: string, newId: () => string): Nested => {
  const fragment = fragmentOf(document, chosen)
  const ids = new Set(fragment.order)
  if (ids.size === 0) return { ok: false, reason: 'empty' }
  const entries = entriesOf(document, ids)
  if (entries.length > 1) return { ok: false, reason: 'entries' }
  if (comesBack(document, ids)) return { ok: false, reason: 'cycle' }
  const exits = exitsOf(document, ids)
  const begin = entries[0] ?? startOf(document, fragment)
  const nodes = Object.values(fragment.nodes)
  const first = fragment.nodes[begin ?? ''] ?? nodes[0]
  const callId = newId()
  return {
    ok: true,
    callId,
    inner: innerOf(fragment, begin, exits, newId),
    edit: (ruleChainId) => {
      const call = plainNode({
        ...{ id: callId, className: ruleChainNodeClass, name, x: first?.x ?? 0, y: first?.y ?? 0 },
        ...{ configuration: { ruleChainId, forwardMsgToDefaultRuleChain: false }, configurationVersion: 1 },
      })
      const group = sharedGroup(
        nodes.map(({ id }) => document.nodes[id]?.group ?? null),
        chosen.notes,
      )
      const into = Object.values(document.wires).filter(({ from, to }) => ids.has(to) && !ids.has(from))
      return all(
        removeNodes([...ids]),
        removeNotes([...chosen.notes]),
        addNode({ ...call, group }),
        ...into.map(({ from, labels }) => connect(from, callId, labels)),
        ...exits.flatMap((exit) => exit.targets.map((to) => connect(callId, to, [exit.name]))),
        setEntry(document.entry !== null && ids.has(document.entry) ? callId : document.entry),
      )
    },
  }
}

/** The group that all were in, unless it goes with them. */
const sharedGroup = (groups: readonly (string | null)[], gone: ReadonlySet<string>): string | null => {
  const [first = null] = groups
  return first !== null && !gone.has(first) && groups.every((group) => group === first) ? first : null
}

/** Of nodes that no message comes to from outside, the first that none leads to. */
const startOf = (document: ChainDocument, fragment: ChainDocument): string | null => {
  const led = new Set(Object.values(fragment.wires).map(({ to }) => to))
  return document.order.find((id) => fragment.nodes[id] && !led.has(id)) ?? fragment.order[0] ?? null
}

const innerOf = (
  fragment: ChainDocument,
  entry: string | null,
  exits: readonly Exit[],
  newId: () => string,
): ChainDocument => {
  const nodes = Object.values(fragment.nodes)
  const right = Math.max(...nodes.map(({ x }) => x)) + step.x
  let bottom = Number.NEGATIVE_INFINITY
  const outputs = exits.map((exit): readonly Edit[] => {
    const id = newId()
    bottom = Math.max(bottom + step.y, exit.y)
    return [
      addNode(
        plainNode({
          ...{ id, className: outputClass, name: exit.name, x: right, y: bottom },
          ...{ configuration: {}, configurationVersion: 0 },
        }),
      ),
      ...exit.from.map(({ from, labels }) => connect(from, id, labels)),
    ]
  })
  const whole = all(...outputs.flat())({ ...fragment, entry })
  // Ids stay with the nodes of the old chain: undoing the change must not take them from the new one.
  return numbered(renewed(whole, { x: 60, y: 60 }, newId))
}

/** Words for each are `chainEditor.inline.<reason>`. */
export type InlineRefusal = 'empty' | 'byProfile'
export type Inlined = { ok: false; reason: InlineRefusal } | { ok: true; edit: Edit; nodes: readonly string[] }

/** Takes the nodes of a called chain into the calling one, in place of the node that calls it. */
export const inline = (
  document: ChainDocument,
  callId: string,
  called: ChainDocument,
  newId: () => string,
): Inlined => {
  const call = document.nodes[callId]
  if (!call || called.entry === null || isEmptyFragment(called)) return { ok: false, reason: 'empty' }
  const { configuration } = call
  const isByProfile =
    typeof configuration === 'object' &&
    configuration !== null &&
    Reflect.get(configuration, 'forwardMsgToDefaultRuleChain') === true
  if (isByProfile) return { ok: false, reason: 'byProfile' }
  const whole = { ...called, tests: [] }
  const fragment = renewed(whole, cornerBeside(call, called), newId)
  const outputs = new Map(
    Object.values(fragment.nodes).flatMap(({ id, className, name }) =>
      className === outputClass ? [[id, name.toLowerCase()] as const] : [],
    ),
  )
  const into = Object.values(document.wires).filter(({ to }) => to === callId)
  const out = Object.values(document.wires).filter(({ from }) => from === callId)
  const targetsAlong = (label: string) =>
    out.flatMap(({ to, labels }) => (labels.some((one) => one.toLowerCase() === label) ? [to] : []))
  /** Where what led to a node of the called chain leads now. */
  const placesOf = (id: string): readonly string[] => {
    const output = outputs.get(id)
    return output === undefined ? [id] : targetsAlong(output)
  }
  const entry = fragment.entry === null ? [] : placesOf(fragment.entry)
  const returning = Object.values(fragment.wires).filter(({ to }) => outputs.has(to))
  const nodes = fragment.order.filter((id) => !outputs.has(id))
  const edit = all(
    makeRoom(call, fragment),
    insert({ ...fragment, entry: null }),
    ...returning.flatMap(({ from, to, labels }) => placesOf(to).map((target) => connect(from, target, labels))),
    ...into.flatMap(({ from, labels }) => entry.map((target) => connect(from, target, labels))),
    document.entry === callId && entry[0] !== undefined ? setEntry(entry[0]) : (same) => same,
    removeNodes([callId, ...outputs.keys()]),
    intoGroup(nodes, call.group),
  )
  return { ok: true, edit, nodes }
}

/** Nodes that are in no group of their own join that of the node whose place they take. */
const intoGroup =
  (ids: readonly string[], group: string | null): Edit =>
  (document) => {
    if (group === null) return document
    const nodes = { ...document.nodes }
    for (const id of ids) if (nodes[id]?.group === null) nodes[id] = { ...nodes[id], group }
    return { ...document, nodes }
  }

/** The corner of the taken-in nodes such that their entry stands where the calling node stood. */
const cornerBeside = (call: DocNode, called: ChainDocument): Place => {
  const all = [...Object.values(called.nodes), ...Object.values(called.notes)]
  const entry = called.nodes[called.entry ?? ''] ?? all[0]
  const [left, top] = [Math.min(...all.map(({ x }) => x)), Math.min(...all.map(({ y }) => y))]
  return { x: call.x - ((entry?.x ?? left) - left), y: call.y - ((entry?.y ?? top) - top) }
}

/** What stands right of the calling node moves away by what is taken in. */
const makeRoom =
  (call: DocNode, fragment: ChainDocument): Edit =>
  (document) => {
    const width = Math.max(...Object.values(fragment.nodes).map(({ x }) => x)) - call.x
    if (width <= 0) return document
    const right = [...Object.values(document.nodes), ...Object.values(document.notes)].filter(({ x }) => x > call.x)
    return move(Object.fromEntries(right.map(({ id, x, y }) => [id, { x: x + width, y }])))(document)
  }
