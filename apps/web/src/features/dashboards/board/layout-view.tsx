'use client'
import { containerKindOf, type DashboardLayout, type GridSettings } from '@thingwire/dashboards'
import { cn, EmptyState } from '@thingwire/ui'
import { cssColor } from '@thingwire/widgets/views'
import { LayoutDashboard } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { type CSSProperties, useCallback, useMemo, useState } from 'react'
import { imageAddress } from '../host/addresses.ts'
import { useElementSize } from '../use-measure.ts'
import { useBoard, useWholeDocument } from './board-context.ts'
import { chosenGround, themeOn } from './card/ground.ts'
import { useEditingHere } from './editing.ts'
import { FitProvider, fitted, type Heights, noHeights, withHeight } from './layout/fit.ts'
import {
  type Arrangement,
  arrange,
  gapsOf,
  gridWidth,
  leastPitch,
  type Placed,
  trackSize,
  withoutWidgets,
} from './layout/arrange.ts'
import { useHiddenWidgets } from './visibility/use-hidden-widgets.tsx'
import { WidgetTile } from './widget-tile.tsx'

type Props = {
  layout: DashboardLayout
  isNested?: boolean
  /** Inside of a container, whose ground it has. */
  isSection?: boolean
  /** As high as its widgets need. */
  isNatural?: boolean
}

/** A layout of a state: its widgets on their grid, on the ground that the file gives them. */
export const LayoutView = ({ layout, isNested, isSection, isNatural }: Props) => {
  const t = useTranslations('dashboards')
  const { windowWidth, ignoresWidths } = useBoard()
  const { widgets } = useWholeDocument()
  const arrangement = useMemo(
    () => arrange(ignoresWidths ? { ...layout, breakpoints: {} } : layout, windowWidth),
    [layout, windowWidth, ignoresWidths],
  )
  const [box, setBox] = useState<HTMLDivElement | null>(null)
  const size = useElementSize(box)
  const ground = useGround(arrangement.grid)
  const editing = useEditingHere()
  const all = useMemo(
    () => ({ ...arrangement, items: arrangement.items.filter((item) => widgets.has(item.id)) }),
    [arrangement, widgets],
  )
  const ids = useMemo(() => all.items.map(({ id }) => id), [all])
  const { hidden, watch } = useHiddenWidgets(ids, widgets)
  // Whoever edits sees everything.
  const known = useMemo(() => (editing ? all : withoutWidgets(all, hidden)), [all, hidden, editing])
  return (
    <div
      ref={setBox}
      // It scrolls, and may hold nothing that takes the focus.
      {...{ tabIndex: 0 }}
      data-theme={ground.theme}
      className={cn(
        'w-full text-ink focus-visible:-outline-offset-2',
        isNatural ? 'min-h-8' : 'h-full min-h-0 flex-1 overflow-y-auto',
        isNested && 'bg-canvas',
      )}
      style={ground.style}
    >
      {editing ? null : watch}
      {known.items.length === 0 && !editing ? (
        isSection ? (
          <p className="p-4 text-center text-sm text-ink-3">{t('empty')}</p>
        ) : (
          <EmptyState icon={<LayoutDashboard />} title={t('empty')}>
            {t('emptyText')}
          </EmptyState>
        )
      ) : size.width === 0 ? null : known.isList ? (
        <ListView arrangement={known} height={size.height} isSection={isSection ?? false} />
      ) : editing ? (
        <editing.Grid layout={layout} arrangement={known} width={size.width} />
      ) : (
        <FittedGrid arrangement={known} size={size} />
      )}
    </div>
  )
}

const stockMargin = 10
const ourMargin = 12

/** The stock margin of files is drawn on our 4 px grid. */
const gapOf = ({ margin }: GridSettings) => (margin === stockMargin ? ourMargin : margin)

/**
 * px, for a board of that width; `width` is that of the columns with what is between them, `inset` what a widget leaves
 * free of its place.
 */
export const gridMeasures = (arrangement: Arrangement, boardWidth: number) => {
  const { grid, columns } = arrangement
  const wanted = gapOf(grid)
  const outer = grid.outerMargin ? wanted : 0
  const width = gridWidth(arrangement, boardWidth - 2 * outer)
  const { gap, inset } = gapsOf(columns, width, wanted)
  return { gap, inset, outer, width, track: trackSize({ ...arrangement, grid: { ...grid, margin: gap } }, width) }
}

/** The grid with containers as high as what is in them: what is below them goes up and down with that. */
const FittedGrid = ({ arrangement, size }: { arrangement: Arrangement; size: { width: number; height: number } }) => {
  const [heights, setHeights] = useState<Heights>(noHeights)
  const fit = useCallback(
    (id: string, height: number | null) => setHeights((before) => withHeight(before, id, height)),
    [],
  )
  const { gap, track } = gridMeasures(arrangement, size.width)
  const fits = !arrangement.grid.autoFillHeight && heights.size > 0
  const shown = useMemo(
    () => (fits ? fitted(arrangement, heights, { row: track.row, gap }) : arrangement),
    [arrangement, heights, fits, track.row, gap],
  )
  return (
    <FitProvider value={fit}>
      <GridView arrangement={shown} size={size} />
    </FitProvider>
  )
}

/** A row of a board that fills its place, px. */
const leastFilled = 20

const GridView = ({ arrangement, size }: { arrangement: Arrangement; size: { width: number; height: number } }) => {
  const { grid, columns, rows } = arrangement
  const { gap, inset, outer, width, track } = gridMeasures(arrangement, size.width)
  const leastRow = Math.max(0, leastPitch(columns, gap + inset, leastFilled) - gap)
  const row = grid.autoFillHeight ? `minmax(${leastRow}px, 1fr)` : `${track.row}px`
  return (
    <div
      className="grid"
      style={{
        gap,
        padding: Math.max(0, outer - inset / 2),
        minWidth: width + 2 * outer,
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        gridTemplateRows: `repeat(${rows}, ${row})`,
        ...(grid.autoFillHeight ? { minHeight: '100%', height: size.height } : {}),
      }}
    >
      {arrangement.items.map((item) => (
        <Cell
          key={item.id}
          item={item}
          style={{
            gridColumn: `${item.column + 1} / span ${item.columns}`,
            gridRow: `${item.row + 1} / span ${item.rows}`,
            ...(item.layer === 0 ? {} : { zIndex: item.layer }),
            ...(inset === 0 ? {} : { padding: inset / 2 }),
          }}
        />
      ))}
    </div>
  )
}

const phoneSize = ({ phoneHeight }: Placed): CSSProperties =>
  typeof phoneHeight === 'number'
    ? { height: phoneHeight }
    : { aspectRatio: `${phoneHeight.columns} / ${phoneHeight.rows}` }

const ListView = (p: { arrangement: Arrangement; height: number; isSection: boolean }) => {
  const { arrangement, height } = p
  const { grid, items } = arrangement
  const { widgets } = useWholeDocument()
  /** Containers are as high as what is in them. */
  const sizeOf = (item: Placed): CSSProperties =>
    containerKindOf(widgets.get(item.id)?.typeFullFqn) === null ? phoneSize(item) : {}
  // Where a phone's screen is filled, each takes its share, but stays readable.
  const fills = grid.mobileAutoFillHeight
  return (
    <div className={cn('flex flex-col gap-3', !p.isSection && 'p-3')} style={fills ? { minHeight: height } : {}}>
      {items.map((item) => (
        <Cell
          key={item.id}
          item={item}
          style={fills ? { flex: `${item.rows} 1 96px`, minHeight: 96 } : { ...sizeOf(item), flexShrink: 0 }}
        />
      ))}
    </div>
  )
}

const Cell = ({ item, style }: { item: Placed; style: CSSProperties }) => {
  const { widgets } = useWholeDocument()
  const editing = useEditingHere()
  const widget = widgets.get(item.id)
  return widget ? (
    <div className={cn('min-h-0 min-w-0', editing && 'relative')} style={style}>
      <WidgetTile widget={widget} />
      {editing && containerKindOf(widget.typeFullFqn) === null ? <editing.Cover id={item.id} /> : null}
    </div>
  ) : null
}

const backgroundSizes: Readonly<Record<string, string>> = {
  '100%': '100% auto',
  contain: 'contain',
  cover: 'cover',
  auto: 'auto',
  'auto 100%': 'auto 100%',
}

/** Colour and image behind the widgets, with the theme that is readable on them. */
const useGround = (grid: GridSettings): { theme: 'light' | 'dark'; style: CSSProperties } => {
  const { resolvedTheme } = useTheme()
  const page = resolvedTheme === 'dark' ? 'dark' : 'light'
  const color = chosenGround(grid.backgroundColor)
  const image = imageAddress(grid.backgroundImageUrl)
  return {
    theme: themeOn(color, page),
    style: {
      ...(color === null ? {} : { backgroundColor: cssColor(color) }),
      ...(image === null
        ? {}
        : {
            backgroundImage: `url(${JSON.stringify(image)})`,
            backgroundSize: backgroundSizes[grid.backgroundSizeMode ?? ''] ?? '100% auto',
            backgroundRepeat: 'no-repeat',
            backgroundPosition: 'center top',
          }),
    },
  }
}
