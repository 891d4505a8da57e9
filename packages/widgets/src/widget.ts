import type { DataKey, EntityId, LivePoint } from '@thingwire/contracts'
import type { ComponentType } from 'react'
import type { z } from 'zod'
import type { ControlPlan, ControlState } from './control.ts'

/**
 * What the host asks the server for.
 * - `none`: nothing.
 * - `latest`: the newest point of each key of each entity (or what the key's aggregation makes of the window).
 * - `series`: points over the time window, and the newest of the datasource's `latestDataKeys`.
 * - `page`: nothing by itself; the view turns pages of entities through the host's `entities` port.
 * - `alarms`: the same through its `alarms` port.
 * - `control`: what `control` plans, of the target device or entity; `series` then holds the newest of datasources, if any.
 */
export type WidgetData = 'none' | 'latest' | 'series' | 'page' | 'alarms' | 'control'

/** What can be said about how values are written, as far as a view heeds it; `looks`: value mappings and colour rules. */
export const valueSettings = ['units', 'decimals', 'looks'] as const
export type ValueSetting = (typeof valueSettings)[number]

/** Everything about a widget that is data; nothing here draws or fetches. */
export type WidgetManifest<S extends z.ZodType = z.ZodType> = {
  /** Our name, kebab-case, equal to the folder's. */
  type: string
  /** ThingsBoard's fully qualified names without the `system.` prefix, also of deprecated widgets this one stands in for. */
  fqns: readonly string[]
  name: string
  description: string
  data: WidgetData
  /** Parses the settings of a dashboard file, filling in defaults; unknown members are dropped. */
  settings: S
  /** The same for `settings` of each data key. */
  keySettings?: z.ZodType
  /** Makes settings of an older widget that this one stands in for (`fqn` without prefix) into today's; before `settings`. */
  upgrade?: (settings: Readonly<Record<string, unknown>>, fqn: string) => Record<string, unknown>
  /**
   * How points of `series` are read. `thinned`: raw points that are too many for a picture come as those that draw the
   * same line, extremes kept; for widgets that draw them, not for those that list or pair them. `withPrevious`: the last
   * point before the window comes first, for what holds its value until the next one. `marksMoment`: while the past is looked
   * at the view marks the host's `moment` in its picture; others are given no points after it.
   */
  points?: { thinned?: boolean; withPrevious?: boolean; marksMoment?: boolean }
  /** The same for older settings of a data key. */
  upgradeKey?: (settings: Readonly<Record<string, unknown>>) => Record<string, unknown>
  /**
   * Completes settings by what only stored files or large lists tell, before `control` and the view get them. `read` gives
   * the text of a stored image.
   */
  prepare?(settings: z.output<S>, read: (link: string) => Promise<string>): Promise<z.output<S>>
  /** Where it differs from what its kind of data usually has; see `valueSettingsOf`. */
  values?: readonly ValueSetting[]
  /** For widgets that command a device: what they read and write, by their settings. */
  control?(settings: z.output<S>): ControlPlan
  /** Sources of actions that the view offers beside the header's buttons: `rowClick`, `cardClick`, … */
  actionSources?: readonly string[]
  limits?: {
    /** Only the first entity, datasource or key of so many counts. */
    entities?: number
    datasources?: number
    keys?: number
    /** It has something to show without a datasource. */
    datasourcesOptional?: boolean
  }
  /** In columns of a 24-column grid and in rows. */
  size: { columns: number; rows: number; minColumns: number; minRows: number }
}

/** Which settings of values show in a widget: all of them in those of newest values and series, none in others, unless they say so. */
export const valueSettingsOf = ({ values, data }: Pick<WidgetManifest, 'values' | 'data'>): readonly ValueSetting[] =>
  values ?? (data === 'latest' || data === 'series' ? valueSettings : [])

export const defineWidget = <S extends z.ZodType>(manifest: WidgetManifest<S>) => manifest

export type WidgetEntity = {
  id: EntityId
  name: string
  /** Empty where there is none. */
  label: string
  /** Name of its profile, or its kind. */
  type: string
}

/** One key of one entity. `latest` widgets get at most one point. */
export type WidgetSeries = {
  /** Stays the same as long as datasource, entity and key do. */
  id: string
  /** Index of the datasource in the widget; -1: of none, but of an alias that its settings refer to. */
  datasource: number
  /** Name of its alias, else its own. */
  datasourceName: string
  entity: WidgetEntity
  /** Units and decimals are those of the key, else of the widget. */
  dataKey: DataKey
  /** `beside`: newest value of a key next to a series; `comparison`: the same key over the time compared with, at its own times. */
  role: 'main' | 'beside' | 'comparison'
  /** Ascending. Values are as they are stored, or as the key's function made them. */
  points: readonly LivePoint[]
  /** What the key's own function failed with; the points are as they are stored then. */
  problem?: string
}

export type WidgetState =
  | { status: 'loading' }
  | { status: 'empty'; reason: string }
  | { status: 'failed'; reason: string; retry?: () => void }
  | {
      status: 'ready'
      series: readonly WidgetSeries[]
      /** Newest values that its settings refer to (limits, thresholds, ranges), of its own entities or of another alias. */
      sources?: readonly WidgetSeries[]
      /** Values stand still since then (epoch ms), because the connection is lost; null: they are live. */
      staleSince: number | null
      /** More entities match than are shown. */
      overflow?: { shown: number; total: number }
    }

export type WidgetTexts = {
  noData: string
  entity: string
  /** `ts` epoch ms → "12 s ago". */
  age: (ts: number) => string
  yes: string
  no: string
  on: string
  off: string
  unknown: string
  reading: string
  sending: string
  readAgain: string
  retry: string
  timedOut: string
}

/** Epoch ms. */
export type TimeRange = { startTs: number; endTs: number }

export type WidgetViewProps<Settings> = {
  settings: Settings
  state: WidgetState
  title: string
  /** Of the widget as a whole; a data key's own come with the key. */
  config: {
    units: string | null
    decimals: number | null
    fqn: string
    /** Keys of each datasource, for widgets that ask for pages themselves: what their columns are. */
    columns?: readonly (readonly DataKey[])[]
  }
  /** What the x axis shows. */
  window: TimeRange
  /** What series of role `comparison` lie in. */
  comparison?: TimeRange
  /** Bucket width in ms (of a calendar interval: its usual one); 0 for raw points. */
  interval: number
  /** IANA name. */
  timeZone: string
  size: { width: number; height: number }
  theme: 'light' | 'dark'
  texts: WidgetTexts
  locale: string
  /** Only for widgets whose data is `control`. */
  control?: ControlState
}

export type WidgetView<Settings> = ComponentType<WidgetViewProps<Settings>>

/** A named state for the gallery, tests and screenshots. */
export type WidgetCase = {
  name: string
  settings: Record<string, unknown>
  state: WidgetState
  window?: TimeRange
  comparison?: TimeRange
  interval?: number
  columns?: readonly (readonly DataKey[])[]
  control?: ControlState
  /** What the host's ports answer; those that are not named answer with nothing. */
  host?: Partial<import('./host/host.ts').WidgetHost>
}
