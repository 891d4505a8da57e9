import { chainDocumentSchema, ruleChainFileSchema } from '@thingwire/contracts'
import { chainsInFile } from '@thingwire/rules'
import { z } from 'zod'
import { type ChainDocument, type DocNode, type DocNote, numbered, toData, toDocument, wireId } from './document.ts'
import type { Edit } from './edits.ts'
import type { Place } from './places.ts'

/** What is copied and pasted: a document without tests, whose entry says which of the nodes was the entry. */
export type Fragment = ChainDocument

const formatName = 'rule-nodes'
const formatVersion = 1

const fragmentSchema = z.object({
  thingwire: z.literal(formatName),
  version: z.literal(formatVersion),
  metadata: chainDocumentSchema.shape.metadata,
})

/** Larger texts are not looked into. */
const longestText = 12_000_000

export type Chosen = { nodes: ReadonlySet<string>; notes: ReadonlySet<string> }

/** The nodes and notes that are chosen, with the wires between them. A chosen group brings its nodes. */
export const fragmentOf = (document: ChainDocument, chosen: Chosen): Fragment => {
  const isChosen = ({ id, group }: DocNode) => chosen.nodes.has(id) || (group !== null && chosen.notes.has(group))
  const order = document.order.filter((id) => document.nodes[id] && isChosen(document.nodes[id]))
  const ids = new Set(order)
  const notes = Object.fromEntries(Object.entries(document.notes).filter(([id]) => chosen.notes.has(id)))
  const nodes = Object.fromEntries(
    order.flatMap((id): [string, DocNode][] => {
      const node = document.nodes[id]
      if (!node) return []
      return [[id, node.group !== null && !notes[node.group] ? { ...node, group: null } : node]]
    }),
  )
  const wires = Object.entries(document.wires).filter(([, { from, to }]) => ids.has(from) && ids.has(to))
  const entry = document.entry !== null && ids.has(document.entry) ? document.entry : null
  return { order, nodes, wires: Object.fromEntries(wires), notes, entry, tests: [] }
}

export const isEmptyFragment = ({ order, notes }: Fragment): boolean =>
  order.length === 0 && Object.keys(notes).length === 0

/** The text for the clipboard. */
export const toText = (fragment: Fragment): string =>
  JSON.stringify({ thingwire: formatName, version: formatVersion, metadata: toData(fragment).metadata }, null, 2)

/** Words for each are `chainEditor.paste.<reason>`. */
export type PasteRefusal = 'empty' | 'tooLong' | 'noJson' | 'newer' | 'foreign' | 'nothing'
export type Parsed = { ok: true; fragment: Fragment } | { ok: false; reason: PasteRefusal }

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads what was copied here or in another tab, or a rule chain file that was pasted as text. */
export const fromText = (text: string, newId: () => string): Parsed => {
  const refused = (reason: PasteRefusal): Parsed => ({ ok: false, reason })
  if (text.trim() === '') return refused('empty')
  if (text.length > longestText) return refused('tooLong')
  const json = parsedJson(text)
  if (json === undefined) return refused('noJson')
  const metadata = metadataIn(json)
  if (!metadata) return refused(isNewer(json) ? 'newer' : 'foreign')
  const { tests: _tests, ...document } = toDocument({ metadata, tests: [] }, newId)
  const fragment: Fragment = { ...document, tests: [] }
  return isEmptyFragment(fragment) ? refused('nothing') : { ok: true, fragment }
}

const isNewer = (json: unknown): boolean =>
  typeof json === 'object' &&
  json !== null &&
  Reflect.get(json, 'thingwire') === formatName &&
  Number(Reflect.get(json, 'version')) > formatVersion

const metadataIn = (json: unknown) => {
  const copied = fragmentSchema.safeParse(json)
  if (copied.success) return copied.data.metadata
  const [chain] = chainsInFile(json)
  const drawing = ruleChainFileSchema.shape.metadata.safeParse(chain?.metadata)
  if (!drawing.success) return null
  const read = chainDocumentSchema.shape.metadata.safeParse({
    ...drawing.data,
    firstNodeIndex: drawing.data.firstNodeIndex ?? null,
  })
  return read.success ? read.data : null
}

/** The corner left above everything of a fragment, in places of the file. */
const cornerOf = ({ nodes, notes }: Fragment): Place => {
  const all = [...Object.values(nodes), ...Object.values(notes)]
  return { x: Math.min(...all.map(({ x }) => x)), y: Math.min(...all.map(({ y }) => y)) }
}

/** The fragment with ids of its own, its corner at a place of the file. */
export const renewed = (fragment: Fragment, at: Place, newId: () => string): Fragment => {
  const corner = cornerOf(fragment)
  const by = { x: Math.round(at.x - corner.x), y: Math.round(at.y - corner.y) }
  const ids = new Map([...fragment.order, ...Object.keys(fragment.notes)].map((id) => [id, newId()]))
  const idOf = (id: string): string => ids.get(id) ?? id
  const nodes = fragment.order.flatMap((id): [string, DocNode][] => {
    const node = fragment.nodes[id]
    if (!node) return []
    const { no: _no, ...rest } = node
    const group = node.group === null ? null : (ids.get(node.group) ?? null)
    return [[idOf(id), { ...rest, id: idOf(id), group, x: node.x + by.x, y: node.y + by.y }]]
  })
  const notes = Object.values(fragment.notes).map((note): [string, DocNote] => [
    idOf(note.id),
    { ...note, id: idOf(note.id), x: note.x + by.x, y: note.y + by.y },
  ])
  const wires = Object.values(fragment.wires).map(({ from, to, labels }) => {
    const [a, b] = [idOf(from), idOf(to)]
    return [wireId(a, b), { from: a, to: b, labels }] as const
  })
  return {
    order: nodes.map(([id]) => id),
    nodes: Object.fromEntries(nodes),
    wires: Object.fromEntries(wires),
    notes: Object.fromEntries(notes),
    entry: fragment.entry === null ? null : idOf(fragment.entry),
    tests: [],
  }
}

/** Puts a fragment into a document as it stands; see `renewed`. Its entry counts only where there is none. */
export const insert =
  (fragment: Fragment): Edit =>
  (document) =>
    isEmptyFragment(fragment)
      ? document
      : numbered({
          ...document,
          order: [...document.order, ...fragment.order],
          nodes: { ...document.nodes, ...fragment.nodes },
          wires: { ...document.wires, ...fragment.wires },
          notes: { ...document.notes, ...fragment.notes },
          entry: document.entry ?? fragment.entry ?? (document.order.length === 0 ? (fragment.order[0] ?? null) : null),
        })

/** How far copies stand beside what they were made of, in places of the file. */
const beside = 24

/** What is chosen a second time, a little beside; with the ids of the copies, to be chosen. */
export const duplicate = (
  document: ChainDocument,
  chosen: Chosen,
  newId: () => string,
): { edit: Edit; copy: Fragment } => {
  const fragment = fragmentOf(document, chosen)
  if (isEmptyFragment(fragment)) return { edit: (same) => same, copy: fragment }
  const { x, y } = cornerOf(fragment)
  const copy = renewed(fragment, { x: x + beside, y: y + beside }, newId)
  return { edit: insert(copy), copy }
}
