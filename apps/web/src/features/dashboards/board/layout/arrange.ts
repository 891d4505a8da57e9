import {
  type BreakpointId,
  type DashboardLayout,
  type GridSettings,
  type LayoutGrid,
  type LayoutItem,
  withoutHidden,
} from '@thingwire/dashboards'
import { apart } from './apart.ts'

/** A widget on the grid, from 0. */
export type Placed = {
  id: string
  column: number
  row: number
  columns: number
  rows: number
  /** Higher ones are drawn over lower ones. */
  layer: number
  /** On a phone only this counts: px, or columns by rows where the file wants the same shape as on the desktop. */
  phoneHeight: number | { columns: number; rows: number }
}

export type Arrangement = {
  items: readonly Placed[]
  columns: number
  rows: number
  grid: GridSettings
  /** One below the other, as phones show it. */
  isList: boolean
}

/** Narrower than this, widgets stand one below the other. */
export const phoneWidth = 768

/** From which width of the window on; those of dashboard files. */
const breakpointWidths: readonly (readonly [BreakpointId, number])[] = [
  ['xl', 1_920],
  ['lg', 1_280],
  ['md', 960],
  ['sm', 600],
  ['xs', 0],
]

export const breakpointOf = (windowWidth: number): BreakpointId =>
  breakpointWidths.find(([, from]) => windowWidth >= from)?.[0] ?? 'xs'

/** The layout's own grid for windows of that width, else the one for all. */
const gridFor = (layout: DashboardLayout, windowWidth: number): { own: boolean; found: LayoutGrid } => {
  const own = layout.breakpoints[breakpointOf(windowWidth)]
  return own ? { own: true, found: own } : { own: false, found: layout }
}

const byPlace = (a: LayoutItem, b: LayoutItem) => a.row - b.row || a.col - b.col

/**
 * Order on a phone: by `mobileOrder` where given, then by place. It is also the order of the markup, so that reading and
 * tabbing follow what is seen there.
 */
const phoneOrder = (a: LayoutItem, b: LayoutItem) =>
  (a.mobileOrder ?? Number.MAX_SAFE_INTEGER) - (b.mobileOrder ?? Number.MAX_SAFE_INTEGER) || byPlace(a, b)

const usualColumns = 24
/** As wide as files may be. */
const mostColumns = 1_008
const leastPhoneHeight = 112
const mostPhoneHeight = 420
const usualRow = 56

/** As the file asks for it, else that of the desktop within what a phone can show. */
const phoneHeightOf = (item: LayoutItem, grid: GridSettings): Placed['phoneHeight'] => {
  if (item.mobileHeight !== null) return item.mobileHeight * grid.mobileRowHeight
  if (item.preserveAspectRatio) return { columns: Math.max(1, item.sizeX), rows: Math.max(1, item.sizeY) }
  const rows = (item.sizeY * usualColumns) / grid.columns
  return Math.round(Math.min(mostPhoneHeight, Math.max(leastPhoneHeight, rows * usualRow)))
}

/** Pulls in what the file places over the edge. */
const place = (item: LayoutItem, grid: GridSettings): Placed => {
  const columns = Math.min(Math.max(1, item.sizeX), grid.columns)
  return {
    id: item.widgetId,
    column: Math.min(Math.max(0, item.col), grid.columns - columns),
    row: Math.max(0, item.row),
    columns,
    rows: Math.max(1, item.sizeY),
    layer: item.layer,
    phoneHeight: phoneHeightOf(item, grid),
  }
}

/** As many columns as the file says, and more where a widget stands farther right: so files mean it. */
const widened = (grid: GridSettings, items: readonly LayoutItem[]): GridSettings => {
  const rightmost = items.reduce((most, { col, sizeX }) => Math.max(most, col + sizeX), grid.minColumns ?? grid.columns)
  return { ...grid, columns: Math.min(mostColumns, rightmost) }
}

/** Where the widgets of a layout stand in a window of that width, in phone order. */
export const arrange = (layout: DashboardLayout, windowWidth: number): Arrangement => {
  const { own, found } = gridFor(layout, windowWidth)
  const isPhone = windowWidth < phoneWidth
  const grid = widened(found.grid, found.items)
  // Who laid out a grid for this very width wants that grid, also on a phone; and a plant means nothing taken apart.
  const isList = grid.viewFormat === 'list' || (isPhone && !own && grid.layoutType !== 'scada')
  const placed = found.items
    .filter((item) => !(isPhone ? item.mobileHide : item.desktopHide))
    .toSorted(phoneOrder)
    .map((item) => place(item, grid))
  const items = grid.mayOverlap ? placed : apart(placed, grid.columns)
  return {
    items,
    columns: grid.columns,
    rows: rowsOf(items),
    grid,
    isList,
  }
}

const rowsOf = (items: readonly Placed[]) => items.reduce((most, item) => Math.max(most, item.row + item.rows), 0)

/** Without widgets that are not for the viewer: rows that only they stood in are closed, but not those of a plant. */
export const withoutWidgets = (arrangement: Arrangement, hidden: ReadonlySet<string>): Arrangement => {
  if (hidden.size === 0) return arrangement
  if (arrangement.grid.layoutType === 'scada')
    return { ...arrangement, items: arrangement.items.filter(({ id }) => !hidden.has(id)) }
  const items = withoutHidden(arrangement.items, ({ id }) => hidden.has(id))
  return { ...arrangement, items, rows: rowsOf(items) }
}

const leastTrack = 24

/**
 * Height from row to row, px, below which widgets could not be read: `least` and the gap, and less where the file has finer
 * columns than usual, of which its widgets span the more.
 */
export const leastPitch = (columns: number, gap: number, least = leastTrack): number =>
  (least + gap) * Math.min(1, usualColumns / columns)

/**
 * Between the columns of a fine grid there is no room for its gap: there `gap` is what the grid leaves free, and `inset`
 * what each widget leaves free of its place besides.
 */
export const gapsOf = (columns: number, innerWidth: number, wanted: number): { gap: number; inset: number } => {
  const pitch = (innerWidth + wanted) / columns
  const gap = pitch < 1.5 * wanted ? Math.max(0, Math.floor(pitch / 2)) : wanted
  return { gap, inset: wanted - gap }
}

/** Of a SCADA layout: below this its parts cannot be told apart, so it is moved about in the window instead. */
const leastPlantWidth = 720

/** How wide the grid is drawn in a window of that inner width, px. */
export const gridWidth = ({ grid }: Arrangement, innerWidth: number): number =>
  grid.layoutType === 'scada' ? Math.max(leastPlantWidth, innerWidth) : innerWidth

/**
 * Width of a column and height of a row for a board of that inner width, px. Cells are square unless the file says how
 * high its rows are; only in SCADA layouts, whose parts must fit each other, they stay so however small.
 */
export const trackSize = (arrangement: Arrangement, innerWidth: number): { column: number; row: number } => {
  const { grid, columns } = arrangement
  const column = Math.max(0, (innerWidth - (columns - 1) * grid.margin) / columns)
  if (grid.layoutType === 'scada') return { column, row: column }
  return { column, row: grid.cellHeight ?? Math.max(leastPitch(columns, grid.margin) - grid.margin, column) }
}
