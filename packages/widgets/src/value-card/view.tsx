'use client'
import { cn } from '@thingwire/ui'
import type { ReactNode } from 'react'
import { FirstValue } from '../engines/value-card/first.tsx'
import { CardClick, CardIcon, type CardLook, CardText, CardValue } from '../engines/value-card/parts.tsx'
import { readingOf } from '../engines/value-card/reading.ts'
import { sourcesIn } from '../style/value-sources.ts'
import { keyLabel } from '../format.ts'
import { dateText } from '../style/date-text.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import { useColors } from '../style/use-colors.ts'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import { type Arrangement, arrange } from './arrange.ts'
import type { ValueCardSettings } from './manifest.ts'

type Props = WidgetViewProps<ValueCardSettings>

export const ValueCard = (p: Props) => (
  <FirstValue state={p.state} noData={p.texts.noData}>
    {(ready) => <Card {...p} {...ready} />}
  </FirstValue>
)

type CardProps = Props & { series: WidgetSeries; all: readonly WidgetSeries[]; isStale: boolean }

const Card = (p: CardProps) => {
  const { settings, series } = p
  const reading = readingOf(series, p.locale)
  const ground = useGround(settings.background, p.theme, reading.look.background)
  const { labelColor, iconColor, valueColor, dateColor } = settings
  const { colors, problem } = useColors(
    { label: labelColor, icon: iconColor, value: valueColor, date: dateColor },
    reading.value,
    sourcesIn(p.state),
  )
  const room = arrange(settings, p.size)
  const look: CardLook = { surface: ground.surface, scale: room.scale, isStale: p.isStale }
  const label = keyLabel(series.dataKey, series.entity.name)
  const parts: Parts = {
    label: room.showLabel ? <CardText text={label} font={settings.labelFont} color={colors.label} look={look} /> : null,
    icon: room.showIcon ? (
      <CardIcon
        name={reading.look.icon ?? settings.icon}
        px={settings.iconSize * room.scale}
        color={colors.icon}
        look={look}
      />
    ) : null,
    date: room.showDate ? (
      <CardText
        text={dateText(reading.ts, settings.dateFormat, p)}
        font={settings.dateFont}
        color={colors.date}
        look={look}
        className="tabular-nums"
      />
    ) : null,
    value: (
      <CardValue
        reading={reading}
        font={settings.valueFont}
        color={colors.value}
        look={look}
        width={room.width}
        height={room.height}
        className={room.isRow ? 'shrink-0' : ''}
      />
    ),
  }
  return (
    <GroundBox ground={ground} padding={settings.padding} fallbackPadding={`${room.padding}px`} problem={problem}>
      <CardClick entity={series.entity} label={label} />
      <Layout layout={settings.layout} room={room} parts={parts} />
    </GroundBox>
  )
}

type Parts = { label: ReactNode; icon: ReactNode; date: ReactNode; value: ReactNode }

const Layout = (p: { layout: ValueCardSettings['layout']; room: Arrangement; parts: Parts }) => {
  const { label, icon, date, value } = p.parts
  const head =
    label || icon || date ? (
      <div className="flex max-w-full min-w-0 items-center gap-2">
        {icon}
        <div className="min-w-0">
          {label}
          {date}
        </div>
      </div>
    ) : null
  switch (p.layout) {
    case 'horizontal':
    case 'horizontal_reversed':
      return (
        <div
          className={cn(
            'flex size-full items-center justify-between gap-3',
            p.layout === 'horizontal_reversed' && 'flex-row-reverse',
          )}
        >
          {head}
          {value}
        </div>
      )
    case 'vertical':
      return <Column>{[label, value, icon]}</Column>
    case 'simplified':
      return <Column>{[value, label]}</Column>
    case 'centered':
      return (
        <Column>
          {[
            label,
            <div key="value" className="flex max-w-full min-w-0 items-center gap-2">
              {icon}
              {value}
            </div>,
            date,
          ]}
        </Column>
      )
    case 'square':
      return (
        <div className="flex size-full flex-col justify-center gap-2">
          {head}
          {value}
        </div>
      )
  }
}

const Column = ({ children }: { children: readonly ReactNode[] }) => (
  <div className="flex size-full flex-col items-center justify-center gap-1 text-center">
    {children.map((child, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: places of a layout, always the same
      <div key={index} className="flex max-w-full min-w-0 justify-center">
        {child}
      </div>
    ))}
  </div>
)
