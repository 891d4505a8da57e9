import type { DataKey, LivePoint } from '@thingwire/contracts'
import type { ComponentType } from 'react'
import type { z } from 'zod'
import type { ControlPlan, ControlState } from './control.ts'

/** Everything about a widget that is data; nothing here draws or fetches. */
export type WidgetManifest<S extends z.ZodType = z.ZodType> = {
  /** Our name, kebab-case, equal to the folder's. */
  type: string
  /** ThingsBoard's fully qualified names without the `system.` prefix, also of deprecated widgets this one stands in for. */
  fqns: readonly string[]
  name: string
  description: string
  /** `series`: points over the time window; `latest`: the newest point of each key; `control`: what `control` plans. */
  data: 'series' | 'latest' | 'control'
  /** For widgets that command a device: what they read and do, by their settings. */
  control?(settings: z.output<S>): ControlPlan
  /** Parses the settings of a dashboard file, filling in defaults; unknown members are dropped. */
  settings: S
  /** In columns of a 24-column grid and in rows. */
  size: { columns: number; rows: number; minColumns: number; minRows: number }
}

export const defineWidget = <S extends z.ZodType>(manifest: WidgetManifest<S>) => manifest

/** One key of one entity. `latest` widgets get at most one point. */
export type WidgetSeries = {
  id: string
  entityId: string
  entityName: string
  dataKey: DataKey
  /** Ascending. */
  points: readonly LivePoint[]
}

export type WidgetState =
  | { status: 'loading' }
  | { status: 'empty'; reason: string }
  | { status: 'failed'; reason: string }
  /** `staleSince`: values stand still since then (epoch ms), because the connection is lost. */
  | { status: 'ready'; series: readonly WidgetSeries[]; staleSince: number | null }

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
  timedOut: string
}

export type WidgetViewProps<Settings> = {
  settings: Settings
  state: WidgetState
  title: string
  /** What the x axis shows, epoch ms. */
  window: { startTs: number; endTs: number }
  /** Bucket width in ms; 0 for raw points. */
  interval: number
  size: { width: number; height: number }
  theme: 'light' | 'dark'
  texts: WidgetTexts
  locale: string
  /** Only for widgets whose data is `control`. */
  control?: ControlState
  /** Leads to the entity's own page; absent where there is none. */
  onOpenEntity?: (entityId: string) => void
}

export type WidgetView<Settings> = ComponentType<WidgetViewProps<Settings>>

/** A named state for the gallery, tests and screenshots. */
export type WidgetCase = {
  name: string
  settings: Record<string, unknown>
  state: WidgetState
  control?: ControlState
}
