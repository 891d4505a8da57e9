import type { DashboardConfiguration, WidgetLayout } from '@thingwire/contracts'

export type Placed = { id: string; column: number; row: number; columns: number; rows: number }
export type Grid = { columns: number; rows: number; items: Placed[]; fillsHeight: boolean; gap: number }

type State = DashboardConfiguration['states'][string]

/** The state to show: the asked one when it exists, else the root, else the first. */
export const findState = (
  configuration: DashboardConfiguration,
  asked: string | null,
): { id: string; state: State } | null => {
  const entries = Object.entries(configuration.states)
  const found = entries.find(([id]) => id === asked) ?? entries.find(([, state]) => state.root) ?? entries[0]
  return found ? { id: found[0], state: found[1] } : null
}

const byPlace = (a: WidgetLayout, b: WidgetLayout) => a.row - b.row || a.col - b.col

/**
 * Order on a phone: by `mobileOrder` where given, then by place. It is also the order of the markup, so that reading and
 * tabbing follow what is seen there.
 */
const phoneOrder = (a: WidgetLayout, b: WidgetLayout) =>
  (a.mobileOrder ?? Number.MAX_SAFE_INTEGER) - (b.mobileOrder ?? Number.MAX_SAFE_INTEGER) || byPlace(a, b)

/** Widgets of a state on their grid, in phone order; those the file places outside of the columns are pulled in. */
export const toGrid = (state: State, widgets: DashboardConfiguration['widgets']): Grid => {
  const { main } = state.layouts
  const { columns, margin } = main.gridSettings
  const items = Object.entries(main.widgets)
    .filter(([id]) => id in widgets)
    .sort(([, a], [, b]) => phoneOrder(a, b))
    .map(([id, layout]): Placed => {
      const width = Math.min(layout.sizeX, columns)
      return { id, column: Math.min(layout.col, columns - width), row: layout.row, columns: width, rows: layout.sizeY }
    })
  const rows = items.reduce((most, item) => Math.max(most, item.row + item.rows), 0)
  return { columns, rows, items, fillsHeight: main.gridSettings.autoFillHeight === true, gap: Math.min(margin, 12) }
}

const phoneRowPx = 52

/** Height on a phone, px: as the file says, else by the height on the grid within readable bounds. */
export const phoneHeight = (layout: WidgetLayout | undefined, rows: number): number =>
  Math.min(420, Math.max(112, (layout?.mobileHeight ?? rows) * phoneRowPx))
