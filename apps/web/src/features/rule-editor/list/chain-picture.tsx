import type { NodeCategory } from '@thingwire/rules'
import { cn } from '@thingwire/ui'
import { categoryColor, findManifest } from '../catalogue.ts'

type PictureNode = {
  type: string
  additionalInfo?: { layoutX?: number | undefined; layoutY?: number | undefined } | null | undefined
}
export type Picture = {
  nodes: readonly PictureNode[]
  connections: readonly { fromIndex: number; toIndex: number }[]
  firstNodeIndex?: number | null | undefined
}

/** As ThingsBoard draws nodes; files keep places for boxes of this size. */
const box = { width: 170, height: 50 }
const margin = 24

type Box = { x: number; y: number; category: NodeCategory | 'unknown' }

const boxesOf = ({ nodes }: Picture): Box[] =>
  nodes.map(({ type, additionalInfo }) => ({
    x: additionalInfo?.layoutX ?? 0,
    y: additionalInfo?.layoutY ?? 0,
    category: findManifest(type)?.category ?? 'unknown',
  }))

const wire = (from: Box, to: Box): string => {
  const start = { x: from.x + box.width, y: from.y + box.height / 2 }
  const end = { x: to.x, y: to.y + box.height / 2 }
  const bend = Math.max(40, Math.abs(end.x - start.x) / 2)
  return `M${start.x} ${start.y}C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`
}

/** A small drawing of a chain: its form and the kinds of its nodes, no words. */
export const ChainPicture = ({ chain, className }: { chain: Picture; className?: string }) => {
  const boxes = boxesOf(chain)
  const left = Math.min(...boxes.map(({ x }) => x)) - margin
  const top = Math.min(...boxes.map(({ y }) => y)) - margin
  const width = Math.max(...boxes.map(({ x }) => x)) + box.width + margin - left
  const height = Math.max(...boxes.map(({ y }) => y)) + box.height + margin - top
  const wires = chain.connections
    .flatMap(({ fromIndex, toIndex }) => {
      const [from, to] = [boxes[fromIndex], boxes[toIndex]]
      return from && to ? [wire(from, to)] : []
    })
    .join('')
  if (boxes.length === 0) return <div aria-hidden className={cn('rounded-md bg-sunken', className)} />
  return (
    <svg aria-hidden viewBox={`${left} ${top} ${width} ${height}`} className={cn('rounded-md bg-sunken', className)}>
      <path d={wires} vectorEffect="non-scaling-stroke" className="fill-none stroke-ink-3/60 stroke-1" />
      {boxes.map(({ x, y, category }, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: nodes of a file have no other name
          key={index}
          x={x}
          y={y}
          {...box}
          rx={12}
          vectorEffect="non-scaling-stroke"
          style={{ fill: `color-mix(in oklab, ${categoryColor(category)} 45%, var(--tw-surface))` }}
          className={cn('stroke-1', index === chain.firstNodeIndex ? 'stroke-ink-2' : 'stroke-transparent')}
        />
      ))}
    </svg>
  )
}
