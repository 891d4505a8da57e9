'use client'
import '@xyflow/react/dist/style.css'
import './chain-canvas.css'
import {
  Background,
  BackgroundVariant,
  Controls,
  type Edge,
  MiniMap,
  type Node,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { useEffect, useMemo, useRef } from 'react'
import { categoryColor } from '../catalogue.ts'
import { ChainEdgeView } from './chain-edge.tsx'
import { ChainNodeView } from './chain-node.tsx'
import { type ChainEdge, type ChainGraph, type ChainNode, nodeSize } from './graph.ts'

export type FlowNode = Node<{ node: ChainNode }, 'chain'>
export type FlowEdge = Edge<{ edge: ChainEdge }, 'chain'>

const nodeTypes = { chain: ChainNodeView }
const edgeTypes = { chain: ChainEdgeView }

/** Leaves room for the overview in the corner, and never shows boxes larger than they are drawn. */
const fitOptions = {
  padding: { top: '64px', right: '40px', bottom: '140px', left: '40px' },
  minZoom: 0.5,
  maxZoom: 1,
} as const
/** A narrow screen has no overview in the corner, and shows the whole chain rather than a readable part of it. */
const narrowFitOptions = {
  padding: { top: '48px', right: '16px', bottom: '16px', left: '16px' },
  minZoom: 0.3,
  maxZoom: 1,
} as const
const narrowPx = 768
const minimapSize = { width: 150, height: 96 }

type Props = { graph: ChainGraph; selectedId: string | null; onSelect: (id: string | null) => void }

/** The chain as a drawing to look at and walk through; moving and connecting are switched off. */
export const ChainCanvas = (p: Props) => (
  <ReactFlowProvider>
    <Canvas {...p} />
  </ReactFlowProvider>
)

const Canvas = ({ graph, selectedId, onSelect }: Props) => {
  const t = useTranslations('ruleChain')
  const { resolvedTheme } = useTheme()
  const nodes = useMemo(
    () =>
      graph.nodes.map(
        (node): FlowNode => ({
          id: node.id,
          type: 'chain',
          position: node.position,
          data: { node },
          selected: node.id === selectedId,
          ariaLabel: t('nodeLabel', { name: node.name, type: node.typeName }),
          ...nodeSize,
        }),
      ),
    [graph.nodes, selectedId, t],
  )
  const edges = useMemo(
    () =>
      graph.edges.map(
        (edge): FlowEdge => ({
          id: edge.id,
          type: 'chain',
          source: edge.source,
          target: edge.target,
          data: { edge },
          focusable: false,
        }),
      ),
    [graph.edges],
  )
  const box = useRef<HTMLDivElement>(null)
  useSelectedInView(box, graph.nodes, selectedId)
  return (
    <ReactFlow
      ref={box}
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      colorMode={resolvedTheme === 'dark' ? 'dark' : 'light'}
      fitView
      fitViewOptions={window.innerWidth < narrowPx ? narrowFitOptions : fitOptions}
      minZoom={0.15}
      maxZoom={2}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      nodesFocusable
      elementsSelectable
      panOnScroll
      onlyRenderVisibleElements={graph.nodes.length > 200}
      // Clicks and Enter both come as changes; what is selected is said by the page alone, which may be asked to stay.
      onNodesChange={(changes) => {
        for (const change of changes) if (change.type === 'select' && change.selected) onSelect(change.id)
      }}
      onPaneClick={() => onSelect(null)}
      aria-label={t('canvas')}
    >
      <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--tw-line-strong)" />
      <MiniMap<FlowNode>
        pannable
        style={minimapSize}
        zoomable
        ariaLabel={t('minimap')}
        className="max-md:hidden"
        nodeColor={(node) => categoryColor(node.data.node.category)}
        nodeBorderRadius={8}
      />
      <Controls showInteractive={false} aria-label={t('controls')} />
    </ReactFlow>
  )
}

const viewMargin = 32

/** The details drawer takes room from the canvas; a box that falls behind its edge is brought back, no more than that. */
const useSelectedInView = (
  box: React.RefObject<HTMLDivElement | null>,
  nodes: readonly ChainNode[],
  selectedId: string | null,
) => {
  const { getViewport, setViewport } = useReactFlow()
  useEffect(() => {
    const node = nodes.find((one) => one.id === selectedId)
    if (!node) return
    const frame = requestAnimationFrame(() => {
      const { x, y, zoom } = getViewport()
      const { clientWidth, clientHeight } = box.current ?? { clientWidth: 0, clientHeight: 0 }
      const over = (start: number, size: number, room: number) =>
        Math.max(0, start + size * zoom + viewMargin - room) - Math.max(0, viewMargin - start)
      const dx = over(node.position.x * zoom + x, nodeSize.width, clientWidth)
      const dy = over(node.position.y * zoom + y, nodeSize.height, clientHeight)
      if (dx !== 0 || dy !== 0) void setViewport({ x: x - dx, y: y - dy, zoom })
    })
    return () => cancelAnimationFrame(frame)
  }, [box, nodes, selectedId, getViewport, setViewport])
}
