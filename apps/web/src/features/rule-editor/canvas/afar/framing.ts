import type { useStoreApi } from '@xyflow/react'
import type { Selection } from '../../store/editor-store.ts'
import type { CanvasActions } from '../actions.ts'
import type { FlowEdge, FlowNode } from '../flow.ts'
import { selectionIn } from './hit.ts'

const isSameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && [...a].every((id) => b.has(id))
const isSame = (a: Selection, b: Selection) =>
  isSameSet(a.nodes, b.nodes) && isSameSet(a.notes, b.notes) && isSameSet(a.wires, b.wires)

/**
 * A frame that is drawn on the picture chooses what lies in it; React Flow knows of what is drawn near by alone. Ends with
 * the function that it gives.
 */
export const startFraming = (
  { editor, flow }: CanvasActions,
  store: ReturnType<typeof useStoreApi<FlowNode, FlowEdge>>,
): (() => void) =>
  store.subscribe(({ userSelectionActive, userSelectionRect: frame, transform: [x, y, zoom] }, before) => {
    if (!flow.isFramed || !userSelectionActive || !frame || frame === before.userSelectionRect) return
    const area = {
      x: (frame.x - x) / zoom,
      y: (frame.y - y) / zoom,
      width: frame.width / zoom,
      height: frame.height / zoom,
    }
    const chosen = selectionIn(flow.whole(), area)
    if (!isSame(chosen, editor.get().selection)) editor.select(chosen)
  })
