import type { NodeManifest } from '@thingwire/rules'
import type { ReactFlowInstance } from '@xyflow/react'
import type { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import type { PasteRefusal } from '../model/clipboard.ts'
import type { Place } from '../model/places.ts'
import type { EditorStore } from '../store/editor-store.ts'
import { afarActions } from './afar/afar-actions.ts'
import { arrangeActions } from './arrange-actions.ts'
import { Cell } from './cell.ts'
import { clipboardActions } from './clipboard-actions.ts'
import { editActions } from './edit-actions.ts'
import type { FlowEdge, FlowNode } from './flow.ts'
import type { FlowStore } from './flow-store.ts'
import { groupActions } from './group-actions.ts'
import type { Popup } from './popup.ts'
import { rememberedCell } from './remembered.ts'
import type { View } from './view/view.ts'
import { viewActions } from './view-actions.ts'

export type PointedWire = { id: string; x: number; y: number }
export type DescribedType = { manifest: NodeManifest; at: DOMRect }

/** What the actions work with. */
export type CanvasTools = {
  editor: EditorStore
  flow: FlowStore
  view: View
  rf: ReactFlowInstance<FlowNode, FlowEdge>
  box: RefObject<HTMLDivElement | null>
  popup: Cell<Popup | null>
  /** The note that is written in. */
  writing: Cell<string | null>
  find: Cell<boolean>
  /** The wire that the mouse is on, and where on the canvas its tools go. */
  pointed: Cell<PointedWire | null>
  /** The type in the palette that is explained. */
  described: Cell<DescribedType | null>
  /** What a finger carries out of the palette, and where on the screen it is. */
  carried: Cell<{ manifest: NodeManifest; at: Place } | null>
  /** Whether the wire that is being drawn has been taken back; the hand has yet to let go. */
  hand: { isCalledOff: boolean }
  snaps: Cell<boolean>
  /** Seen from so far that nothing can be read. */
  far: Cell<boolean>
  /** The chain is there as one picture: from afar, and until all is drawn that is near. */
  picture: Cell<boolean>
  /** What of that picture the mouse is on. */
  over: Cell<string | null>
  map: Cell<boolean>
  /** Tells screen readers what happened. */
  say: (text: string) => void
  t: ReturnType<typeof useTranslations<'chainCanvas'>>
  /** Why a text cannot be pasted, in words. */
  refusal: (reason: PasteRefusal) => string
  /** Where the mouse is on the screen. */
  pointer: Place
  /** To another chain, from which this one can be gone back to. */
  openChain: (ruleChainId: string) => void
}

export const newTools = () => ({
  popup: new Cell<Popup | null>(null),
  writing: new Cell<string | null>(null),
  find: new Cell(false),
  pointed: new Cell<PointedWire | null>(null),
  described: new Cell<DescribedType | null>(null),
  carried: new Cell<{ manifest: NodeManifest; at: Place } | null>(null),
  pointer: { x: -1, y: -1 },
  hand: { isCalledOff: false },
  far: new Cell(false),
  picture: new Cell(false),
  over: new Cell<string | null>(null),
  snaps: rememberedCell('snap', true),
  map: rememberedCell('minimap', true),
})

/** Everything that can be done on the canvas, whoever asks for it: mouse, keys, menus. */
export const createActions = (tools: CanvasTools) => {
  const view = viewActions(tools)
  const edits = editActions(tools, view)
  return {
    ...tools,
    isReadOnly: () => tools.editor.get().isReadOnly,
    ...pointing(tools),
    setSnaps: (on: boolean) => {
      tools.snaps.set(on)
      tools.flow.snaps = on
    },
    ...view,
    ...afarActions(tools, view),
    ...edits,
    ...clipboardActions(tools, view, edits.removeSelected),
    ...groupActions(tools, view),
    ...arrangeActions(tools, view),
  }
}
export type CanvasActions = ReturnType<typeof createActions>

/** The tools of a wire stay while the mouse is on its way to them; a type is explained when the mouse rests on it. */
const pointing = ({ pointed, described }: CanvasTools) => {
  let wait: ReturnType<typeof setTimeout> | undefined
  let rest: ReturnType<typeof setTimeout> | undefined
  return {
    pointAt: (wire: PointedWire | null) => {
      clearTimeout(wait)
      if (wire) pointed.set(wire)
      else wait = setTimeout(() => pointed.set(null), 300)
    },
    describe: (type: DescribedType | null) => {
      clearTimeout(rest)
      if (type === null) described.set(null)
      else rest = setTimeout(() => described.set(type), 350)
    },
  }
}
