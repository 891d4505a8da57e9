'use client'
import { useStore, ViewportPortal } from '@xyflow/react'
import { useSyncExternalStore } from 'react'
import { NodeFigures } from '../../live/counters.tsx'
import { useEditor } from '../../store/use-editor.ts'
import { useCanvas } from '../canvas-context.ts'
import { lookOf } from '../node-look.ts'

/** The name of the node that is pointed at, or else of the only one that is chosen, and what runs through it. */
export const NameTag = () => {
  const { boxOf, far, flow, over } = useCanvas()
  const pointed = useSyncExternalStore(over.subscribe, over.get, over.get)
  const isFar = useSyncExternalStore(far.subscribe, far.get, far.get)
  const isDragged = useSyncExternalStore(
    flow.onDrag,
    () => flow.dragged().size > 0,
    () => false,
  )
  const chosen = useEditor(({ selection: { nodes } }) => (nodes.size === 1 ? [...nodes].join() : null))
  const id = pointed ?? chosen ?? ''
  const node = useEditor(({ history }) => history.present.nodes[id])
  const zoom = useStore((state) => state.transform[2])
  const box = node ? boxOf(id) : null
  if (!isFar || isDragged || !node || !box) return null
  return (
    <ViewportPortal>
      <div
        aria-hidden
        className="pointer-events-none absolute z-20 w-max max-w-60 origin-top-left rounded-md border bg-raised px-2 py-1 shadow-pop"
        style={{
          transform: `translate(${box.x + box.width / 2}px, ${box.y + box.height}px) scale(${1 / zoom}) translate(-50%, 6px)`,
        }}
      >
        <span className="block truncate text-xs font-medium text-ink">{node.name}</span>
        <NodeFigures nodeId={id}>
          <span className="block truncate text-2xs leading-4 text-ink-3">{lookOf(node.className).typeName}</span>
        </NodeFigures>
      </div>
    </ViewportPortal>
  )
}
