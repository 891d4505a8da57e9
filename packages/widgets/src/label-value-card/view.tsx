'use client'
import { FirstValue } from '../engines/value-card/first.tsx'
import { CardClick, CardIcon, type CardLook, CardText, CardValue } from '../engines/value-card/parts.tsx'
import { readingOf } from '../engines/value-card/reading.ts'
import { sourcesIn } from '../style/value-sources.ts'
import { keyLabel } from '../format.ts'
import { fitScale, textWidth } from '../style/fit.ts'
import { fontPx } from '../style/font.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import { useColors } from '../style/use-colors.ts'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import type { LabelValueCardSettings } from './manifest.ts'

type Props = WidgetViewProps<LabelValueCardSettings>

export const LabelValueCard = (p: Props) => (
  <FirstValue state={p.state} noData={p.texts.noData}>
    {(ready) => <Card {...p} {...ready} />}
  </FirstValue>
)

/** Below this there is room for the value alone. */
const leastWithLabel = 96

const Card = (p: Props & { series: WidgetSeries; all: readonly WidgetSeries[]; isStale: boolean }) => {
  const { settings, series } = p
  const reading = readingOf(series, p.locale)
  const ground = useGround(settings.background, p.theme, reading.look.background)
  const { labelColor, iconColor, valueColor } = settings
  const { colors, problem } = useColors(
    { label: labelColor, icon: iconColor, value: valueColor },
    reading.value,
    sourcesIn(p.state),
  )
  const inner = { width: p.size.width - 24, height: p.size.height - 24 }
  const label = settings.label || keyLabel(series.dataKey, series.entity.name)
  const hasLabel = settings.showLabel && inner.width >= leastWithLabel
  const natural = textWidth(label, fontPx(settings.labelFont)) + 120
  // Without it never larger than the file says, but smaller where it would be cut off.
  const most = settings.autoScale ? 1.4 : 1
  const scale = fitScale(inner, { width: Math.min(260, natural), height: 32 }, { least: 0.6, most })
  const look: CardLook = { surface: ground.surface, scale, isStale: p.isStale }
  return (
    <GroundBox ground={ground} padding={settings.padding} problem={problem}>
      <CardClick entity={series.entity} label={label} />
      <div className="flex size-full items-center gap-2">
        {settings.showIcon && hasLabel ? (
          <CardIcon
            name={reading.look.icon ?? settings.icon}
            px={settings.iconSize * scale}
            color={colors.icon}
            look={look}
          />
        ) : null}
        {hasLabel ? (
          <CardText text={label} font={settings.labelFont} color={colors.label} look={look} className="flex-1" />
        ) : null}
        <CardValue
          reading={reading}
          font={{
            ...settings.valueFont,
            weight: settings.valueFont.weight === '400' ? '500' : settings.valueFont.weight,
          }}
          color={colors.value}
          look={look}
          width={hasLabel ? inner.width * 0.5 : inner.width}
          height={inner.height}
          className="shrink-0"
        />
      </div>
    </GroundBox>
  )
}
