import type { ChainDocument, DocNote } from '../model/document.ts'
import { all, changeNode, type Edit, putNote } from '../model/edits.ts'
import { inFile, nodeSize, onCanvas, type Place, sizeInFile, sizeOnCanvas } from '../model/places.ts'
import { boundsOf, type Box } from './guides.ts'

const nodeBox = (place: Place): Box => ({ ...onCanvas(place), ...nodeSize })
export const noteBox = (note: DocNote): Box => ({ ...onCanvas(note), ...sizeOnCanvas(note) })

const holds = (box: Box, { x, y }: Place) =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height

/** The smallest open group around the middle of a node at this place of the file, or null. */
const groupAt = (document: ChainDocument, place: Place): string | null => {
  const box = nodeBox(place)
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  const around = Object.values(document.notes)
    .filter((note) => note.group && !note.group.collapsed && holds(noteBox(note), middle))
    .sort((a, b) => a.width * a.height - b.width * b.height)
  return around[0]?.id ?? null
}

/** Nodes that were dropped belong to the group that they lie in now. */
export const regroup =
  (ids: readonly string[]): Edit =>
  (document) =>
    all(
      ...ids.flatMap((id) => {
        const node = document.nodes[id]
        if (!node) return []
        const group = groupAt(document, node)
        return group === node.group ? [] : [changeNode(id, { group })]
      }),
    )(document)

const margin = { side: 20, top: 44, bottom: 20 }

/** Frames nodes as a group. */
export const groupNodes =
  (ids: readonly string[], id: string, title: string): Edit =>
  (document) => {
    const nodes = ids.flatMap((one) => document.nodes[one] ?? [])
    if (nodes.length === 0) return document
    const box = boundsOf(nodes.map(nodeBox))
    const corner = inFile({ x: box.x - margin.side, y: box.y - margin.top })
    const note: DocNote = {
      id,
      ...corner,
      ...sizeInFile({ width: box.width + 2 * margin.side, height: box.height + margin.top + margin.bottom }),
      content: title,
      color: 'blue',
      group: { collapsed: false },
      rest: {},
    }
    return all(putNote(note), ...nodes.map((node) => changeNode(node.id, { group: id })))(document)
  }
