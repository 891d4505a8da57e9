import { formatPattern } from '../style/date-format.ts'
import { contrast, parseColor } from '../style/rgb.ts'
import { axisNumber } from '../engines/chart/numbers.ts'
import type { ChartTheme } from '../engines/chart/theme.ts'
import type { HeatGrid } from './grid.ts'

export type HeatLayout = {
  left: number
  top: number
  cellWidth: number
  cellHeight: number
  rows: number
  columns: number
}

const axisHeight = 20
const letter = 6.4
const mostLabel = 140

export const layoutOf = (grid: HeatGrid, size: { width: number; height: number }): HeatLayout => {
  const isTiny = size.width < 160 || size.height < 80
  const longest = Math.max(0, ...grid.rows.map((row) => row.length))
  const left = isTiny ? 0 : Math.min(size.width * 0.35, mostLabel, longest * letter + 12)
  const rows = Math.max(1, grid.rows.length)
  const columns = Math.max(1, grid.columns.length - 1)
  return {
    left,
    top: 2,
    rows,
    columns,
    cellWidth: (size.width - left - 2) / columns,
    cellHeight: (size.height - 2 - (isTiny ? 0 : axisHeight)) / rows,
  }
}

/** The cell under a place; null beside them. */
export const cellAt = (layout: HeatLayout, x: number, y: number): { row: number; column: number } | null => {
  const column = Math.floor((x - layout.left) / layout.cellWidth)
  const row = Math.floor((y - layout.top) / layout.cellHeight)
  return column >= 0 && column < layout.columns && row >= 0 && row < layout.rows ? { row, column } : null
}

type Paint = {
  context: CanvasRenderingContext2D
  grid: HeatGrid
  layout: HeatLayout
  theme: ChartTheme
  color: (value: number) => string
  showValues: boolean
  decimals: number | null
  locale: string
  timeZone: string
}

const leastForText = { width: 30, height: 14 }
/** Gaps between cells that are hardly larger would be all that is seen. */
const leastForGap = 5

export const paint = (p: Paint, size: { width: number; height: number }): void => {
  const { context, grid, layout, theme } = p
  context.clearRect(0, 0, size.width, size.height)
  context.textBaseline = 'middle'
  context.font = `11px ${theme.font}`
  if (grid.values.every(Number.isNaN)) return
  const gapX = layout.cellWidth > leastForGap ? 1 : 0
  const gapY = layout.cellHeight > leastForGap ? 1 : 0
  const hasText = p.showValues && layout.cellWidth >= leastForText.width && layout.cellHeight >= leastForText.height
  for (let row = 0; row < layout.rows; row++) {
    for (let column = 0; column < layout.columns; column++) {
      const value = grid.values[row * layout.columns + column] ?? Number.NaN
      const x = layout.left + column * layout.cellWidth
      const y = layout.top + row * layout.cellHeight
      const fill = Number.isNaN(value) ? theme.tokens.hover : p.color(value)
      context.globalAlpha = Number.isNaN(value) ? 0.5 : 1
      context.fillStyle = fill
      context.fillRect(x, y, Math.max(0.5, layout.cellWidth - gapX), Math.max(0.5, layout.cellHeight - gapY))
      context.globalAlpha = 1
      if (hasText && !Number.isNaN(value)) {
        context.fillStyle = inkOn(fill)
        context.textAlign = 'center'
        context.fillText(axisNumber(value, p.decimals, p.locale), x + layout.cellWidth / 2, y + layout.cellHeight / 2)
      }
    }
  }
  if (layout.left > 0) paintAxes(p, size)
}

const inkOn = (fill: string): string => {
  const parsed = parseColor(fill)
  const white = { r: 255, g: 255, b: 255, a: 1 }
  return parsed && contrast(white, parsed) >= 4.5 ? '#ffffff' : '#000000'
}

const paintAxes = ({ context, grid, layout, theme, locale, timeZone }: Paint, size: { height: number }): void => {
  context.fillStyle = theme.tokens['ink-3']
  context.textAlign = 'right'
  const everyRow = Math.max(1, Math.ceil(13 / layout.cellHeight))
  for (const [row, name] of grid.rows.entries()) {
    if (row % everyRow !== 0) continue
    const most = Math.floor((layout.left - 10) / letter)
    const text = name.length > most + 1 ? `${name.slice(0, Math.max(1, most))}…` : name
    context.fillText(text, layout.left - 8, layout.top + (row + 0.5) * layout.cellHeight)
  }
  const span = (grid.columns.at(-1) ?? 0) - (grid.columns[0] ?? 0)
  const pattern = grid.isHoursByDays || span > 2 * 86_400_000 ? 'MMM d' : 'HH:mm'
  const everyColumn = Math.max(1, Math.ceil(56 / layout.cellWidth))
  for (let column = 0; column < layout.columns; column += everyColumn) {
    const ts = grid.columns[column]
    if (ts === undefined) continue
    const text = formatPattern(ts, pattern, { locale, timeZone })
    const isCentred = grid.isHoursByDays
    context.textAlign = isCentred ? 'center' : 'left'
    context.fillText(text, layout.left + (column + (isCentred ? 0.5 : 0)) * layout.cellWidth, size.height - 8)
  }
}
