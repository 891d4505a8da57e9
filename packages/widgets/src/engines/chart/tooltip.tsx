'use client'
import type { CSSProperties } from 'react'
import { formatDate } from '../../style/date-format.ts'
import { fontPx, type Font } from '../../style/font.ts'
import { textColor } from '../../style/ground-colors.ts'
import { valueLook } from '../../style/value-look.ts'
import type { Frame } from './frame.ts'
import { bucketAt, type Hover, type Reading } from './hover.ts'
import { closeNumber, withUnit } from './numbers.ts'
import { stateName } from './states.ts'
import { formattedText } from './use-formats.ts'
import type { ChartWords } from './words.ts'

/** More rows than fit beside a pointer help nobody: the largest are told. */
const mostRows = 14

type Props = { frame: Frame; hover: Hover; age: (ts: number) => string; words: ChartWords; focused: string | null }

const fontOf = (font: Font, color: string, scheme: 'light' | 'dark'): CSSProperties => ({
  fontSize: Math.max(10, Math.min(20, fontPx(font))),
  fontWeight: font.weight === 'normal' ? 400 : font.weight,
  color: textColor(color, scheme),
})

/** What the newest values beside the series are, as functions of files expect them. */
const latestData = (frame: Frame): Record<string, unknown> =>
  Object.fromEntries(
    frame.besides.map((series) => [series.dataKey.label || series.dataKey.name, series.points.at(-1)?.[1] ?? null]),
  )

const valueText = (frame: Frame, { item, value }: Reading): string => {
  const code = item.settings.tooltipValueFormatter ?? frame.settings.tooltipValueFormatter
  const made = formattedText(
    frame.formats.get(
      code,
      ['value', 'latestData', 'units', 'decimals'],
      [value, latestData(frame), item.units ?? '', item.decimals ?? null],
    ),
  )
  return (
    made ??
    valueLook(value, item.series.dataKey).text ??
    stateName(frame.settings.states, value) ??
    withUnit(closeNumber(value, item.decimals, frame.locale), item.units)
  )
}

const dateText = (frame: Frame, reading: Reading, age: (ts: number) => string): string => {
  const { tooltipDateFormat: format, tooltipDateInterval } = frame.settings
  const place = { locale: frame.locale, timeZone: frame.timeZone, age }
  if (frame.interval <= 0 || reading.item.isStepped) return formatDate(reading.ts, format, place)
  if (!tooltipDateInterval) return formatDate(reading.ts, format, { ...place, interval: frame.interval })
  const { startTs, endTs } = bucketAt(reading.ts, frame.interval)
  const from = formatDate(startTs, format, { ...place, interval: frame.interval })
  const to = formatDate(endTs - 1, format, { ...place, interval: frame.interval })
  return from === to ? from : `${from} – ${restOf(from, to)}`
}

/** The day is not told twice. */
const restOf = (from: string, to: string): string => {
  const [before, after] = [from.split(' '), to.split(' ')]
  const same = after.findIndex((word, index) => word !== before[index])
  return after.slice(same).join(' ')
}

const Group = ({ p, readings }: { p: Props; readings: readonly Reading[] }) => {
  const { settings, theme } = p.frame
  const [first] = readings
  if (!first) return null
  const sorted = readings.length > mostRows ? [...readings].sort((a, b) => b.value - a.value) : readings
  const rows = sorted.slice(0, mostRows)
  const total = readings.reduce((sum, one) => sum + one.value, 0)
  const units = new Set(readings.map((one) => one.item.units))
  const showsTotal = settings.stack && settings.tooltipStackedShowTotal && readings.length > 1
  return (
    <div className="flex flex-col gap-0.5">
      {settings.tooltipShowDate ? (
        <div
          className="tabular-nums"
          style={fontOf(settings.tooltipDateFont, settings.tooltipDateColor.replace('0.76', '0.4'), theme.scheme)}
        >
          {dateText(p.frame, first, p.age)}
        </div>
      ) : null}
      {rows.map((reading) => (
        <div key={reading.item.series.id} className="flex items-center gap-2 leading-5">
          <span
            aria-hidden
            className="h-0.75 w-3 shrink-0 rounded-full"
            style={{ background: reading.item.color, opacity: reading.item.isComparison ? 0.6 : 1 }}
          />
          <span
            className="max-w-56 truncate"
            style={fontOf(settings.tooltipLabelFont, settings.tooltipLabelColor.replace('0.76', '0.6'), theme.scheme)}
          >
            {reading.item.label}
          </span>
          <span
            className="ml-auto pl-4 whitespace-nowrap tabular-nums"
            style={fontOf(
              settings.tooltipValueFont,
              valueLook(reading.value, reading.item.series.dataKey).color ?? settings.tooltipValueColor,
              theme.scheme,
            )}
          >
            {valueText(p.frame, reading)}
          </span>
        </div>
      ))}
      {readings.length > mostRows ? <div className="text-xs text-ink-3">+ {readings.length - mostRows}</div> : null}
      {showsTotal ? (
        <div className="mt-0.5 flex gap-2 border-t pt-0.5 text-xs leading-5 font-semibold">
          <span>{p.words('sum')}</span>
          <span className="ml-auto pl-4 tabular-nums">
            {withUnit(
              closeNumber(total, first.item.decimals, p.frame.locale),
              units.size === 1 ? first.item.units : null,
            )}
          </span>
        </div>
      ) : null}
    </div>
  )
}

/** What stands beside the pointer. Names come from devices and people: they are text, never markup. */
export const ChartTooltip = (p: Props) => {
  const { settings } = p.frame
  const wanted = p.hover.readings.filter(
    ({ item, value }) =>
      (!settings.tooltipHideZeroValues || value !== 0) && (p.focused === null || item.series.id === p.focused),
  )
  if (wanted.length === 0) return null
  return (
    <div className="flex flex-col gap-2 rounded-lg bg-raised px-3 py-2 text-xs text-ink shadow-pop">
      <Group p={p} readings={wanted.filter(({ item }) => !item.isComparison)} />
      <Group p={p} readings={wanted.filter(({ item }) => item.isComparison)} />
    </div>
  )
}
