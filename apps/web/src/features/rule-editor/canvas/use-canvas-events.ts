'use client'
import type { ReactFlowProps } from '@xyflow/react'
import { useMemo } from 'react'
import { findManifest } from '../catalogue.ts'
import { nodeSize, type Place } from '../model/places.ts'
import type { Selection } from '../store/editor-store.ts'
import type { CanvasActions } from './actions.ts'
import { openNodeMenu, openPaneMenu, openSelectionMenu, openWireMenu } from './canvas-menu.tsx'
import { dragType } from './drag-type.ts'
import { dropType } from './drop-type.ts'
import { chosenWith, type Hit } from './afar/hit.ts'
import { entryId, type FlowEdge, type FlowNode } from './flow.ts'
import { isLoose, leadThrough } from './new-node.ts'
import { lookOf } from './node-look.ts'
import { wirePointer } from './wire-pointer.ts'

type Events = Partial<ReactFlowProps<FlowNode, FlowEdge>>

const pointOf = (event: MouseEvent | TouchEvent): Place => {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event
  return { x: point?.clientX ?? 0, y: point?.clientY ?? 0 }
}

/** What mouse and touch do on the canvas. The same object for good, so that nothing is drawn again for it. */
export const useCanvasEvents = (canvas: CanvasActions): Events =>
  useMemo(
    () => ({
      ...moving(canvas),
      ...connecting(canvas),
      ...clicking(canvas),
      ...menus(canvas),
      ...dropping(canvas),
    }),
    [canvas],
  )

/**
 * While the view moves, it is a picture that is shifted (`data-moving`), and nothing is looked for under a hand that is
 * down (`data-hand`). What moves at its own size is not told to React Flow before it rests.
 */
const moving = ({ box, editor, flow, pointed, view }: CanvasActions): Events => {
  const wire = wirePointer()
  let zoom = view.zoom()
  /** A node without wires goes into the wire that it is dropped on. */
  const isForWires = (node: FlowNode, dragged: readonly FlowNode[]) =>
    dragged.length === 1 &&
    isLoose(editor.document, node.id) &&
    lookOf(editor.document.nodes[node.id]?.className ?? '').hasInput
  const mark = (moving: 'view' | 'zoom' | 'nodes' | null) => {
    if (box.current && moving) box.current.dataset.moving = moving
    else delete box.current?.dataset.moving
  }
  const takeHold = () => {
    if (!box.current) return
    box.current.dataset.hand = ''
    const over = () => {
      delete box.current?.dataset.hand
      for (const end of ['pointerup', 'pointercancel'] as const)
        window.removeEventListener(end, over, { capture: true })
    }
    for (const end of ['pointerup', 'pointercancel'] as const) window.addEventListener(end, over, { capture: true })
  }
  return {
    onMoveStart: (event) => {
      zoom = view.zoom()
      if (box.current?.dataset.moving !== 'nodes') mark('view')
      // The wheel turned in the midst of a drag moves the view under it, which has to be told.
      if (!event || (event.type === 'wheel' && 'buttons' in event && event.buttons !== 0)) return
      view.hold()
      if (event.type === 'mousedown') takeHold()
    },
    onMove: (_, viewport) => {
      if (viewport.zoom !== zoom && box.current?.dataset.moving === 'view') mark('zoom')
    },
    onMoveEnd: () => {
      if (box.current?.dataset.moving !== 'nodes') mark(null)
      view.release()
    },
    onNodeDragStart: (event) => {
      flow.began()
      mark('nodes')
      pointed.set(null)
      if (event.type.startsWith('mouse')) takeHold()
    },
    onNodeDrag: (event, node, dragged) => {
      wire.pointAt(isForWires(node, dragged) ? pointOf(event) : null)
    },
    onNodeDragStop: (_, node) => {
      mark(null)
      const id = wire.take()
      flow.dropped(id !== null && editor.document.wires[id] ? [leadThrough(id, node.id)] : [])
    },
  }
}

const nodeAt = ({ x, y }: Place): string | null => {
  const drawn = document.elementFromPoint(x, y)?.closest<HTMLElement>('.react-flow__node-rule')
  return drawn?.dataset.id ?? null
}

const connecting = (canvas: CanvasActions): Events => {
  const { box, editor, hand, rf } = canvas
  const accepts = (id: string | null): id is string => {
    const node = id === null ? undefined : editor.document.nodes[id]
    return node !== undefined && lookOf(node.className).hasInput
  }
  /** A wire was drawn from a port to a node. */
  const join = (from: string, to: string, at: Place) => {
    if (from === to || !accepts(to)) return
    if (from === entryId) canvas.enterAt(to)
    else canvas.openLabels(from, to, at)
  }
  const drawn = (from: string, isOut: boolean, other: string | null, at: Place) => {
    if (other !== null) {
      if (isOut) join(from, other, at)
      else join(other, from, at)
    } else if (isOut && from !== entryId) {
      const place = rf.screenToFlowPosition(at)
      canvas.openAdd({ from, at, place: { x: place.x, y: place.y - nodeSize.height / 2 } })
    }
  }
  return {
    isValidConnection: ({ source, target }) => source !== target && accepts(target),
    onConnectStart: (_, { handleType }) => {
      hand.isCalledOff = false
      if (box.current && handleType) box.current.dataset.connecting = handleType
    },
    onConnectEnd: (event, state) => {
      delete box.current?.dataset.connecting
      const { fromNode, fromHandle } = state
      if (!fromNode || !fromHandle || hand.isCalledOff) return
      const at = pointOf(event)
      const other = state.toNode?.id ?? nodeAt(at)
      // The click that ends the drag would take the focus from what opens, and so close it.
      setTimeout(() => drawn(fromNode.id, fromHandle.type === 'source', other, at))
    },
    onReconnect: (edge, { source, target }) => {
      if (hand.isCalledOff) return
      if (edge.id === entryId) canvas.enterAt(target)
      else canvas.rewire(edge.id, source, target)
    },
    onReconnectStart: (_event, _edge, handleType) => {
      hand.isCalledOff = false
      if (box.current) box.current.dataset.connecting = handleType
    },
    onReconnectEnd: () => {
      delete box.current?.dataset.connecting
    },
  }
}

const clicking = (canvas: CanvasActions): Events => {
  const { editor, far, flow, rf, pointAt } = canvas
  const wireAt = (target: EventTarget): string | null =>
    target instanceof Element ? (target.closest<HTMLElement>('[data-wire]')?.dataset.wire ?? null) : null
  /** What of the picture was clicked, and what was chosen then: React Flow, which does not know of it, is about to choose nothing. */
  let clicked: { hit: Hit; before: Selection } | null = null
  return {
    onPaneClick: (event) => {
      const hit = canvas.hitFromAfar({ x: event.clientX, y: event.clientY })
      clicked = hit && { hit, before: editor.get().selection }
      if (!hit) editor.select({})
      canvas.focusCanvas()
    },
    onSelectionStart: () => flow.frame(true),
    onSelectionEnd: () => flow.frame(false),
    onDoubleClick: (event) => {
      const { target } = event
      if (canvas.goNear({ x: event.clientX, y: event.clientY })) return
      if (!(target instanceof Element)) return
      const wire = wireAt(target)
      const ends = editor.document.wires[wire ?? '']
      if (ends) canvas.openLabels(ends.from, ends.to, { x: event.clientX, y: event.clientY })
      else if (target.classList.contains('react-flow__pane')) {
        const at = { x: event.clientX, y: event.clientY }
        const place = rf.screenToFlowPosition(at)
        canvas.openAdd({ at, place: { x: place.x - nodeSize.width / 2, y: place.y - nodeSize.height / 2 } })
      }
    },
    onClick: (event) => {
      const isAdding = event.shiftKey || event.ctrlKey || event.metaKey
      if (clicked) {
        const { hit, before } = clicked
        clicked = null
        editor.select(chosenWith(flow.whole(), hit, isAdding ? before : null))
        return
      }
      // Labels lie outside of their wires.
      const wire = wireAt(event.target)
      if (wire === null) return
      const drawn = flow.whole().edges.find((edge) => edge.id === wire)
      const ids = drawn?.type === 'wire' ? (drawn.data?.wire.wires ?? []) : []
      const before = isAdding ? editor.get().selection : null
      editor.select({ ...before, wires: new Set([...(before?.wires ?? []), ...ids]) })
    },
    onNodeDoubleClick: (event, node) => {
      if (far.get()) canvas.show(node.id)
      else if (node.type === 'note' || node.type === 'frame') canvas.startWriting(node.id)
      else if (node.type === 'rule' && !canvas.openCalled(node.id)) canvas.openSettings(node.id)
      event.stopPropagation()
    },
    onEdgeDoubleClick: (event, edge) => {
      const wire = editor.document.wires[edge.id]
      if (wire) canvas.openLabels(wire.from, wire.to, { x: event.clientX, y: event.clientY })
    },
    onEdgeMouseEnter: (event, edge) => {
      const path = event.currentTarget.querySelector<SVGPathElement>('.react-flow__edge-path')
      if (event.buttons !== 0 || !path || !editor.document.wires[edge.id]) return
      const middle = path.getPointAtLength(path.getTotalLength() / 2)
      const labels = Math.min(5, editor.document.wires[edge.id]?.labels.length ?? 0)
      pointAt({ id: edge.id, x: middle.x, y: middle.y + labels * 10 + 4 })
    },
    onEdgeMouseLeave: () => pointAt(null),
  }
}

const menus = (canvas: CanvasActions): Events => ({
  onNodeContextMenu: (event, node) => {
    event.preventDefault()
    event.stopPropagation()
    openNodeMenu(canvas, node.id, { x: event.clientX, y: event.clientY })
  },
  onEdgeContextMenu: (event, edge) => {
    event.preventDefault()
    event.stopPropagation()
    openWireMenu(canvas, edge.id, { x: event.clientX, y: event.clientY })
  },
  onPaneContextMenu: (event) => {
    event.preventDefault()
    openPaneMenu(canvas, { x: event.clientX, y: event.clientY })
  },
  // From the keyboard it comes to whatever has the focus.
  onContextMenu: (event) => {
    if (event.defaultPrevented || event.button === 2) return
    event.preventDefault()
    openSelectionMenu(canvas)
  },
})

/** Out of the palette, onto the canvas or a wire. */
const dropping = (canvas: CanvasActions): Events => {
  const wire = wirePointer()
  return {
    onDragOver: (event) => {
      if (!event.dataTransfer.types.includes(dragType)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      wire.pointAt({ x: event.clientX, y: event.clientY })
    },
    onDragLeave: (event) => {
      if (event.target === event.currentTarget) wire.pointAt(null)
    },
    onDrop: (event) => {
      const manifest = findManifest(event.dataTransfer.getData(dragType))
      if (!manifest) return
      event.preventDefault()
      dropType(canvas, manifest, { x: event.clientX, y: event.clientY }, wire.take())
    },
  }
}
