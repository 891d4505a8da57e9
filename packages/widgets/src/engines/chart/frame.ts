import type { TimeRange, WidgetSeries } from '../../widget.ts'
import type { ChartAxis, ChartSeries } from './arrange.ts'
import type { Course } from './course.ts'
import type { ChartSettings } from './settings.ts'
import type { ChartTheme } from './theme.ts'
import type { Formats } from './use-formats.ts'

export type RangeColor = { from: number | null; to: number | null; color: string }

/** How values of other widgets than a plain chart are drawn. */
export type ChartLook = {
  /** Lines in the colours of what they cross. */
  ranges?: { pieces: readonly RangeColor[]; outside: string }
  /** Value and name inside each bar. */
  barText?: { showLabel: boolean; showValue: boolean }
}

/** All that one picture is made of. */
export type Frame = {
  list: readonly ChartSeries[]
  axes: readonly ChartAxis[]
  courses: ReadonlyMap<string, Course>
  hidden: ReadonlySet<string>
  /** What the x axis shows. */
  range: TimeRange
  /** What the x axis of the series compared with shows. */
  comparison: TimeRange | null
  /** It is drawn for a moment only, while the range is being changed: fewer points do. */
  isPassing: boolean
  interval: number
  size: { width: number; height: number }
  theme: ChartTheme
  locale: string
  timeZone: string
  settings: ChartSettings
  look: ChartLook
  /** Newest values of keys beside the series. */
  besides: readonly WidgetSeries[]
  formats: Formats
}

export const isShown = (frame: Pick<Frame, 'hidden'>, item: ChartSeries): boolean => !frame.hidden.has(item.series.id)
