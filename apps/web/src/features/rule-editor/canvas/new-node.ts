import type { NodeManifest } from '@thingwire/rules'
import type { ChainDocument, DocNode } from '../model/document.ts'
import { addNode, all, connect, type Edit, removeWires } from '../model/edits.ts'
import { inFile, nodeSize, onCanvas, type Place } from '../model/places.ts'
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
