import type { DataKey } from '@thingwire/contracts'
import type { WidgetAction } from '../actions/model.ts'
import type { AliasDefinition } from '../aliases/model.ts'
import type { FilterDefinition } from '../filters/model.ts'
import type { FunctionSource } from '../functions/source.ts'
import type { JsonRecord } from '../read.ts'
import type { Comparison } from '../time-window/range.ts'
import type { TimeWindowModel } from '../time-window/model.ts'
import type { UnitSetting } from '../units/model.ts'

/** A key of a datasource. `units` is that of the data; `unitSetting` says into what it is turned. */
export type DashboardDataKey = DataKey & {
  unitSetting: UnitSetting | null
  /** Of a `function` key: makes demonstration data. */
  funcBody: FunctionSource | null
  /** `(time, value, prevValue, timePrev, prevOrigValue) => value`; null: values are shown as they are. */
  postFuncBody: FunctionSource | null
  /** Of latest values: what is made of the points of the window; null: the newest point. */
  aggregation: 'MIN' | 'MAX' | 'AVG' | 'SUM' | 'COUNT' | null
  /** Of an aggregated latest value. */
  comparison: {
    by: Comparison
    customMs: number | null
    result: 'PREVIOUS_VALUE' | 'DELTA_ABSOLUTE' | 'DELTA_PERCENT'
  } | null
}

/** Alarms that are counted or listed; empty lists: any. */
export type AlarmFilter = {
  statusList: readonly string[]
  severityList: readonly string[]
  typeList: readonly string[]
  searchPropagatedAlarms: boolean
  assigneeId: string | null
  assignedToCurrentUser: boolean
}

export type DashboardDatasource = {
  type: 'entity' | 'device' | 'function' | 'entityCount' | 'alarmCount'
  name: string
  entityAliasId: string | null
  deviceId: string | null
  /** The dashboard's filter that narrows the alias. */
  filterId: string | null
  alarmFilter: AlarmFilter
  dataKeys: readonly DashboardDataKey[]
  /** Newest values that stand beside a time series. */
  latestDataKeys: readonly DashboardDataKey[]
}

export type TargetDevice = { deviceId: string } | { entityAliasId: string }

/** The card around a widget, as the file sets it; null: as our look has it. */
export type WidgetCard = {
  title: string
  showTitle: boolean
  titleFont: JsonRecord | null
  titleColor: string | null
  titleStyle: JsonRecord
  titleTooltip: string | null
  titleIcon: string | null
  showTitleIcon: boolean
  iconColor: string | null
  iconSize: string | null
  dropShadow: boolean
  enableFullscreen: boolean
  color: string | null
  backgroundColor: string | null
  padding: string | null
  margin: string | null
  borderRadius: string | null
  widgetStyle: JsonRecord
  widgetCss: string | null
}

export const widgetKinds = ['timeseries', 'latest', 'rpc', 'alarm', 'static'] as const
export type WidgetKind = (typeof widgetKinds)[number]

export type DashboardWidget = {
  id: string
  /** `system.x`, `tenant.x` or a name of ours; empty where the file names none. */
  typeFullFqn: string
  kind: WidgetKind
  card: WidgetCard
  /** Null: the dashboard's window. */
  timeWindow: TimeWindowModel | null
  /** Whether the widget's own window stands in its header. */
  displayTimewindow: boolean
  units: string | null
  unitSetting: UnitSetting | null
  decimals: number | null
  noDataMessage: string | null
  /** Most entities; null: as the kind of widget has it. */
  pageSize: number | null
  settings: JsonRecord
  actions: readonly WidgetAction[]
  datasources: readonly DashboardDatasource[]
  alarmSource: DashboardDatasource | null
  alarmFilter: AlarmFilter
  target: TargetDevice | null
  /** The widget as it stands in the file. */
  raw: JsonRecord
}

/** Where a widget stands in a layout: in columns and rows of its grid. */
export type LayoutItem = {
  widgetId: string
  sizeX: number
  sizeY: number
  col: number
  row: number
  mobileOrder: number | null
  /** In mobile rows. */
  mobileHeight: number | null
  mobileHide: boolean
  desktopHide: boolean
  resizable: boolean
  preserveAspectRatio: boolean
  /** Higher ones are drawn over lower ones. */
  layer: number
}

/** Of the state's two panes: how the right one shares the width with the main one. */
export type LayoutDimension =
  | { type: 'percentage'; leftWidthPercentage: number }
  | { type: 'fixed'; fixedLayout: 'main' | 'right'; fixedWidth: number }

export type GridSettings = {
  layoutType: 'default' | 'scada' | 'divider'
  columns: number
  minColumns: number | null
  /** Of a row, px; null: by the width of a column. */
  cellHeight: number | null
  margin: number
  outerMargin: boolean
  viewFormat: 'grid' | 'list'
  backgroundColor: string | null
  backgroundImageUrl: string | null
  backgroundSizeMode: string | null
  autoFillHeight: boolean
  mobileAutoFillHeight: boolean
  mobileRowHeight: number
  mobileDisplayLayoutFirst: boolean
  layoutDimension: LayoutDimension | null
  /** Widgets lie over each other on purpose. */
  mayOverlap: boolean
}

export type LayoutGrid = { grid: GridSettings; items: readonly LayoutItem[] }
export const breakpointIds = ['xs', 'sm', 'md', 'lg', 'xl'] as const
export type BreakpointId = (typeof breakpointIds)[number]
/** `breakpoints` have positions and a grid of their own for the widths they name; others take the layout's. */
export type DashboardLayout = LayoutGrid & { breakpoints: Readonly<Partial<Record<BreakpointId, LayoutGrid>>> }

export type DashboardState = {
  id: string
  /** A pattern: `${entityName}`. */
  name: string
  isRoot: boolean
  layouts: { main: DashboardLayout; right: DashboardLayout | null }
}

export type DashboardSettings = {
  /** `entity`: a breadcrumb of states; `default`: a choice of states; another name counts as `entity`. */
  stateController: 'entity' | 'default'
  showTitle: boolean
  titleColor: string | null
  showDashboardsSelect: boolean
  showEntitiesSelect: boolean
  showFilters: boolean
  showDashboardTimewindow: boolean
  showDashboardExport: boolean
  showDashboardLogo: boolean
  dashboardLogoUrl: string | null
  toolbarAlwaysOpen: boolean
  hideToolbar: boolean
  dashboardCss: string | null
}

/**
 * A dashboard as the board draws it. Maps instead of records, because ids come from files: one called `constructor` is
 * an id like any other.
 */
export type DashboardDocument = {
  description: string | null
  timeWindow: TimeWindowModel
  settings: DashboardSettings
  widgets: ReadonlyMap<string, DashboardWidget>
  /** Never empty. */
  states: ReadonlyMap<string, DashboardState>
  rootStateId: string
  aliases: ReadonlyMap<string, AliasDefinition>
  filters: ReadonlyMap<string, FilterDefinition>
  /** The configuration as it came: what is exported and saved. */
  raw: unknown
}

/** Something in a document that was not as it should be, and what was made of it. */
export type DocumentRemark = {
  /** `widgets.4f1c….config.datasources[0]` */
  path: string
  /** `upgraded`: an old form, read in full. `repaired`: something was filled in. `left out`: it is not shown. */
  outcome: 'upgraded' | 'repaired' | 'left out'
  problem: string
}
export type DocumentReport = { remarks: readonly DocumentRemark[] /** More remarks than are kept. */; more: number }
