'use client'
import '@xyflow/react/dist/style.css'
import './chain-canvas.css'
import { ReactFlow, ReactFlowProvider, useReactFlow, useStoreApi } from '@xyflow/react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useLiveChain } from '../live/live-chain.tsx'
import { useEditor, useEditorStore } from '../store/use-editor.ts'
import { AfarPicture } from './afar/afar-picture.tsx'
import { type CanvasActions, createActions, newTools } from './actions.ts'
import { startCallingOff } from './call-off.ts'
import { CanvasControls } from './canvas-controls.tsx'
import { Carried } from './carried.tsx'
import { CanvasProvider, useCanvas, useIsFar } from './canvas-context.ts'
import { EmptyCanvas } from './empty-canvas.tsx'
import { EntryView } from './entry-view.tsx'
import { FindBar } from './find-bar.tsx'
import type { FlowEdge, FlowNode } from './flow.ts'
import { FlowStore } from './flow-store.ts'
import { GuideLines } from './guide-lines.tsx'
import { FrameView, NoteView } from './note-view.tsx'
import { NodeView } from './node-view.tsx'
import { Palette } from './palette.tsx'
import { startPinch } from './pinch.ts'
import { Popups } from './popups.tsx'
import { TypeCard } from './type-card.tsx'
import { useCanvasEvents } from './use-canvas-events.ts'
import { useClipboard } from './use-clipboard.ts'
import { useKeys } from './use-keys.ts'
import { useRevealed } from './use-revealed.ts'
import { chainPath } from './via.ts'
import { startLongPress } from './touch.ts'
import { startDragPaint } from './view/drag-paint.ts'
import { Dots } from './view/dots.tsx'
import { Overview } from './view/overview.tsx'
import { startView } from './view/start-view.ts'
import { View, zooms } from './view/view.ts'
import { WireTools } from './wire-tools.tsx'
import { EntryWireView, WireView } from './wire-view.tsx'

const nodeTypes = { rule: NodeView, note: NoteView, frame: FrameView, entry: EntryView }
const edgeTypes = { wire: WireView, entry: EntryWireView }

/** The chain as a drawing that is built, wired and walked through; with the palette beside it. */
export const ChainCanvas = ({ ruleChainId }: { ruleChainId: string }) => (
  <ReactFlowProvider>
    <WithActions ruleChainId={ruleChainId} />
  </ReactFlowProvider>
)

const WithActions = ({ ruleChainId }: { ruleChainId: string }) => {
  const said = useRef<HTMLParagraphElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const actions = useActions(ruleChainId, box, said)
  return (
    <CanvasProvider value={actions}>
      <Palette />
      <div className="relative min-w-0 flex-1">
        <Measured />
        <EmptyCanvas />
        <FindBar />
        <CanvasControls />
      </div>
      <Popups />
      <TypeCard />
      <Carried />
      <p ref={said} aria-live="polite" className="sr-only" />
    </CanvasProvider>
  )
}

const useActions = (
  ruleChainId: string,
  box: React.RefObject<HTMLDivElement | null>,
  said: React.RefObject<HTMLParagraphElement | null>,
): CanvasActions => {
  const t = useTranslations('chainCanvas')
  const refusal = useTranslations('chainEditor.paste')
  const editor = useEditorStore()
  const rf = useReactFlow<FlowNode, FlowEdge>()
  const drawing = useStoreApi<FlowNode, FlowEdge>()
  const router = useRouter()
  const [actions] = useState(() => {
    const outs = (key: 'nodeLabel' | 'nodeLabelBypassed', name: string, type: string, count: number) =>
      t(key, { name, type, outs: count })
    const view = new View()
    const flow = new FlowStore(editor, view, {
      node: (node, type, count) => outs(node.bypass ? 'nodeLabelBypassed' : 'nodeLabel', node.name, type, count),
      note: (note) => t('noteLabel', { text: note.content.slice(0, 120) }),
      group: (note, count) => t('groupLabel', { title: note.content || t('noTitle'), count }),
      entry: t('entryLabel'),
      wire: (labels, from, to) => t('wireLabel', { labels: labels.join(', '), from, to }),
      kinds: { node: t('kind.node'), wire: t('kind.wire') },
    })
    const tools = newTools()
    flow.snaps = tools.snaps.get()
    flow.isAdding = () => drawing.getState().multiSelectionActive
    return createActions({
      ...tools,
      editor,
      flow,
      view,
      rf,
      box,
      t,
      refusal: (reason) => refusal(reason),
      say: (text) => {
        if (said.current) said.current.textContent = text
      },
      openChain: (id) => router.push(chainPath(id, ruleChainId)),
    })
  })
  return actions
}

/** Touch has no right button and no space bar: there dragging on empty space moves the view. */
const isCoarse = () => window.matchMedia('(pointer: coarse)').matches

/** From so many nodes on wires that carry messages are lit without motion: each would be painted anew all the time. */
const manyMoving = 60

/** What is to be seen depends on the room there is: it is known before the first node is drawn. */
const Measured = () => {
  const canvas = useCanvas()
  const room = useRef<HTMLDivElement>(null)
  const [isMeasured, setMeasured] = useState(false)
  useLayoutEffect(() => {
    if (!room.current) return undefined
    const starts = [startView, startLongPress, startPinch, startCallingOff]
    const box = room.current
    const ends = starts.map((start) => start(canvas, box))
    setMeasured(true)
    return () => {
      for (const end of ends) end()
    }
  }, [canvas])
  return (
    <div ref={room} className="absolute inset-0">
      {isMeasured ? <Canvas /> : null}
    </div>
  )
}

const Canvas = () => {
  const t = useTranslations('chainCanvas')
  const { resolvedTheme } = useTheme()
  const canvas = useCanvas()
  const { flow, box, view } = canvas
  const { nodes, edges } = useSyncExternalStore(flow.subscribe, flow.get, flow.get)
  const viewport = useSyncExternalStore(view.subscribe, view.settled, view.settled)
  const isReadOnly = useEditor((state) => state.isReadOnly)
  const hasMap = useSyncExternalStore(canvas.map.subscribe, canvas.map.get, canvas.map.get)
  const events = useCanvasEvents(canvas)
  const isFar = useIsFar()
  const [isTouch] = useState(isCoarse)
  useEffect(() => flow.start(), [flow])
  useEffect(() => startDragPaint(flow, box), [flow, box])
  const { moved } = useLiveChain()
  useEffect(() => {
    const ends = [view.watch(moved), flow.onDrag(moved)]
    return () => {
      for (const end of ends) end()
    }
  }, [view, flow, moved])
  useKeys(canvas)
  useClipboard(canvas)
  useRevealed(canvas)
  return (
    <ReactFlow<FlowNode, FlowEdge>
      ref={box}
      tabIndex={0}
      data-afar={isFar}
      data-calm={flow.whole().nodes.length > manyMoving}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodesChange={flow.nodesChanged}
      onEdgesChange={flow.edgesChanged}
      {...events}
      colorMode={resolvedTheme === 'dark' ? 'dark' : 'light'}
      viewport={viewport}
      onViewportChange={view.moved}
      minZoom={zooms.least}
      maxZoom={zooms.most}
      nodesDraggable={!isReadOnly}
      nodesConnectable={!isReadOnly}
      edgesReconnectable={!isReadOnly}
      edgesFocusable={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      selectionKeyCode={null}
      multiSelectionKeyCode={multiSelectionKeys}
      selectionOnDrag={!isTouch}
      panOnDrag={isTouch ? true : panButtons}
      panOnScroll
      zoomOnDoubleClick={false}
      connectOnClick={false}
      connectionRadius={24}
      elevateNodesOnSelect={false}
      zIndexMode="manual"
      nodeDragThreshold={3}
      selectNodesOnDrag={false}
      aria-label={t('canvas')}
    >
      <Dots />
      <AfarPicture key={`${resolvedTheme} picture`} />
      {hasMap ? <Overview key={resolvedTheme} /> : null}
      <GuideLines />
      <WireTools />
    </ReactFlow>
  )
}

const multiSelectionKeys = ['Meta', 'Control', 'Shift']
/** Middle and right; with Space held the left one, too. */
const panButtons = [1, 2]
