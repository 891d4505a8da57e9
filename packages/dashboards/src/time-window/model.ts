import type { Aggregation } from '@thingwire/contracts'

/** The presets that name a calendar span, as dashboard files write them. */
export const quickIntervals = [
  'YESTERDAY',
  'DAY_BEFORE_YESTERDAY',
  'THIS_DAY_LAST_WEEK',
  'PREVIOUS_WEEK',
  'PREVIOUS_WEEK_ISO',
  'PREVIOUS_MONTH',
  'PREVIOUS_QUARTER',
  'PREVIOUS_HALF_YEAR',
  'PREVIOUS_YEAR',
  'CURRENT_HOUR',
  'CURRENT_DAY',
  'CURRENT_DAY_SO_FAR',
  'CURRENT_WEEK',
  'CURRENT_WEEK_ISO',
  'CURRENT_WEEK_SO_FAR',
  'CURRENT_WEEK_ISO_SO_FAR',
  'CURRENT_MONTH',
  'CURRENT_MONTH_SO_FAR',
  'CURRENT_QUARTER',
  'CURRENT_QUARTER_SO_FAR',
  'CURRENT_HALF_YEAR',
  'CURRENT_HALF_YEAR_SO_FAR',
  'CURRENT_YEAR',
  'CURRENT_YEAR_SO_FAR',
] as const
export type QuickInterval = (typeof quickIntervals)[number]

/** Which stretch of time is looked at. Times are epoch ms. */
export type WindowSpan =
  | { kind: 'last'; durationMs: number }
  | { kind: 'quick'; interval: QuickInterval }
  | { kind: 'fixed'; startTs: number; endTs: number }
  | { kind: 'all' }

/** Buckets of a number of ms, or those of the calendar in the window's zone. */
export type GroupInterval = number | 'WEEK' | 'WEEK_ISO' | 'MONTH' | 'QUARTER'

/** What a dashboard or a widget looks at, and how points are folded. */
export type TimeWindowModel = {
  /** `realtime` moves on by itself; `history` stands still until somebody asks anew. */
  mode: 'realtime' | 'history'
  span: WindowSpan
  aggregation: Aggregation
  /** Most raw points of a key where nothing is folded. */
  limit: number
  /** Null: by the length of the span. */
  interval: GroupInterval | null
  /** IANA name; null: the viewer's. */
  timeZone: string | null
}
