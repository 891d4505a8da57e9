'use client'
import { Meter } from '../engines/gauge/meter.tsx'
import { endsOf, placeOf, tickText } from '../engines/gauge/scale.ts'
import { FirstValue } from '../engines/value-card/first.tsx'
import { CardClick, type CardLook, CardText, CardValue } from '../engines/value-card/parts.tsx'
import { readingOf } from '../engines/value-card/reading.ts'
import { sourcesIn } from '../style/value-sources.ts'
import { keyLabel } from '../format.ts'
import { fitScale } from '../style/fit.ts'
import { markColor, trackColor } from '../style/ground-colors.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import { useColors } from '../style/use-colors.ts'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import type { ProgressBarSettings } from './manifest.ts'
import { glide } from '../style/glide.ts'

type Props = WidgetViewProps<ProgressBarSettings>

export const ProgressBar = (p: Props) => (
  <FirstValue state={p.state} noData={p.texts.noData}>
    {(ready) => <Card {...p} {...ready} />}
  </FirstValue>
)

/** Below these heights there is no room for the parts beside the bar. */
const leastHeight = { value: 26, ticks: 60 }

const Card = (p: Props & { series: WidgetSeries; all: readonly WidgetSeries[]; isStale: boolean }) => {
  const { settings, series } = p
  const reading = readingOf(series, p.locale)
  const ground = useGround(settings.background, p.theme, reading.look.background)
  const { colors, problem } = useColors(
    { value: settings.valueColor, bar: settings.barColor },
    reading.value,
    sourcesIn(p.state),
  )
  const { min, max } = endsOf(settings.tickMin, settings.tickMax)
  const place = placeOf(reading.number, min, max)
  const inner = { width: p.size.width - 24, height: p.size.height - 24 }
  const isSimple = settings.layout === 'simplified'
  const scale = settings.autoScale ? fitScale(inner, { width: 150, height: 76 }, { least: 0.6, most: 1.4 }) : 1
  const look: CardLook = { surface: ground.surface, scale, isStale: p.isStale }
  const showValue = settings.showValue && (isSimple || inner.height >= leastHeight.value)
  const showTicks = settings.showTicks && !isSimple && inner.height >= leastHeight.ticks
  const fill = p.isStale
    ? 'var(--tw-ink-3)'
    : markColor(reading.look.background === null ? (reading.look.color ?? colors.bar) : colors.bar, ground.surface)
  const label = keyLabel(series.dataKey, series.entity.name)
  const value = (
    <CardValue
      reading={reading}
      font={settings.valueFont}
      color={colors.value}
      look={look}
      width={inner.width}
      height={inner.height * 0.5}
    />
  )
  const tick = (at: number) => (
    <CardText
      text={tickText(at, (max - min) / 10, p.locale)}
      font={settings.ticksFont}
      color={settings.ticksColor}
      look={look}
      className="tabular-nums"
    />
  )
  return (
    <GroundBox ground={ground} padding={settings.padding} problem={problem}>
      <CardClick entity={series.entity} label={label} />
      <Meter
        label={label}
        reading={reading}
        place={place}
        min={min}
        max={max}
        className="flex size-full flex-col justify-center gap-1.5"
      >
        {showValue ? value : null}
        <Bar
          share={place.share}
          outside={place.outside}
          fill={fill}
          track={trackColor(settings.barBackground, ground.surface)}
          height={Math.round((isSimple ? 10 : 8) * scale)}
        />
        {showTicks ? (
          <div className="flex justify-between">
            {tick(min)}
            {tick(max)}
          </div>
        ) : null}
      </Meter>
    </GroundBox>
  )
}

const Bar = (p: {
  share: number | null
  outside: 'below' | 'above' | null
  fill: string
  track: string
  height: number
}) => (
  <div
    className="relative w-full shrink-0 overflow-hidden rounded-full"
    style={{ height: p.height, background: p.track }}
  >
    {p.share === null ? null : (
      <div
        className="absolute inset-y-0 left-0 w-full origin-left rounded-full"
        style={{ background: p.fill, transform: `translateX(${(p.share - 1) * 100}%)`, transition: glide('transform') }}
      />
    )}
    {p.outside ? (
      // The bar is broken at the end that the value lies beyond.
      <div
        className="absolute inset-y-0 w-1 bg-surface"
        style={p.outside === 'above' ? { right: p.height } : { left: p.height }}
      />
    ) : null}
  </div>
)
