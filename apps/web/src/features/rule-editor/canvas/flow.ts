import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react'
import type { DocNode, DocNote } from '../model/document.ts'
import { nodeSize, type Place } from '../model/places.ts'
import type { DrawnWire } from './collapse.ts'
import type { NodeLook } from './node-look.ts'

export type RuleFlowNode = Node<{ doc: DocNode; look: NodeLook; outs: number }, 'rule'>
export type NoteFlowNode = Node<{ note: DocNote }, 'note'>
export type FrameFlowNode = Node<{ note: DocNote; members: number }, 'frame'>
export type EntryFlowNode = Node<Record<string, never>, 'entry'>
export type FlowNode = RuleFlowNode | NoteFlowNode | FrameFlowNode | EntryFlowNode

export type WireFlowEdge = Edge<{ wire: DrawnWire }, 'wire'>
export type EntryFlowEdge = Edge<Record<string, never>, 'entry'>
export type FlowEdge = WireFlowEdge | EntryFlowEdge

/** The mark of where messages enter; it is drawn like a node, but is none. */
export const entryId = '@entry'
export const entrySize = { width: 68, height: 24 }
/** From the first node to the mark before it. */
export const entryGap = 40

/** A collapsed group is a box of the size of a node. */
export const collapsedSize = nodeSize

const port = 8
const handle = (type: 'source' | 'target', size: { width: number; height: number }): NodeHandle => ({
  type,
  position: type === 'source' ? Position.Right : Position.Left,
  x: type === 'source' ? size.width - port / 2 : -port / 2,
  y: size.height / 2 - port / 2,
  width: port,
  height: port,
})

// Known beforehand, so that nothing has to be measured before wires can be drawn.
const both = [handle('target', nodeSize), handle('source', nodeSize)]
const onlyOut = [handle('source', nodeSize)]
const onlyIn = [handle('target', nodeSize)]
export const entryHandles = [handle('source', entrySize)]
export const collapsedHandles = both

/** A node that sends nothing on keeps its port while wires of a file leave it. */
export const handlesOf = (look: NodeLook, outs: number): NodeHandle[] => {
  const hasOutput = look.hasOutput || outs > 0
  if (look.hasInput) return hasOutput ? both : onlyIn
  return hasOutput ? onlyOut : []
}

/** One stop for Tab in all of the drawing; inside it has keys of its own. */
export const unreachedByTab = { tabIndex: -1 }

/** From where to where a wire is drawn when its ends stand at these places; null while one of them has no port. */
export const endsOf = (from: FlowNode, to: FlowNode, at: { from: Place; to: Place }) => {
  const out = from.handles?.find(({ type }) => type === 'source')
  const into = to.handles?.find(({ type }) => type === 'target')
  if (!out || !into) return null
  return {
    sourceX: at.from.x + out.x + port,
    sourceY: at.from.y + out.y + port / 2,
    targetX: at.to.x + into.x,
    targetY: at.to.y + into.y + port / 2,
    sourcePosition: Position.Right,
    targetPosition: Position.Left,
  }
}

/** Boxes stand by their corner: a transform for each would be a layer for each, sorted in every frame that something moves in. */
export const standing = ({ x, y }: Place) => ({ left: x, top: y, transform: 'none' })
