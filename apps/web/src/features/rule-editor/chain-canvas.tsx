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
} from '@xyflow/react'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { useMemo } from 'react'
import { categoryColor } from './catalogue.ts'
import { ChainEdgeView } from './chain-edge.tsx'
import { ChainNodeView } from './chain-node.tsx'
import { type ChainEdge, type ChainGraph, type ChainNode, nodeSize } from './graph.ts'

export type FlowNode = Node<{ node: ChainNode }, 'chain'>
export type FlowEdge = Edge<{ edge: ChainEdge }, 'chain'>

const nodeTypes = { chain: ChainNodeView }
const edgeTypes = { chain: ChainEdgeView }

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
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      colorMode={resolvedTheme === 'dark' ? 'dark' : 'light'}
      fitView
      fitViewOptions={{ padding: 0.16, maxZoom: 1.1 }}
      minZoom={0.15}
      maxZoom={2}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      nodesFocusable
      elementsSelectable
      panOnScroll
      onlyRenderVisibleElements={graph.nodes.length > 200}
      onNodeClick={(_, node) => onSelect(node.id)}
      onPaneClick={() => onSelect(null)}
      onSelectionChange={({ nodes: chosen }) => {
        const [first] = chosen
        if (first && first.id !== selectedId) onSelect(first.id)
      }}
      proOptions={{ hideAttribution: true }}
      aria-label={t('canvas')}
    >
      <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--tw-line-strong)" />
      <MiniMap<FlowNode>
        pannable
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
