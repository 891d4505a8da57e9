'use client'
import { cn } from '@thingwire/ui'
import { Sparkline } from '../engines/sparkline/sparkline.tsx'
import { FirstValue } from '../engines/value-card/first.tsx'
import { CardClick, type CardLook, CardValue } from '../engines/value-card/parts.tsx'
import { readingOf, spoken } from '../engines/value-card/reading.ts'
import { sourcesIn } from '../style/value-sources.ts'
import { keyLabel } from '../format.ts'
import { fitScale } from '../style/fit.ts'
import { fontPx } from '../style/font.ts'
import { markColor } from '../style/ground-colors.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import { useColors } from '../style/use-colors.ts'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import type { ValueChartCardSettings } from './manifest.ts'

type Props = WidgetViewProps<ValueChartCardSettings>

export const ValueChartCard = (p: Props) => (
  <FirstValue state={p.state} noData={p.texts.noData}>
    {(ready) => <Card {...p} {...ready} />}
  </FirstValue>
)

const gap = 12
/** Below this a card has no room for both: the value stays. */
const leastWithChart = 110

const Card = (p: Props & { series: WidgetSeries; all: readonly WidgetSeries[]; isStale: boolean }) => {
  const { settings, series } = p
  // The value is that of the key beside the series where a file has one: it may be folded in another way.
  const beside = p.all.find((one) => one.role === 'beside' && one.dataKey.name === series.dataKey.name)
  const reading = readingOf(beside ?? series, p.locale)
  const ground = useGround(settings.background, p.theme, reading.look.background)
  const { colors, problem } = useColors({ value: settings.valueColor }, reading.value, sourcesIn(p.state))
  const padding = Math.min(p.size.width, p.size.height) < 72 ? 6 : 12
  const inner = { width: p.size.width - 2 * padding, height: p.size.height - 2 * padding }
  const scale = settings.autoScale ? fitScale(inner, { width: 200, height: 60 }, { least: 0.6, most: 1.4 }) : 1
  const look: CardLook = { surface: ground.surface, scale, isStale: p.isStale }
  const hasChart = !settings.showValue || inner.width >= leastWithChart
  const valueWidth = !settings.showValue
    ? 0
    : hasChart
      ? Math.min(inner.width * 0.42, fontPx(settings.valueFont) * scale * 5)
      : inner.width
  const label = keyLabel(series.dataKey, series.entity.name)
  return (
    <GroundBox
      ground={ground}
      padding={settings.padding === '12px' ? `${padding}px` : settings.padding}
      problem={problem}
    >
      <CardClick entity={series.entity} label={label} />
      <p className="sr-only">{spoken(label, reading)}</p>
      <div
        aria-hidden
        className={cn('flex size-full items-center', settings.layout === 'right' && 'flex-row-reverse')}
        style={{ gap: settings.showValue ? gap : 0 }}
      >
        {settings.showValue ? (
          <div className="shrink-0" style={{ width: valueWidth }}>
            <CardValue
              reading={reading}
              font={settings.valueFont}
              color={colors.value}
              look={look}
              width={valueWidth}
              height={inner.height}
              className={settings.layout === 'right' ? 'text-right' : ''}
            />
          </div>
        ) : null}
        {hasChart ? (
          <Sparkline
            points={series.points}
            window={p.window}
            width={Math.max(0, inner.width - valueWidth - (settings.showValue ? gap : 0) - 3)}
            height={inner.height}
            color={p.isStale ? 'var(--tw-ink-3)' : markColor(series.dataKey.color ?? '', ground.surface)}
          />
        ) : null}
      </div>
    </GroundBox>
  )
}
