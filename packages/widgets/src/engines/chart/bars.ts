import type { ChartSettings } from './settings.ts'

type BarLayout = { barWidth: number; barGap: string }

const leastPx = 1

/**
 * How wide bars are, in px: as wide as their bucket, less the gaps. Raw points have no bucket and get what the file says.
 * @param groups bars side by side at one moment
 * @param msPerPx of the time axis
 */
export const barLayout = (p: {
  groups: number
  interval: number
  msPerPx: number
  plotWidth: number
  settings: Pick<ChartSettings, 'barWidthSettings' | 'noAggregationBarWidthSettings'>
}): BarLayout => {
  const { barGap, intervalGap } = p.settings.barWidthSettings
  const raw = p.settings.noAggregationBarWidthSettings
  const isRaw = p.interval <= 0
  const width = raw.strategy === 'separate' ? raw.barWidth : raw.groupWidth
  const whole = !isRaw
    ? p.interval / p.msPerPx
    : width.relative
      ? (p.plotWidth * width.relativeWidth) / 100
      : width.absoluteWidth / p.msPerPx
  if (isRaw && raw.strategy === 'separate') return { barWidth: Math.max(leastPx, whole), barGap: '-100%' }
  const count = Math.max(1, p.groups)
  const one = whole / (count + barGap * (count - 1) + intervalGap * 2)
  return { barWidth: Math.max(leastPx, one), barGap: `${Math.round(barGap * 100)}%` }
}
