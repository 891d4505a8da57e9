import { flagOf, isRecord, type JsonRecord, numberOf, recordOf, textOf, within } from '../read.ts'
import {
  breakpointIds,
  type DashboardLayout,
  type DashboardWidget,
  type GridSettings,
  type LayoutDimension,
  type LayoutGrid,
  type LayoutItem,
} from './model.ts'
import type { Remarks } from './remarks.ts'

type Widgets = ReadonlyMap<string, DashboardWidget>

const mostColumns = 1_008
const mostRows = 20_000
const defaultSize = { sizeX: 8, sizeY: 5 }

const whole = (value: unknown, least: number, most: number): number | null => {
  const number = numberOf(value)
  return number === null ? null : within(Math.round(number), least, most)
}

/** Files have sizes of 0, and show such a widget one cell high. */
const sizeOf = (value: unknown): number | null => {
  const number = numberOf(value)
  return number !== null && number >= 0 ? number : null
}

const readDimension = (file: unknown): LayoutDimension | null => {
  if (!isRecord(file)) return null
  if (file.type === 'fixed') {
    const fixedWidth = whole(file.fixedWidth, 50, 4_000) ?? 150
    return { type: 'fixed', fixedLayout: file.fixedLayout === 'right' ? 'right' : 'main', fixedWidth }
  }
  return { type: 'percentage', leftWidthPercentage: within(numberOf(file.leftWidthPercentage) ?? 50, 10, 90) }
}

/** The grid of a layout, with what it is where the file says nothing. */
export const readGrid = (file: unknown): GridSettings => {
  const grid = recordOf(file)
  const olderMargin = Array.isArray(grid.margins) ? grid.margins[0] : undefined
  const layoutType = (['default', 'scada', 'divider'] as const).find((one) => one === grid.layoutType) ?? 'default'
  // The parts of a plant meet, whatever margin the file keeps from before it was one.
  const isPlant = layoutType === 'scada'
  const isList = grid.viewFormat === 'list'
  return {
    layoutType,
    columns: whole(grid.columns, 1, mostColumns) ?? 24,
    minColumns: whole(grid.minColumns, 1, mostColumns),
    // Files have a `rowHeight` of 70 everywhere, and mean only lists by it.
    cellHeight: whole(grid.cellHeight, 1, 1_000),
    margin: isPlant ? 0 : within(numberOf(olderMargin) ?? numberOf(grid.margin) ?? 10, 0, 50),
    outerMargin: !isPlant && (flagOf(grid.outerMargin) ?? true),
    viewFormat: isList ? 'list' : 'grid',
    backgroundColor: textOf(grid.backgroundColor),
    backgroundImageUrl: textOf(grid.backgroundImageUrl),
    backgroundSizeMode: textOf(grid.backgroundSizeMode),
    autoFillHeight: !isPlant && (flagOf(grid.autoFillHeight) ?? false),
    mobileAutoFillHeight: flagOf(grid.mobileAutoFillHeight) ?? false,
    mobileRowHeight: (isList ? whole(grid.rowHeight, 5, 200) : null) ?? whole(grid.mobileRowHeight, 5, 200) ?? 70,
    mobileDisplayLayoutFirst: flagOf(grid.mobileDisplayLayoutFirst) ?? false,
    layoutDimension: readDimension(grid.layoutDimension),
    mayOverlap: recordOf(grid.thingwire).placement === 'free',
  }
}

/** Where something lies along one side of the grid. */
type Stretch = { start: number; size: number }

/** Drawn by hand, places may have fractions: both ends are rounded, so that neighbours still touch and nothing overlaps. */
const stretchOf = (start: number, size: number, most: number): Stretch => {
  const from = within(start, 0, most)
  const rounded = Math.round(from)
  return { start: rounded, size: within(Math.round(from + size) - rounded, 1, most) }
}

/** A place on the grid; what the layout leaves open, the widget itself may say. */
const readItem = (widget: DashboardWidget, file: JsonRecord, path: string, remarks: Remarks): LayoutItem => {
  const { raw } = widget
  const config = recordOf(raw.config)
  const [sizeX, sizeY] = [sizeOf(file.sizeX) ?? sizeOf(raw.sizeX), sizeOf(file.sizeY) ?? sizeOf(raw.sizeY)]
  if (sizeX === null || sizeY === null) remarks.note(path, 'repaired', 'a place without a size')
  const across = stretchOf(numberOf(file.col) ?? numberOf(raw.col) ?? 0, sizeX ?? defaultSize.sizeX, mostColumns)
  const down = stretchOf(numberOf(file.row) ?? numberOf(raw.row) ?? 0, sizeY ?? defaultSize.sizeY, mostRows)
  return {
    widgetId: widget.id,
    sizeX: across.size,
    sizeY: down.size,
    col: across.start,
    row: down.start,
    mobileOrder: whole(file.mobileOrder, 0, 1e6) ?? whole(config.mobileOrder, 0, 1e6),
    mobileHeight: whole(file.mobileHeight, 1, 1_000) ?? whole(config.mobileHeight, 1, 1_000),
    mobileHide: flagOf(file.mobileHide) ?? flagOf(config.mobileHide) ?? false,
    desktopHide: flagOf(file.desktopHide) ?? flagOf(config.desktopHide) ?? false,
    resizable: flagOf(file.resizable) ?? flagOf(config.resizable) ?? true,
    preserveAspectRatio: flagOf(file.preserveAspectRatio) ?? flagOf(config.preserveAspectRatio) ?? false,
    layer: whole(recordOf(file.thingwire).layer, -10_000, 10_000) ?? 0,
  }
}

const readLayoutGrid = (file: unknown, widgets: Widgets, path: string, remarks: Remarks): LayoutGrid => {
  const layout = recordOf(file)
  const items = Object.entries(recordOf(layout.widgets)).flatMap(([id, place]): LayoutItem[] => {
    const widget = widgets.get(id)
    const at = `${path}.widgets.${id}`
    if (!widget) {
      remarks.note(at, 'left out', 'a place of a widget that is not there')
      return []
    }
    if (!isRecord(place)) remarks.note(at, 'repaired', 'not a place')
    return [readItem(widget, recordOf(place), at, remarks)]
  })
  return { grid: readGrid(layout.gridSettings), items }
}

export const readLayout = (file: unknown, widgets: Widgets, path: string, remarks: Remarks): DashboardLayout => {
  const breakpoints = recordOf(recordOf(file).breakpoints)
  const own = breakpointIds.flatMap((id) =>
    isRecord(breakpoints[id])
      ? [[id, readLayoutGrid(breakpoints[id], widgets, `${path}.breakpoints.${id}`, remarks)] as const]
      : [],
  )
  return { ...readLayoutGrid(file, widgets, path, remarks), breakpoints: Object.fromEntries(own) }
}

/** The layout of a file from before there were states: widgets carry their places themselves. */
export const layoutOfWidgets = (widgets: Widgets, remarks: Remarks): DashboardLayout => ({
  grid: readGrid(undefined),
  items: [...widgets.values()].map((widget) => readItem(widget, {}, `widgets.${widget.id}`, remarks)),
  breakpoints: {},
})
