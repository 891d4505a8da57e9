import { type Aggregation, aggregations, type Timewindow } from '@thingwire/contracts'
import type { TimeWindow } from '../../live/series-plan.ts'

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
type Unit = keyof typeof units

const longestMs = 5 * 365 * units.d

/** Choices of the picker, as they stand in the URL. */
export const windowPresets = ['1m', '5m', '15m', '1h', '6h', '12h', '1d', '7d', '30d'] as const

/** `15m`, or `start~end` in epoch ms. Anything else is null. */
export const parseWindow = (text: string | null): TimeWindow | null => {
  const last = /^(\d{1,6})([smhd])$/.exec(text ?? '')
  if (last) {
    const durationMs = Number(last[1]) * units[last[2] as Unit]
    return durationMs >= 1_000 && durationMs <= longestMs ? { kind: 'last', durationMs } : null
  }
  const fixed = /^(\d{1,14})~(\d{1,14})$/.exec(text ?? '')
  if (!fixed) return null
  const [startTs, endTs] = [Number(fixed[1]), Number(fixed[2])]
  return endTs > startTs && endTs - startTs <= longestMs ? { kind: 'fixed', startTs, endTs } : null
}

export const formatWindow = (window: TimeWindow): string => {
  if (window.kind === 'fixed') return `${window.startTs}~${window.endTs}`
  const { durationMs } = window
  const unit = (['d', 'h', 'm'] as const).find((name) => durationMs % units[name] === 0) ?? 's'
  return `${Math.max(1, Math.round(durationMs / units[unit]))}${unit}`
}

export const defaultWindow: TimeWindow = { kind: 'last', durationMs: 15 * units.m }

export type WindowChoice = { window: TimeWindow; agg: Aggregation; limit: number }

const defaultLimit = 5_000

/** The window a dashboard or widget file asks for, in ThingsBoard's words. */
export const fromFile = (file: Timewindow | undefined): WindowChoice => {
  const agg = file?.aggregation?.type ?? 'AVG'
  const limit = Math.min(50_000, file?.aggregation?.limit ?? defaultLimit)
  if (!file) return { window: defaultWindow, agg, limit }
  if (file.selectedTab === 1 && file.history) {
    const fixed = file.history.fixedTimewindow
    if (file.history.historyType === 1 && fixed && fixed.endTimeMs > fixed.startTimeMs) {
      return { window: { kind: 'fixed', startTs: fixed.startTimeMs, endTs: fixed.endTimeMs }, agg, limit }
    }
    if (file.history.timewindowMs)
      return { window: { kind: 'last', durationMs: file.history.timewindowMs }, agg, limit }
  }
  const durationMs = file.realtime?.timewindowMs
  return { window: durationMs ? { kind: 'last', durationMs } : defaultWindow, agg, limit }
}

/** The URL's wish over the file's. */
export const choose = (url: { w: string | null; agg: string | null }, file: WindowChoice): WindowChoice => ({
  window: parseWindow(url.w) ?? file.window,
  agg: aggregations.find((agg) => agg === url.agg) ?? file.agg,
  limit: file.limit,
})

/** How often the right edge has to move on so that nobody sees it step, ms. */
export const tickMs = (durationMs: number): number => Math.min(30_000, Math.max(1_000, durationMs / 600))
