'use client'
import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { closeNumber, unitText, withUnit } from '../engines/chart/numbers.ts'
import { type ChartTheme, readTheme } from '../engines/chart/theme.ts'
import { useBoxSize } from '../engines/chart/use-box-size.ts'
import { drawing } from '../frame-budget.ts'
import { WidgetNotice } from '../notice.tsx'
import { formatPattern } from '../style/date-format.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import { heatColors } from './colors.ts'
import { type HeatGrid, toGrid } from './grid.ts'
import type { HeatMapSettings } from './manifest.ts'
import { cellAt, type HeatLayout, layoutOf, paint } from './paint.ts'
import { heatMapWords } from './words.ts'

type Props = WidgetViewProps<HeatMapSettings>

export const HeatMap = (p: Props) => {
  const ground = useGround(p.settings.background, p.theme)
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  return (
    <GroundBox ground={ground} padding={p.settings.padding} fallbackPadding="8px 12px 6px">
      <HeatPicture {...p} theme={ground.surface.scheme} series={p.state.series} />
    </GroundBox>
  )
}

const columnWidth = 14
const leastForLegend = { width: 180, height: 110 }

type Pointed = { row: number; column: number; x: number; y: number }

const HeatPicture = (p: Props & { series: readonly WidgetSeries[] }) => {
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = useBoxSize(box) ?? p.size
  const words = useWords('heatMap', heatMapWords)
  const [theme, setTheme] = useState<ChartTheme | null>(null)
  const [pointed, setPointed] = useState<Pointed | null>(null)
  useEffect(() => {
    if (box.current) setTheme(readTheme(box.current, p.theme))
  }, [p.theme])
  const { series, settings, window, timeZone, locale } = p
  const room = Math.floor(size.width / columnWidth)
  const grid = useMemo(
    () => toGrid(series, { layout: settings.layout, cellValue: settings.cellValue, window, timeZone, columns: room }),
    [series, settings.layout, settings.cellValue, window, timeZone, room],
  )
  const layout = useMemo(() => layoutOf(grid, size), [grid, size])
  const min = settings.min ?? grid.min
  const max = settings.max ?? grid.max
  const color = useMemo(
    () => (theme ? heatColors({ settings: settings.color, theme, min, max }) : null),
    [settings.color, theme, min, max],
  )
  const first = series[0]?.dataKey
  const units = settings.cellValue === 'count' ? null : (unitText(first?.units) ?? p.config.units)
  const decimals = first?.decimals ?? p.config.decimals
  const told = (value: number) => withUnit(closeNumber(value, decimals, locale), units)
  usePaint({
    box,
    canvas,
    grid,
    layout,
    theme,
    color,
    size,
    showValues: settings.showValues,
    decimals,
    locale,
    timeZone,
  })

  const onMove = (event: PointerEvent<HTMLDivElement>) => {
    const at = event.currentTarget.getBoundingClientRect()
    const cell = cellAt(layout, event.clientX - at.left, event.clientY - at.top)
    setPointed(cell ? { ...cell, x: event.clientX, y: event.clientY } : null)
  }
  const isEmpty = grid.values.every(Number.isNaN)
  const hasLegend =
    settings.showLegend && !isEmpty && p.size.width >= leastForLegend.width && p.size.height >= leastForLegend.height
  return (
    <div className="flex size-full flex-col gap-1.5">
      {hasLegend && color ? <Scale min={min} max={max} color={color} told={told} name={words('scale')} /> : null}
      <div ref={box} className="relative min-h-0 flex-1" onPointerMove={onMove} onPointerLeave={() => setPointed(null)}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={
            isEmpty ? p.title : words('summary', { title: p.title, min: told(grid.min), max: told(grid.max) })
          }
          className="absolute inset-0"
          style={{ width: size.width, height: size.height }}
        />
        {isEmpty ? (
          <p className="pointer-events-none absolute inset-0 flex items-center justify-center text-xs text-ink-3">
            {p.texts.noData}
          </p>
        ) : null}
        {pointed && !isEmpty ? <CellMark pointed={pointed} layout={layout} /> : null}
      </div>
      {pointed && !isEmpty ? <CellTip p={p} pointed={pointed} grid={grid} layout={layout} told={told} /> : null}
    </div>
  )
}

const usePaint = (p: {
  box: React.RefObject<HTMLDivElement | null>
  canvas: React.RefObject<HTMLCanvasElement | null>
  grid: HeatGrid
  layout: HeatLayout
  theme: ChartTheme | null
  color: ((value: number) => string) | null
  size: { width: number; height: number }
  showValues: boolean
  decimals: number | null
  locale: string
  timeZone: string
}) => {
  const { box, canvas, grid, layout, theme, color, size, showValues, decimals, locale, timeZone } = p
  useEffect(() => {
    if (!theme || !color) return
    drawing.request(box, () => {
      const context = canvas.current?.getContext('2d')
      if (!canvas.current || !context) return
      const scale = globalThis.devicePixelRatio || 1
      canvas.current.width = size.width * scale
      canvas.current.height = size.height * scale
      context.scale(scale, scale)
      paint({ context, grid, layout, theme, color, showValues, decimals, locale, timeZone }, size)
    })
    return () => drawing.cancel(box)
  }, [box, canvas, grid, layout, theme, color, size, showValues, decimals, locale, timeZone])
}

const steps = 12

const Scale = (p: {
  min: number
  max: number
  color: (value: number) => string
  told: (value: number) => string
  name: string
}) => {
  const stops = Array.from({ length: steps + 1 }, (_, index) => p.color(p.min + ((p.max - p.min) * index) / steps))
  return (
    <div
      role="img"
      aria-label={`${p.name}: ${p.told(p.min)} – ${p.told(p.max)}`}
      className="flex shrink-0 items-center gap-2 text-xs text-ink-2 tabular-nums"
    >
      <span>{p.told(p.min)}</span>
      <span
        aria-hidden
        className="h-2 w-28 rounded-full"
        style={{ background: `linear-gradient(to right, ${stops.join(', ')})` }}
      />
      <span>{p.told(p.max)}</span>
    </div>
  )
}

const CellMark = ({ pointed, layout }: { pointed: Pointed; layout: HeatLayout }) => (
  <div
    aria-hidden
    className="pointer-events-none absolute outline-2 outline-ink"
    style={{
      left: layout.left + pointed.column * layout.cellWidth,
      top: layout.top + pointed.row * layout.cellHeight,
      width: layout.cellWidth,
      height: layout.cellHeight,
    }}
  />
)

const CellTip = ({
  p,
  pointed,
  grid,
  layout,
  told,
}: {
  p: Props
  pointed: Pointed
  grid: HeatGrid
  layout: HeatLayout
  told: (value: number) => string
}) => {
  const value = grid.values[pointed.row * layout.columns + pointed.column] ?? Number.NaN
  const place = { locale: p.locale, timeZone: p.timeZone }
  const from = grid.columns[pointed.column] ?? 0
  const when = grid.isHoursByDays
    ? formatPattern(from, 'EEE, MMM d yyyy', place)
    : `${formatPattern(from, 'MMM d yyyy HH:mm', place)} – ${formatPattern(grid.columns[pointed.column + 1] ?? from, 'HH:mm', place)}`
  const isRight = pointed.x + 220 < globalThis.innerWidth
  return createPortal(
    <div
      data-theme={p.theme}
      className="pointer-events-none fixed z-40 rounded-lg bg-raised px-3 py-2 text-xs text-ink shadow-pop"
      style={{
        top: pointed.y + 12,
        ...(isRight ? { left: pointed.x + 12 } : { right: globalThis.innerWidth - pointed.x + 12 }),
      }}
    >
      <div className="text-ink-3 tabular-nums">{when}</div>
      <div className="flex gap-4">
        <span className="text-ink-2">{grid.rows[pointed.row]}</span>
        <span className="ml-auto font-medium tabular-nums">{Number.isNaN(value) ? '—' : told(value)}</span>
      </div>
    </div>,
    document.body,
  )
}
