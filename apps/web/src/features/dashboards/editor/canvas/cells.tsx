'use client'
import { containerKindOf, type DashboardWidget } from '@thingwire/dashboards'
import type { Box } from '@thingwire/dashboards/edit'
import { cn } from '@thingwire/ui'
import { type CSSProperties, memo } from 'react'
import { WidgetTile } from '../../board/widget-tile.tsx'
import { Cover } from './cover.tsx'

/** From one cell of the grid to the next, px. */
export type Pitch = { x: number; y: number }

/** A cell of the grid, and how far from there it is seen, px. */
export type CellPlace = Box & {
  shiftX: number
  shiftY: number
  isMoving: boolean
  isGliding: boolean
  isStretched: boolean
}

export const shiftOf = (from: Box, to: Box, pitch: Pitch) => ({
  shiftX: Math.round((to.col - from.col) * pitch.x),
  shiftY: Math.round((to.row - from.row) * pitch.y),
})

const cellStyle = (p: CellPlace & { layer: number }, movingLayer: number): CSSProperties => ({
  gridColumn: `${p.col + 1} / span ${p.sizeX}`,
  gridRow: `${p.row + 1} / span ${p.sizeY}`,
  zIndex: p.isMoving || p.isStretched ? movingLayer : p.layer,
  ...(p.shiftX !== 0 || p.shiftY !== 0 ? { transform: `translate(${p.shiftX}px, ${p.shiftY}px)` } : {}),
})

const cellClass = ({ isMoving, isGliding }: CellPlace) =>
  cn(
    'min-h-0 min-w-0',
    isMoving && 'opacity-90 drop-shadow-lg will-change-[translate]',
    isGliding && 'transition-transform duration-140 ease-out motion-reduce:transition-none',
  )

type CellProps = CellPlace & {
  widget: DashboardWidget
  layer: number
  isSelected: boolean
  isLocked: boolean
}

export const EditCell = memo(({ widget, isSelected, isLocked, ...place }: CellProps) => (
  <div
    data-cell={widget.id}
    data-stretches
    className={cn('relative', cellClass(place), isContainer(widget) ? 'pointer-events-none' : 'pointer-events-auto')}
    style={cellStyle(place, 1_000)}
  >
    {isContainer(widget) ? null : (
      // What can be clicked in a widget would act on devices and pages.
      <div inert className="size-full">
        <MemoTile widget={widget} />
      </div>
    )}
    <Cover
      id={widget.id}
      title={widget.card.title}
      isSelected={isSelected}
      isLocked={isLocked}
      hasHandles
      letsThrough={isContainer(widget)}
    />
  </div>
))
EditCell.displayName = 'EditCell'

type ContainerCellProps = CellPlace & {
  widget: DashboardWidget
  layer: number
  laidWidth: number | undefined
  laidHeight: number | undefined
}

/**
 * A container is edited from inside: its head moves it, and what is in it is moved in grids of its own. While it is
 * resized its frame follows the pointer; the grids in it, with all that is in them, are laid out anew cell by cell.
 */
export const ContainerCell = memo(({ widget, laidWidth, laidHeight, ...place }: ContainerCellProps) => (
  <div
    data-cell={widget.id}
    data-stretches="frame"
    className={cn(cellClass(place), place.isStretched && 'overflow-hidden rounded-lg')}
    style={cellStyle(place, 999)}
  >
    <div className="size-full" style={place.isStretched ? { width: laidWidth, height: laidHeight } : undefined}>
      <MemoTile widget={widget} />
    </div>
  </div>
))
ContainerCell.displayName = 'ContainerCell'

const isContainer = ({ typeFullFqn }: DashboardWidget): boolean => containerKindOf(typeFullFqn) !== null

const MemoTile = memo(WidgetTile)
