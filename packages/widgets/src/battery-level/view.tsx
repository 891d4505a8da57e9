'use client'
import { cn } from '@thingwire/ui'
import { Meter } from '../engines/gauge/meter.tsx'
import { placeOf } from '../engines/gauge/scale.ts'
import { FirstValue } from '../engines/value-card/first.tsx'
import { CardClick, type CardLook, CardValue } from '../engines/value-card/parts.tsx'
import { readingOf } from '../engines/value-card/reading.ts'
import { sourcesIn } from '../style/value-sources.ts'
import { keyLabel } from '../format.ts'
import { fitScale } from '../style/fit.ts'
import { markColor, trackColor } from '../style/ground-colors.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import { useColors } from '../style/use-colors.ts'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import type { BatteryLevelSettings } from './manifest.ts'

type Props = WidgetViewProps<BatteryLevelSettings>

export const BatteryLevel = (p: Props) => (
  <FirstValue state={p.state} noData={p.texts.noData}>
    {(ready) => <Card {...p} {...ready} />}
  </FirstValue>
)

/** Of a battery, standing: height to width. */
const slender = 1.9
/** Below this there is room for the battery alone. */
const leastWithValue = 64

const Card = (p: Props & { series: WidgetSeries; all: readonly WidgetSeries[]; isStale: boolean }) => {
  const { settings, series } = p
  const reading = readingOf(series, p.locale)
  const ground = useGround(settings.background, p.theme, reading.look.background)
  const place = placeOf(reading.number, 0, 100)
  const { colors, problem } = useColors(
    { value: settings.valueColor, level: settings.batteryLevelColor, shape: settings.batteryShapeColor },
    reading.value,
    sourcesIn(p.state),
  )
  const isUpright = settings.layout.startsWith('vertical')
  const inner = { width: p.size.width - 24, height: p.size.height - 24 }
  const showValue = settings.showValue && (isUpright ? inner.width >= leastWithValue : inner.height >= leastWithValue)
  const room = {
    width: isUpright && showValue ? inner.width * 0.5 : inner.width,
    height: !isUpright && showValue ? inner.height * 0.6 : inner.height,
  }
  const length = isUpright
    ? Math.min(room.height, room.width * slender, 160)
    : Math.min(room.width, room.height * slender, 200)
  const scale = settings.autoScaleValueSize ? fitScale(inner, { width: 110, height: 90 }, { least: 0.6, most: 1.6 }) : 1
  const look: CardLook = { surface: ground.surface, scale, isStale: p.isStale }
  const label = keyLabel(series.dataKey, series.entity.name)
  return (
    <GroundBox ground={ground} padding={settings.padding} problem={problem}>
      <CardClick entity={series.entity} label={label} />
      <Meter
        label={label}
        reading={reading}
        place={place}
        min={0}
        max={100}
        className={cn('flex size-full items-center justify-center gap-3', !isUpright && 'flex-col gap-2')}
      >
        <Battery
          isUpright={isUpright}
          length={Math.max(16, length)}
          share={place.share}
          sections={
            settings.layout.endsWith('divided') ? Math.min(20, Math.max(2, Math.round(settings.sectionsCount))) : 0
          }
          fill={
            p.isStale
              ? 'var(--tw-ink-3)'
              : markColor(
                  reading.look.background === null ? (reading.look.color ?? colors.level) : colors.level,
                  ground.surface,
                )
          }
          shape={p.isStale || place.share === null ? 'var(--tw-line)' : trackColor(colors.shape, ground.surface)}
        />
        {showValue ? (
          <CardValue
            reading={reading}
            font={settings.valueFont}
            color={colors.value}
            look={look}
            width={isUpright ? inner.width * 0.5 - 12 : inner.width}
            height={isUpright ? inner.height : inner.height * 0.4}
          />
        ) : null}
      </Meter>
    </GroundBox>
  )
}

type BatteryProps = {
  isUpright: boolean
  length: number
  share: number | null
  /** 0: in one piece. */
  sections: number
  fill: string
  shape: string
}

/** Drawn standing, turned to lie. */
const Battery = (p: BatteryProps) => {
  const height = p.length
  const width = p.length / slender
  const cap = height * 0.06
  const radius = width * 0.16
  const wall = Math.max(2, width * 0.06)
  const inner = { x: wall, y: cap + wall, width: width - 2 * wall, height: height - cap - 2 * wall }
  const share = p.share ?? 0
  const [w, h] = p.isUpright ? [width, height] : [height, width]
  const gap = Math.max(1.5, inner.height * 0.025)
  const part = (inner.height - gap * (p.sections - 1)) / Math.max(1, p.sections)
  return (
    <svg aria-hidden width={w} height={h} className="block shrink-0">
      <g transform={p.isUpright ? '' : `translate(${height},0) rotate(90)`}>
        <rect x={width * 0.32} y={0} width={width * 0.36} height={cap} rx={cap * 0.4} fill={p.shape} />
        <rect x={0} y={cap} width={width} height={height - cap} rx={radius} fill={p.shape} />
        {p.sections > 0 ? (
          Array.from({ length: p.sections }, (_, index) => {
            const filled = Math.min(1, Math.max(0, share * p.sections - index))
            return filled > 0 ? (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: sections stand still
                key={index}
                x={inner.x}
                y={inner.y + inner.height - index * (part + gap) - part}
                width={inner.width}
                height={part}
                rx={Math.min(radius * 0.5, part / 3)}
                fill={p.fill}
                opacity={filled < 1 ? 0.3 + filled * 0.7 : 1}
              />
            ) : null
          })
        ) : share > 0 ? (
          <rect
            x={inner.x}
            y={inner.y + inner.height * (1 - share)}
            width={inner.width}
            height={inner.height * share}
            rx={Math.min(radius * 0.6, (inner.height * share) / 2)}
            fill={p.fill}
          />
        ) : null}
      </g>
    </svg>
  )
}
