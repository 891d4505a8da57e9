import type { TimeWindow } from '../../live/time-window.ts'

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
type Unit = keyof typeof units

const longestMs = 5 * 365 * units.d

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
