'use client'
import { containerKindOf, type DashboardLayout } from '@thingwire/dashboards'
import {
  type Box,
  type Boxes,
  boundsOf,
  boxesOf,
  gridAt,
  heightOf,
  isLocked,
  layerOf,
  placementOf,
  placesOf,
  snapped,
} from '@thingwire/dashboards/edit'
import { cn, EmptyState } from '@thingwire/ui'
import { LayoutDashboard } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useMemo, useRef } from 'react'
import { useStateScope, useWholeDocument } from '../../board/board-context.ts'
import { gridMeasures } from '../../board/layout-view.tsx'
import type { Arrangement } from '../../board/layout/arrange.ts'
import { useIncoming } from '../library/use-incoming.ts'
import { sideWidth } from '../side/side-width.ts'
import { useConfiguration, useEditor, useEditorStore, useSelection } from '../store/use-editor.ts'
import { widthOf } from '../structure/sizes.ts'
import { type CellPlace, ContainerCell, EditCell, type Pitch, shiftOf } from './cells.tsx'
import { GridMenu } from './grid-menu.tsx'
import { useClipboard } from './use-clipboard.ts'
import { useContextMenu } from './use-context-menu.ts'
import { useEditedGrid, usePlacedGrid } from './use-edited-grid.ts'
import { type Released, useGlide } from './use-glide.ts'
import { useGridDrag } from './use-grid-drag.ts'
import { useGridKeys } from './use-grid-keys.ts'

/** Free rows below the last widget, to drag into. */
const spareRows = 8
/** In sections, which are low and often one below the other. */
const spareInner = 2

/** The widgets of a grid, to be selected, moved and resized. */
export const EditGrid = (p: { layout: DashboardLayout; arrangement: Arrangement; width: number }) => {
  const t = useTranslations('dashboardEditor')
  const root = useRef<HTMLDivElement>(null)
  const store = useEditorStore()
  const { widgets } = useWholeDocument()
  const configuration = useConfiguration()
  const { definition, around } = useStateScope()
  const label = around.length > 0 ? t('gridOf', { name: definition.name }) : t('grid')
  const name = definition.layouts.right === p.layout ? 'right' : 'main'
  const at = useEditedGrid(name)
  const placedAt = usePlacedGrid(name)
  const grid = gridAt(configuration, at)
  const places = placesOf(grid)
  const start = useMemo(() => {
    const all = boxesOf(grid)
    return new Map([...all].filter(([id]) => widgets.has(id)))
  }, [grid, widgets])
  const locked = useMemo(
    () => new Set(Object.entries(placesOf(grid)).flatMap(([id, place]) => (isLocked(place) ? [id] : []))),
    [grid],
  )
  const containers = useMemo(
    () => new Set([...start.keys()].filter((id) => containerKindOf(widgets.get(id)?.typeFullFqn) !== null)),
    [start, widgets],
  )
  const { gap, outer, track } = gridMeasures(p.arrangement, p.width)
  const { columns } = p.arrangement
  const isFree = placementOf(grid) === 'free'
  const measures = { gap, outer, column: track.column, row: track.row, columns }
  const pitch = { x: track.column + gap, y: track.row + gap }
  const released = useRef<Released | null>(null)
  const drag = useGridDrag({ root, at: placedAt, start, locked, containers, isFree, measures, released })
  const clipboard = useClipboard(root, at)
  const context = useContextMenu(root, drag.cancel)
  const keys = useGridKeys({
    at,
    placedAt,
    boxes: start,
    openMenu: context.openByKey,
    pasteReference: () => clipboard.paste('references', null),
  })
  const selection = useSelection()
  const isSideOpen = useEditor(({ side, selection: { length } }) => (side === 'widget' ? length === 1 : side !== null))
  const isFramed = useEditor(({ size }) => widthOf(size) !== null)
  useShown(root, selection.at(-1), isSideOpen && !drag.isPressed)
  useKeptInView(root, selection.at(-1), start)
  const arriving = useIncoming({ root, at, start, locked, isFree, measures })
  const boxes = drag.boxes ?? arriving?.boxes ?? start
  const isDragging = drag.moving.length > 0 || arriving !== null
  useGlide({ root, boxes, pitch, gap, name: JSON.stringify(at), isDragging, released })
  /** Who makes room stays in its cell of the grid and is moved by its style alone, and who is resized is stretched by it. */
  const cellOf = (id: string): CellPlace | null => {
    const [from, to] = [start.get(id), boxes.get(id)]
    if (!from || !to) return null
    const isMoving = drag.moving.includes(id)
    if (isMoving && drag.isResizing)
      return { ...from, shiftX: 0, shiftY: 0, isMoving: false, isGliding: false, isStretched: true }
    const shift = isMoving ? { shiftX: 0, shiftY: 0 } : shiftOf(from, to, pitch)
    return { ...from, ...shift, isMoving, isGliding: isDragging && !isMoving, isStretched: false }
  }
  return (
    <div
      ref={root}
      role="application"
      aria-label={label}
      data-edit-grid
      data-columns={columns}
      // It has keys of its own for what is selected in it.
      {...{ tabIndex: 0 }}
      {...bothHandlers(context.handlers, drag.handlers)}
      onKeyDown={keys}
      className={cn(
        'relative grid min-h-full touch-pan-x touch-pan-y content-start select-none focus-visible:-outline-offset-2',
        selection.length > 0 && 'focus-visible:outline-none',
      )}
      style={{
        gap,
        padding: outer,
        // As wide as viewers see it: what is beside the board lies over it, and the rest is scrolled to.
        width: p.width,
        marginRight: isSideOpen && !isFramed && around.length === 0 ? sideWidth : 0,
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        gridTemplateRows: `repeat(${heightOf(boxes) + (around.length > 0 ? spareInner : spareRows)}, ${track.row}px)`,
        backgroundImage: 'radial-gradient(circle, var(--tw-line-strong) 1px, transparent 1px)',
        backgroundSize: `${pitch.x}px ${pitch.y}px`,
        backgroundPosition: `${outer - gap / 2 - pitch.x / 2}px ${outer - gap / 2 - pitch.y / 2}px`,
      }}
    >
      {start.size === 0 && !arriving ? (
        <div className="pointer-events-none absolute inset-0 flex">
          {around.length > 0 ? (
            <p className="m-auto p-3 text-sm text-ink-3">{t('emptySection')}</p>
          ) : (
            <EmptyState icon={<LayoutDashboard />} title={t('emptyTitle')} className="m-auto">
              {t('emptyText')}
            </EmptyState>
          )}
        </div>
      ) : null}
      {drag.moving.map((id) => (
        <Landing key={id} box={drag.boxes?.get(id)} />
      ))}
      {[...containers].map((id) => {
        const widget = widgets.get(id)
        const place = cellOf(id)
        const laid = place?.isStretched ? boxes.get(id) : undefined
        return widget && place ? (
          <ContainerCell
            key={id}
            widget={widget}
            {...place}
            layer={layerOf(places[id])}
            // Half a cell more than where the pointer can be before it is laid out for the next one.
            laidWidth={laid && (laid.sizeX + 0.5) * pitch.x - gap}
            laidHeight={laid && (laid.sizeY + 0.5) * pitch.y - gap}
          />
        ) : null
      })}
      {/* Containers hold grids of their own, which a list of options cannot; it lies over them, and lets presses through. */}
      <div
        role="listbox"
        aria-multiselectable
        aria-label={label}
        className="pointer-events-none col-span-full row-span-full grid grid-cols-subgrid grid-rows-subgrid"
        style={{ gridArea: '1 / 1 / -1 / -1' }}
      >
        {[...start.keys()].map((id) => {
          const widget = widgets.get(id)
          const place = cellOf(id)
          return widget && place ? (
            <EditCell
              key={id}
              widget={widget}
              {...place}
              layer={layerOf(places[id])}
              isSelected={selection.includes(id)}
              isLocked={locked.has(id)}
            />
          ) : null
        })}
      </div>
      <Standing box={selection.length === 1 ? boxes.get(selection[0] ?? '') : undefined} />
      {arriving ? <Ghost box={arriving.ghost} title={arriving.title} /> : null}
      {drag.marquee ? <Marquee box={drag.marquee} pitch={pitch} outer={outer} /> : null}
      {context.menu ? (
        <GridMenu
          menu={context.menu}
          at={at}
          placedAt={placedAt}
          cell={cellAt(root.current, context.menu, measures)}
          clipboard={clipboard}
          selectAll={() => store.select([...start.keys()])}
          onClose={context.close}
          onClosed={() => root.current?.focus({ preventScroll: true })}
        />
      ) : null}
      {drag.boxes ? <Guides boxes={drag.boxes} moving={drag.moving} pitch={pitch} outer={outer} gap={gap} /> : null}
    </div>
  )
}

type Handlers = Readonly<Record<string, (event: never) => void>>

/** Handlers of two concerns as one set: both hear of each event. */
const bothHandlers = (one: Handlers, other: Handlers): Handlers =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => [
      name,
      (event: never) => {
        one[name]?.(event)
        other[name]?.(event)
      },
    ]),
  )

type Measures = { gap: number; outer: number; column: number; row: number; columns: number }

/** The cell of the grid under a point of the window. */
const cellAt = (root: HTMLElement | null, { x, y }: { x: number; y: number }, measures: Measures) => {
  const box = root?.getBoundingClientRect()
  const { gap, outer, column, row, columns } = measures
  return {
    col: Math.min(columns - 1, Math.max(0, Math.floor((x - (box?.left ?? 0) - outer) / (column + gap)))),
    row: Math.max(0, Math.floor((y - (box?.top ?? 0) - outer) / (row + gap))),
  }
}

/** What stays free beside a widget that is brought into view, px. */
const beside = 16

/** Brings a widget that was selected out from under what lies over the board. */
const useShown = (root: RefObject<HTMLDivElement | null>, id: string | undefined, isSideOpen: boolean) => {
  useEffect(() => {
    const scroller = root.current?.parentElement
    if (id === undefined || !isSideOpen || !scroller) return
    const selected = root.current?.querySelector(`[data-widget="${CSS.escape(id)}"]`)
    selected?.scrollIntoView({ block: 'nearest' })
    const cell = selected?.getBoundingClientRect()
    const view = scroller.getBoundingClientRect()
    if (!cell || view.width <= 2 * sideWidth) return
    const hidden = cell.right - (view.right - sideWidth) + beside
    // One that is wider than what is free shows where it begins.
    const free = cell.left - view.left - beside
    if (hidden > beside && free > 0) scroller.scrollBy({ left: Math.min(hidden, free) })
  }, [root, id, isSideOpen])
}

/** Follows a widget that is moved or resized, as by keys, beyond what is seen of the board. */
const useKeptInView = (root: RefObject<HTMLDivElement | null>, id: string | undefined, boxes: Boxes) => {
  const before = useRef<{ id: string; box: Box } | null>(null)
  const box = id === undefined ? undefined : boxes.get(id)
  useEffect(() => {
    const former = before.current
    before.current = id !== undefined && box ? { id, box } : null
    if (id === undefined || !box || former?.id !== id || former.box === box) return
    const { col, row, sizeX, sizeY } = former.box
    if (col === box.col && row === box.row && sizeX === box.sizeX && sizeY === box.sizeY) return
    root.current?.querySelector(`[data-widget="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [root, id, box])
}

/** Says to who does not see it where the widget stands that is moved. */
const Standing = ({ box }: { box: Box | undefined }) => {
  const t = useTranslations('dashboardEditor')
  return (
    <output className="sr-only">
      {box ? t('standsAt', { column: box.col + 1, row: box.row + 1, columns: box.sizeX, rows: box.sizeY }) : ''}
    </output>
  )
}

/** Where what is dragged comes to stand when it is let go. */
const Landing = ({ box }: { box: Box | undefined }) =>
  box ? (
    <div
      aria-hidden
      data-landing
      className="pointer-events-none rounded-lg border border-accent/50 bg-accent/10"
      style={{ gridColumn: `${box.col + 1} / span ${box.sizeX}`, gridRow: `${box.row + 1} / span ${box.sizeY}` }}
    />
  ) : null

/** Where something from the library would come to stand. */
const Ghost = ({ box, title }: { box: Box; title: string }) => (
  <div
    data-ghost
    className="pointer-events-none z-20 flex min-h-0 min-w-0 items-center justify-center rounded-lg border-2 border-dashed border-accent bg-accent/10 p-2 text-sm font-medium text-accent-text"
    style={{ gridColumn: `${box.col + 1} / span ${box.sizeX}`, gridRow: `${box.row + 1} / span ${box.sizeY}` }}
  >
    <span className="truncate">{title}</span>
  </div>
)

const Marquee = ({ box, pitch, outer }: { box: Box; pitch: Pitch; outer: number }) => (
  <div
    aria-hidden
    className="pointer-events-none absolute z-20 rounded-sm border border-accent bg-accent/10"
    style={{
      left: outer + box.col * pitch.x,
      top: outer + box.row * pitch.y,
      width: box.sizeX * pitch.x,
      height: box.sizeY * pitch.y,
    }}
  />
)

/** Lines along which what is dragged meets others. */
const Guides = (p: { boxes: Boxes; moving: readonly string[]; pitch: Pitch; outer: number; gap: number }) => {
  const moved = boundsOf(
    p.moving.flatMap((id) => {
      const box = p.boxes.get(id)
      return box ? [box] : []
    }),
  )
  if (!moved) return null
  const others = [...p.boxes].filter(([id]) => !p.moving.includes(id)).map(([, box]) => box)
  return snapped(moved, others, 0).guides.map(({ axis, at, from, to }) => {
    const isColumn = axis === 'column'
    const [across, along] = isColumn ? [p.pitch.x, p.pitch.y] : [p.pitch.y, p.pitch.x]
    const place = p.outer + at * across - p.gap / 2
    const begin = p.outer + from * along
    const length = (to - from) * along - p.gap
    return (
      <div
        key={`${axis}${at}`}
        aria-hidden
        className="pointer-events-none absolute z-10 bg-accent/60"
        style={
          isColumn
            ? { left: place, top: begin, width: 1, height: length }
            : { top: place, left: begin, height: 1, width: length }
        }
      />
    )
  })
}
