'use client'
import { cn } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { ChainDifference } from '../model/diff.ts'
import type { ChainDocument } from '../model/document.ts'
import { nodeSize, type Place } from '../model/places.ts'
import { type Mark, pictureDifference } from './difference-picture.ts'

const strokes: Record<Mark, string> = {
  same: 'stroke-line-strong',
  added: 'stroke-ok',
  removed: 'stroke-danger',
  changed: 'stroke-warn',
}
const fills: Record<Mark, string> = {
  same: 'fill-surface',
  added: 'fill-ok-soft',
  removed: 'fill-danger-soft',
  changed: 'fill-warn-soft',
}
/** What is gone is dashed as well, so that colour is not all that tells it apart. */
const dash = (mark: Mark) => (mark === 'removed' ? '10 7' : undefined)

const highest = 320
/** Longer names than fit into a box are cut. */
const longestName = 24

const curve = (from: Place, to: Place): string => {
  const bend = Math.max(40, Math.abs(to.x - from.x) / 2)
  return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`
}

/** Both states of a chain drawn over each other; what is read out is the list below it. */
export const DifferenceDrawing = (p: { before: ChainDocument; after: ChainDocument; difference: ChainDifference }) => {
  const t = useTranslations('chainVersions')
  const { before, after, difference } = p
  const { box, nodes, ghosts, wires } = useMemo(
    () => pictureDifference(before, after, difference),
    [before, after, difference],
  )
  if (box.width === 0) return null
  return (
    <figure className="grid gap-2">
      <svg
        aria-hidden
        viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
        className="w-full rounded-md border bg-sunken"
        style={{ maxHeight: highest, aspectRatio: `${box.width} / ${box.height}` }}
      >
        {wires.map(({ id, mark, from, to }) => (
          <path
            key={`${mark} ${id}`}
            d={curve(from, to)}
            strokeDasharray={dash(mark)}
            className={cn('fill-none', strokes[mark])}
            strokeWidth={mark === 'same' ? 2 : 4}
          />
        ))}
        {ghosts.map(({ id, from, to }) => (
          <g key={id} className="fill-none stroke-line-strong" strokeWidth={2} strokeDasharray="3 6">
            <rect {...from} {...nodeSize} rx={8} />
            <line
              x1={from.x + nodeSize.width / 2}
              y1={from.y + nodeSize.height / 2}
              x2={to.x + nodeSize.width / 2}
              y2={to.y + nodeSize.height / 2}
            />
          </g>
        ))}
        {nodes.map(({ id, name, mark, at }) => (
          <g key={`${mark} ${id}`}>
            <rect
              {...at}
              {...nodeSize}
              rx={8}
              strokeDasharray={dash(mark)}
              className={cn(fills[mark], strokes[mark])}
              strokeWidth={mark === 'same' ? 2 : 4}
            />
            <text
              x={at.x + 14}
              y={at.y + nodeSize.height / 2 + 6}
              className={cn('text-[17px]', mark === 'same' ? 'fill-ink-3' : 'fill-ink font-medium')}
            >
              {name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name}
            </text>
          </g>
        ))}
      </svg>
      <figcaption aria-hidden className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-3">
        {(['added', 'changed', 'removed'] as const).map((mark) => (
          <span key={mark} className="flex items-center gap-1.5">
            <svg className="h-3 w-4.5" viewBox="0 0 18 12" aria-hidden>
              <rect
                x={1}
                y={1}
                width={16}
                height={10}
                rx={2}
                strokeWidth={1.5}
                strokeDasharray={mark === 'removed' ? '3 2' : undefined}
                className={cn(fills[mark], strokes[mark])}
              />
            </svg>
            {t(`kinds.${mark}`)}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}
