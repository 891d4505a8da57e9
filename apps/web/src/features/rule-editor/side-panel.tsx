'use client'
import type { RuleChainView } from '@/api/rule-chains.ts'
import { GroupPanel } from './panels/group-panel.tsx'
import { ManyPanel } from './panels/many-panel.tsx'
import { NodePanel } from './panels/node-panel.tsx'
import { NotePanel } from './panels/note-panel.tsx'
import { WirePanel } from './panels/wire-panel.tsx'
import { useEditor } from './store/use-editor.ts'

type Props = { chain: RuleChainView }

/** What is chosen on the canvas, to be read and changed: a node, a wire, a note, or several of them. */
export const SidePanel = ({ chain }: Props) => {
  const selection = useEditor((state) => state.selection)
  const { nodes, wires, notes } = selection
  const count = nodes.size + wires.size + notes.size
  if (count === 0) return null
  if (count > 1) return <ManyPanel selection={selection} />
  const [nodeId] = nodes
  const [wireId] = wires
  const [noteId] = notes
  if (nodeId !== undefined) return <ChosenNode id={nodeId} chain={chain} />
  if (wireId !== undefined) return <ChosenWire id={wireId} chain={chain} />
  return noteId === undefined ? null : <ChosenNote id={noteId} />
}

const ChosenNode = ({ id, chain }: Props & { id: string }) => {
  const node = useEditor(({ history }) => history.present.nodes[id])
  return node ? <NodePanel node={node} chain={chain} /> : null
}

const ChosenWire = ({ id, chain }: Props & { id: string }) => {
  const wire = useEditor(({ history }) => history.present.wires[id])
  return wire ? <WirePanel key={id} id={id} wire={wire} chain={chain} /> : null
}

const ChosenNote = ({ id }: { id: string }) => {
  const note = useEditor(({ history }) => history.present.notes[id])
  if (!note) return null
  return note.group ? <GroupPanel key={id} note={note} group={note.group} /> : <NotePanel key={id} note={note} />
}
