import type { NodeManifest } from '@thingwire/rules'
import type { ChainDocument, DocNode } from '../model/document.ts'
import { addNode, all, changeNote, connect, type Edit, move, removeWires } from '../model/edits.ts'
import { inFile, nodeSize, onCanvas, type Place, sizeInFile, sizeOnCanvas } from '../model/places.ts'
import { hidingGroup } from './collapse.ts'
import { usualLabel } from './labels.ts'

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** A name that no node of the chain has. */
export const freeName = (document: ChainDocument, wanted: string): string => {
  const taken = new Set(Object.values(document.nodes).map((node) => node.name))
  if (!taken.has(wanted)) return wanted
  for (let n = 2; ; n++) if (!taken.has(`${wanted} ${n}`)) return `${wanted} ${n}`
}

/** A node as its type makes it. `place` is that of its upper left corner on the canvas. */
export const newNode = (document: ChainDocument, manifest: NodeManifest, id: string, place: Place): DocNode => ({
  id,
  className: manifest.className,
  name: freeName(document, capital(manifest.name)),
  ...inFile(place),
  description: '',
  configuration: structuredClone(manifest.defaults),
  configurationVersion: manifest.configVersion,
  debug: { failuresEnabled: false, allEnabled: false, allEnabledUntil: 0 },
  isSingleton: false,
  queueName: null,
  bypass: null,
  group: null,
  rest: {},
})

/** Puts a new node into a wire: what came along it goes through the node now. */
export const insertInto = (wireId: string, node: DocNode): Edit => all(addNode(node), leadThrough(wireId, node.id))

/** Whether a node has no wire yet, so that it may be put into one. */
export const isLoose = (document: ChainDocument, nodeId: string): boolean =>
  document.nodes[nodeId] !== undefined &&
  Object.values(document.wires).every(({ from, to }) => from !== nodeId && to !== nodeId)

/** Leads a wire through a node of the chain; nothing when one of the two is not there. */
export const leadThrough =
  (wireId: string, nodeId: string): Edit =>
  (document) => {
    const wire = document.wires[wireId]
    const node = document.nodes[nodeId]
    if (!wire || !node) return document
    const out = usualLabel(node.className)
    return all(
      removeWires([wireId]),
      connect(wire.from, node.id, wire.labels),
      ...(out === null ? [] : [connect(node.id, wire.to, [out])]),
    )(document)
  }

const gap = { x: 96, y: 32 }

const isFree = (document: ChainDocument, { x, y }: Place): boolean =>
  Object.values(document.nodes).every((node) => {
    const at = onCanvas(node)
    return Math.abs(at.x - x) >= nodeSize.width + 8 || Math.abs(at.y - y) >= nodeSize.height + 8
  })

/** The first place, from the given one downwards, where a node covers no other. */
export const freePlace = (document: ChainDocument, from: Place): Place => {
  let place = from
  while (!isFree(document, place)) place = { x: place.x, y: place.y + nodeSize.height + gap.y }
  return place
}

/** Where what comes after a node goes: beside it, below what is there already. */
export const placeAfter = (document: ChainDocument, node: DocNode): Place => {
  const at = onCanvas(node)
  return freePlace(document, { x: at.x + nodeSize.width + gap.x, y: at.y })
}

/** Everything from a line on goes so far to the right; frames through which the line goes grow with it. Px of the canvas. */
const pushRight =
  (fromX: number, by: number): Edit =>
  (document) => {
    const places: Record<string, Place> = {}
    const wider: Edit[] = []
    for (const one of [...Object.values(document.nodes), ...Object.values(document.notes)]) {
      const at = onCanvas(one)
      if (at.x >= fromX) places[one.id] = { x: inFile({ x: at.x + by, y: 0 }).x, y: one.y }
      else if ('group' in one && 'width' in one && one.group) {
        const size = sizeOnCanvas(one)
        if (at.x + size.width > fromX)
          wider.push(changeNote(one.id, { width: sizeInFile({ ...size, width: size.width + by }).width }))
      }
    }
    return all(move(places), ...wider)(document)
  }

/** What stays free between a node and its neighbours in the wire that it is put into: a label has room there. */
const beside = 72

/**
 * Where a node goes that is put into a wire, at `wanted` or half-way, and the edit that makes room for it there; null: the
 * wire leads back, or out of a group that is collapsed.
 */
export const roomIn = (
  document: ChainDocument,
  wireId: string,
  wanted: Place | null,
): { place: Place; edit: Edit } | null => {
  const wire = document.wires[wireId]
  const [a, b] = [document.nodes[wire?.from ?? ''], document.nodes[wire?.to ?? '']]
  if (!a || !b || hidingGroup(document, a) !== null || hidingGroup(document, b) !== null) return null
  const [from, to] = [onCanvas(a), onCanvas(b)]
  if (to.x < from.x + nodeSize.width) return null
  const x = Math.max(wanted?.x ?? (from.x + to.x) / 2, from.x + nodeSize.width + beside)
  const short = x + nodeSize.width + beside - to.x
  const edit: Edit = short > 0 ? pushRight(to.x, short) : (same) => same
  return { place: freePlace(edit(document), { x, y: wanted?.y ?? (from.y + to.y) / 2 }), edit }
}
