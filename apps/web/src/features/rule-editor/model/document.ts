import {
  type ChainDocumentData,
  type ChainTest,
  chainTestSchema,
  type DebugSettings,
  type NodeExtras,
  nodeExtrasSchema,
  type NoteExtras,
  noteExtrasSchema,
} from '@thingwire/contracts'

/** A rule node as it is edited. Places are those of the file (integers); the canvas draws them larger, see places.ts. */
export type DocNode = {
  id: string
  /** For people who talk about it: `#7`. Given once, when it comes into a document, and to no other node after that. */
  no?: number
  className: string
  name: string
  x: number
  y: number
  description: string
  configuration: unknown
  configurationVersion: number
  debug: DebugSettings
  isSingleton: boolean
  queueName: string | null
  bypass: NonNullable<NodeExtras['bypass']> | null
  group: string | null
  /** Members of `additionalInfo` that nobody here knows. */
  rest: Record<string, unknown>
}

/** All labels between the same two nodes; in the order they were drawn. */
export type DocWire = { from: string; to: string; labels: readonly string[] }

export type DocNote = {
  id: string
  x: number
  y: number
  width: number
  height: number
  content: string
  color: NonNullable<NoteExtras['color']> | null
  /** Set: it frames the nodes that name it, and its content is their title. */
  group: { collapsed: boolean } | null
  rest: Record<string, unknown>
}

/**
 * What is edited: plain, immutable, by id, so that two documents are compared and merged member by member. Whatever an edit
 * does not touch keeps its identity.
 */
export type ChainDocument = {
  /** In the order of the file; Object.keys(nodes) in another order means nothing. */
  order: readonly string[]
  nodes: Readonly<Record<string, DocNode>>
  /** By `wireId(from, to)`. */
  wires: Readonly<Record<string, DocWire>>
  notes: Readonly<Record<string, DocNote>>
  entry: string | null
  tests: readonly ChainTest[]
  /** Tests that cannot be read; they are kept as they are. */
  strayTests?: readonly unknown[]
  /** The last number that a node got, though that node may be gone. */
  lastNo?: number
}

export const wireId = (from: string, to: string): string => `${from}>${to}`

export const emptyDocument: ChainDocument = { order: [], nodes: {}, wires: {}, notes: {}, entry: null, tests: [] }

const noDebug: DebugSettings = { failuresEnabled: false, allEnabled: false, allEnabledUntil: 0 }

/** Members of a node's `additionalInfo`; that of the last number is on the first node alone, and only when no node has it. */
const noMember = 'no'
const lastNoMember = 'lastNo'
const isNo = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0

type Wire = ChainDocumentData['metadata']
type WireNode = Wire['nodes'][number]
type WireNote = NonNullable<Wire['notes']>[number]

const nodeIn = (node: WireNode, id: string): DocNode => {
  const { layoutX, layoutY, description, [noMember]: no, [lastNoMember]: _last, ...rest } = node.additionalInfo ?? {}
  const { bypass, group } = nodeExtrasSchema.parse(rest)
  const { bypass: _bypass, group: _group, ...unknown } = rest
  return {
    id,
    ...(isNo(no) && { no }),
    className: node.type,
    name: node.name,
    x: Math.round(layoutX ?? 0),
    y: Math.round(layoutY ?? 0),
    description: description ?? '',
    configuration: node.configuration ?? {},
    configurationVersion: node.configurationVersion,
    debug: node.debugSettings ?? (node.debugMode ? { ...noDebug, failuresEnabled: true } : noDebug),
    isSingleton: node.singletonMode,
    queueName: node.queueName ?? null,
    bypass: bypass ?? null,
    group: group ?? null,
    rest: unknown,
  }
}

const noteIn = ({ id, x, y, width, height, content, ...rest }: WireNote): DocNote => {
  const { color, group } = noteExtrasSchema.parse(rest)
  const { color: _color, group: _group, ...unknown } = rest
  return { id, x, y, width, height, content, color: color ?? null, group: group ?? null, rest: unknown }
}

/**
 * Gives a number to every node that has none, or one that a node before it has. In the order of the file, so that two who
 * open the same chain see the same numbers.
 */
export const numbered = (document: ChainDocument): ChainDocument => {
  const taken = new Set<number>()
  let last = document.lastNo ?? 0
  for (const { no = 0 } of Object.values(document.nodes)) last = Math.max(last, no)
  let nodes: Record<string, DocNode> | null = null
  for (const id of document.order) {
    const node = document.nodes[id]
    if (!node) continue
    if (node.no !== undefined && !taken.has(node.no)) {
      taken.add(node.no)
      continue
    }
    last += 1
    taken.add(last)
    nodes ??= { ...document.nodes }
    nodes[id] = { ...node, no: last }
  }
  if (!nodes && last === (document.lastNo ?? 0)) return document
  return { ...document, ...(nodes && { nodes }), lastNo: last }
}

/** The last number that the file tells of. */
const lastNoIn = (nodes: Wire['nodes']): number =>
  nodes.reduce((last, { additionalInfo }) => {
    const told = additionalInfo?.[lastNoMember]
    return isNo(told) ? Math.max(last, told) : last
  }, 0)

/** A stored drawing for the editor. Nodes that have no id yet get one by `newId`. */
export const toDocument = (
  { metadata, tests }: { metadata: Wire; tests: readonly unknown[] },
  newId: () => string,
): ChainDocument => {
  const order = metadata.nodes.map((node) => node.id?.id ?? newId())
  const nodes: Record<string, DocNode> = {}
  for (const [index, node] of metadata.nodes.entries()) {
    const id = order[index]
    if (id !== undefined) nodes[id] = nodeIn(node, id)
  }
  const wires: Record<string, { from: string; to: string; labels: string[] }> = {}
  for (const { fromIndex, toIndex, type } of metadata.connections) {
    const from = order[fromIndex]
    const to = order[toIndex]
    if (from === undefined || to === undefined) continue
    const id = wireId(from, to)
    const wire = wires[id] ?? { from, to, labels: [] }
    if (!wire.labels.includes(type)) wire.labels.push(type)
    wires[id] = wire
  }
  const read = tests.map((test) => chainTestSchema.safeParse(test))
  const stray = tests.filter((_, index) => !read[index]?.success)
  return numbered({
    order,
    nodes,
    wires,
    notes: Object.fromEntries((metadata.notes ?? []).map((note) => [note.id, noteIn(note)])),
    entry: order[metadata.firstNodeIndex ?? -1] ?? null,
    tests: read.flatMap((one) => (one.success ? [one.data] : [])),
    ...(stray.length > 0 && { strayTests: stray }),
    lastNo: lastNoIn(metadata.nodes),
  })
}

const nodeOut = (node: DocNode): WireNode => ({
  id: { entityType: 'RULE_NODE', id: node.id },
  type: node.className,
  name: node.name,
  debugSettings: node.debug,
  singletonMode: node.isSingleton,
  queueName: node.queueName,
  configurationVersion: node.configurationVersion,
  configuration: node.configuration,
  additionalInfo: {
    ...node.rest,
    description: node.description,
    layoutX: node.x,
    layoutY: node.y,
    ...(node.no !== undefined && { [noMember]: node.no }),
    ...(node.bypass && { bypass: node.bypass }),
    ...(node.group !== null && { group: node.group }),
  },
})

const noteOut = ({ color, group, rest, ...note }: DocNote): WireNote => ({
  ...rest,
  ...note,
  ...(color && { color }),
  ...(group && { group }),
})

const withLastNo = (nodes: WireNode[], { lastNo = 0, nodes: all }: ChainDocument): WireNode[] => {
  const [first, ...others] = nodes
  if (!first || Object.values(all).some(({ no = 0 }) => no >= lastNo)) return nodes
  return [{ ...first, additionalInfo: { ...first.additionalInfo, [lastNoMember]: lastNo } }, ...others]
}

/** The document as REST takes it, for a draft, a test run or a replay. */
export const toData = (document: ChainDocument): ChainDocumentData => {
  const indexOf = new Map(document.order.map((id, index) => [id, index]))
  const notes = Object.values(document.notes).map(noteOut)
  const nodes = document.order.flatMap((id) => (document.nodes[id] ? [nodeOut(document.nodes[id])] : []))
  return {
    metadata: {
      firstNodeIndex: document.entry === null ? null : (indexOf.get(document.entry) ?? null),
      nodes: withLastNo(nodes, document),
      connections: Object.values(document.wires).flatMap(({ from, to, labels }) =>
        labels.map((type) => ({ fromIndex: indexOf.get(from) ?? -1, toIndex: indexOf.get(to) ?? -1, type })),
      ),
      notes: notes.length > 0 ? notes : null,
    },
    tests: [...document.tests, ...(document.strayTests ?? [])],
  }
}
