'use client'
import { cn } from '@thingwire/ui'
import { fillTokens } from '@thingwire/dashboards'
import { ArrowDown, ArrowUp, Minus } from 'lucide-react'
import { extentOf } from '../engines/sparkline/path.ts'
import { Sparkline } from '../engines/sparkline/sparkline.tsx'
import { FirstValue } from '../engines/value-card/first.tsx'
import { CardClick, type CardLook, CardText, CardValue } from '../engines/value-card/parts.tsx'
import { readingOf } from '../engines/value-card/reading.ts'
import { sourcesIn } from '../style/value-sources.ts'
import { keyLabel, newest } from '../format.ts'
import { tickText } from '../engines/gauge/scale.ts'
import { dateText } from '../style/date-text.ts'
import { fitScale } from '../style/fit.ts'
import { fontPx } from '../style/font.ts'
import { markColor } from '../style/ground-colors.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import { useColors } from '../style/use-colors.ts'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import type { AggregatedValueCardSettings } from './manifest.ts'
import { type Placed, placesOf, type Position } from './places.ts'

type Props = WidgetViewProps<AggregatedValueCardSettings>
type CardProps = Props & { series: WidgetSeries; all: readonly WidgetSeries[]; isStale: boolean }

export const AggregatedValueCard = (p: Props) => (
  <FirstValue state={p.state} noData={p.texts.noData}>
    {(ready) => <Card {...p} {...ready} />}
  </FirstValue>
)

/** Below this there is room for the values alone. */
const leastWithChart = 110
/** Below these widths the values at the sides give way to the one in the middle. */
const leastWithSides = 96
const leastWithBoth = 170
const axisWidth = 34

const Card = (p: CardProps) => {
  const { settings, series } = p
  const ground = useGround(settings.background, p.theme)
  const inner = { width: p.size.width - 24, height: p.size.height - 24 }
  const scale = settings.autoScale ? fitScale(inner, { width: 260, height: 120 }, { least: 0.6, most: 1.3 }) : 1
  const look: CardLook = { surface: ground.surface, scale, isStale: p.isStale }
  const lastTs = Math.max(...p.all.map((one) => newest(one.points)?.[0] ?? Number.NEGATIVE_INFINITY))
  const label = keyLabel(series.dataKey, series.entity.name)
  const hasFrame = inner.height >= leastWithChart
  const hasChart = settings.showChart && hasFrame
  const valuesHeight = Math.min(hasChart ? inner.height * 0.5 : inner.height, tallest(placesOf(p.all)) * scale)
  const line = (size: number) => size * scale * 1.35 + 4
  const rest =
    (settings.showSubtitle ? line(fontPx(settings.subtitleFont)) : 0) +
    (settings.showDate ? line(fontPx(settings.dateFont)) : 0)
  return (
    <GroundBox ground={ground} padding={settings.padding}>
      <CardClick entity={series.entity} label={label} />
      <div className="flex size-full flex-col justify-center gap-1">
        {settings.showSubtitle && hasFrame ? (
          <CardText
            text={fillTokens(settings.subtitle, { entity: series.entity, alias: series.datasourceName })}
            font={settings.subtitleFont}
            color={settings.subtitleColor}
            look={look}
          />
        ) : null}
        <Values {...p} look={look} width={inner.width} height={valuesHeight} />
        {hasChart ? (
          <Course {...p} look={look} width={inner.width} height={inner.height - valuesHeight - rest - 12} />
        ) : null}
        {settings.showDate && hasFrame ? (
          <CardText
            text={dateText(Number.isFinite(lastTs) ? lastTs : undefined, settings.dateFormat, p)}
            font={settings.dateFont}
            color={settings.dateColor}
            look={look}
            className="tabular-nums"
          />
        ) : null}
      </div>
    </GroundBox>
  )
}

/** How high the values stand at their own size. */
const tallest = (places: Partial<Record<Position, Placed>>): number => {
  const height = (position: Position) => (places[position] ? fontPx(places[position].settings.font) * 1.15 + 4 : 0)
  return Math.max(
    height('center'),
    height('leftTop') + height('leftBottom'),
    height('rightTop') + height('rightBottom'),
  )
}

const sides: readonly { name: string; positions: readonly Position[]; className: string }[] = [
  { name: 'left', positions: ['leftTop', 'leftBottom'], className: 'items-start' },
  { name: 'center', positions: ['center'], className: 'items-center' },
  { name: 'right', positions: ['rightTop', 'rightBottom'], className: 'items-end' },
]

const Values = (p: CardProps & { look: CardLook; width: number; height: number }) => {
  const places = placesOf(p.all)
  const used = sides
    .filter((side) => p.width >= leastWithSides || !places.center || side.name === 'center')
    .filter((side) => side.positions.some((position) => places[position]))
    .filter((side, _, shown) => shown.length < 3 || p.width >= leastWithBoth || side.name !== 'left')
  return (
    <div className={cn('flex shrink-0 items-center gap-3', used.length > 1 ? 'justify-between' : 'justify-center')}>
      {used.map((side) => (
        <div key={side.name} className={cn('flex min-w-0 flex-col gap-1', side.className)}>
          {side.positions.map((position) => {
            const placed = places[position]
            const share = used.length === 1 ? 1 : side.name === 'center' ? 0.5 : 0.28
            return placed ? (
              <Value
                key={position}
                {...p}
                placed={placed}
                width={p.width * share - 18}
                height={p.height / side.positions.length}
              />
            ) : null
          })}
        </div>
      ))}
    </div>
  )
}

const Value = (p: CardProps & { placed: Placed; look: CardLook; width: number; height: number }) => {
  const { series, settings } = p.placed
  const reading = readingOf(series, p.locale)
  const { colors, problem } = useColors({ value: settings.color }, reading.value, sourcesIn(p.state))
  const px = Math.min(fontPx(settings.font) * p.look.scale, p.height)
  const Arrow = !reading.number ? Minus : reading.number > 0 ? ArrowUp : ArrowDown
  return (
    <div
      className="flex max-w-full min-w-0 items-center gap-0.5"
      title={`${keyLabel(series.dataKey, series.entity.name)}${problem ? `: ${problem}` : ''}`}
    >
      {settings.showArrow && reading.number !== null ? (
        <Arrow
          aria-hidden
          size={Math.max(11, px)}
          className="shrink-0"
          style={{ color: p.isStale ? 'var(--tw-ink-3)' : markColor(colors.value, p.look.surface) }}
        />
      ) : null}
      <CardValue
        reading={reading}
        font={settings.font}
        color={colors.value}
        look={p.look}
        width={p.width}
        height={p.height}
      />
    </div>
  )
}

/** The line with its highest and its lowest value beside it. */
const Course = (p: CardProps & { look: CardLook; width: number; height: number }) => {
  const extent = extentOf(p.series.points)
  const height = Math.max(20, p.height)
  const step = extent ? (extent.max - extent.min) / 10 : 0
  return (
    <div aria-hidden className="flex min-h-0 flex-1 items-stretch gap-2">
      <div
        className="flex shrink-0 flex-col justify-between text-right text-2xs leading-none text-ink-3 tabular-nums"
        style={{ width: axisWidth, height }}
      >
        <span>{extent ? tickText(extent.max, step, p.locale) : ''}</span>
        <span>{extent && extent.max > extent.min ? tickText(extent.min, step, p.locale) : ''}</span>
      </div>
      <Sparkline
        points={p.series.points}
        window={p.window}
        width={Math.max(0, p.width - axisWidth - 12)}
        height={height}
        color={p.isStale ? 'var(--tw-ink-3)' : markColor(p.series.dataKey.color ?? '', p.look.surface)}
      />
    </div>
  )
}
