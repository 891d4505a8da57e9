'use client'
import { keyLabel } from '../../format.ts'
import { ProblemMark } from '../../style/ground.tsx'
import { isNeutral, markColor, textColor, trackColor } from '../../style/ground-colors.ts'
import { parseColor } from '../../style/rgb.ts'
import { useColors } from '../../style/use-colors.ts'
import type { WidgetSeries, WidgetViewProps } from '../../widget.ts'
import { FirstValue } from '../value-card/first.tsx'
import { CardClick } from '../value-card/parts.tsx'
import { readingOf } from '../value-card/reading.ts'
import { sourcesIn } from '../../style/value-sources.ts'
import { DigitalArc } from './digital-arc.tsx'
import { DigitalBar } from './digital-bar.tsx'
import { textsOf, tickShares } from './digital-look.ts'
import type { DigitalGaugeSettings } from './digital-settings.ts'
import { Meter } from './meter.tsx'
import { endsOf, placeOf } from './scale.ts'

type Props = WidgetViewProps<DigitalGaugeSettings>

/** Gauges that show a value as the filled part of an arc, a ring or a bar. */
export const DigitalGauge = (p: Props) => (
  <FirstValue state={p.state} noData={p.texts.noData}>
    {(ready) => <Gauge {...p} {...ready} />}
  </FirstValue>
)

const Gauge = (p: Props & { series: WidgetSeries; all: readonly WidgetSeries[]; isStale: boolean }) => {
  const { settings } = p
  const series = withOwn(p.series, settings)
  const reading = readingOf(series, p.locale)
  const ends = endsOf(settings.minValue, settings.maxValue)
  const lookup = sourcesIn(p.state)
  // A gradient runs over the scale of the gauge, whatever ends of its own it has.
  const barColor = {
    ...settings.barColor,
    gradient: { ...settings.barColor.gradient, minValue: ends.min, maxValue: ends.max },
  }
  const { colors, problem } = useColors({ bar: barColor }, reading.value, lookup)
  const place = placeOf(reading.number, ends.min, ends.max)
  const bar =
    reading.look.background || reading.look.color || colors.bar || settings.defaultColor || series.dataKey.color || ''
  const valueInk = inkOf(reading.look.color ?? settings.valueFont.color, 'var(--tw-ink)', p.theme)
  const Drawing =
    settings.gaugeType === 'horizontalBar' || settings.gaugeType === 'verticalBar' ? DigitalBar : DigitalArc
  const label = keyLabel(series.dataKey, series.entity.name)
  return (
    <div className="relative size-full overflow-hidden">
      <CardClick entity={series.entity} label={label} />
      <Meter label={label} reading={reading} place={place} min={ends.min} max={ends.max} className="size-full">
        <Drawing
          size={p.size}
          settings={settings}
          reading={reading}
          place={place}
          ends={ends}
          locale={p.locale}
          texts={textsOf(settings, series, reading.ts, p)}
          ticks={tickShares(settings, ends, lookup)}
          colors={{
            bar: p.isStale ? 'var(--tw-ink-3)' : markColor(bar, p.theme),
            track: trackColor(settings.gaugeColor, p.theme),
            value: p.isStale || (reading.number === null && reading.look.text === null) ? 'var(--tw-ink-3)' : valueInk,
            quiet: 'var(--tw-ink-3)',
          }}
        />
      </Meter>
      {problem ? <ProblemMark problem={problem} /> : null}
    </div>
  )
}

/** Decimals and units of the gauge stand in for those that the key has not. */
const withOwn = (series: WidgetSeries, { decimals, units }: DigitalGaugeSettings): WidgetSeries =>
  (series.dataKey.decimals ?? decimals) === series.dataKey.decimals && (series.dataKey.units || !units)
    ? series
    : {
        ...series,
        dataKey: {
          ...series.dataKey,
          decimals: series.dataKey.decimals ?? decimals,
          units: series.dataKey.units || units,
        },
      }

/** Greys of files follow the theme; colours that somebody chose stay, as far as they can be read. */
const inkOf = (color: string, fallback: string, theme: 'light' | 'dark') => {
  const parsed = parseColor(color)
  return !parsed || isNeutral(parsed) ? fallback : textColor(color, theme)
}
