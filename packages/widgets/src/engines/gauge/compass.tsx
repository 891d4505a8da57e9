'use client'
import { memo } from 'react'
import { keyLabel } from '../../format.ts'
import { markColor } from '../../style/ground-colors.ts'
import type { WidgetSeries, WidgetViewProps } from '../../widget.ts'
import { FirstValue } from '../value-card/first.tsx'
import { CardClick } from '../value-card/parts.tsx'
import { type Reading, readingOf } from '../value-card/reading.ts'
import { dialInk, plateOf } from './analogue-look.ts'
import type { CompassSettings } from './analogue-settings.ts'
import { type Point, pointAt } from './arc.ts'
import { Meter } from './meter.tsx'
import { glide } from '../../style/glide.ts'

type Props = WidgetViewProps<CompassSettings>

/** A direction in degrees, 0 at the top, clockwise. */
export const Compass = (p: Props) => (
  <FirstValue state={p.state} noData={p.texts.noData}>
    {(ready) => <Gauge {...p} {...ready} />}
  </FirstValue>
)

const leastWithNames = 90

/** 370 and -350 are 10. */
export const heading = (value: number): number => ((value % 360) + 360) % 360

/** The name of the direction next to a heading. */
export const directionOf = (value: number, names: readonly string[]): string =>
  names.length === 0 ? '' : (names[Math.round((heading(value) / 360) * names.length) % names.length] ?? '')

const Gauge = (p: Props & { series: WidgetSeries; isStale: boolean }) => {
  const { settings, series, size } = p
  const read = readingOf(series, p.locale)
  const direction = read.number === null ? '' : directionOf(read.number, settings.majorTicks)
  const reading: Reading = direction && read.look.text === null ? { ...read, text: `${direction} ${read.text}` } : read
  const least = Math.min(size.width, size.height)
  const radius = Math.max(1, least / 2 - Math.max(4, least * 0.05))
  const centre = { x: size.width / 2, y: size.height / 2 }
  const { surface, fill } = plateOf(settings.colorPlate, p.theme)
  const turn = read.number === null ? 0 : heading(read.number)
  const plateTurns = settings.animationTarget === 'plate'
  const label = keyLabel(series.dataKey, series.entity.name)
  const color = p.isStale
    ? 'var(--tw-ink-3)'
    : markColor(read.look.background ?? read.look.color ?? settings.colorNeedle, surface)
  const turned = (angle: number) => ({
    transform: `translate(${centre.x}px, ${centre.y}px) rotate(${angle}deg)`,
    ...(settings.animation ? { transition: glide('transform') } : {}),
  })
  return (
    <div className="relative size-full overflow-hidden">
      <CardClick entity={series.entity} label={label} />
      <Meter
        label={label}
        reading={reading}
        place={{ share: null, outside: null }}
        min={0}
        max={360}
        className="size-full"
      >
        <svg aria-hidden width={size.width} height={size.height} className="block select-none">
          {fill ? <circle cx={centre.x} cy={centre.y} r={radius} fill={fill} /> : null}
          <g style={turned(plateTurns ? -turn : 0)}>
            <Rose radius={radius} settings={settings} theme={p.theme} hasNames={least >= leastWithNames} />
          </g>
          {read.number === null ? null : (
            <g style={turned(plateTurns ? 0 : turn)}>
              <Needle radius={radius} color={color} hub={settings.needleCircleSize} />
            </g>
          )}
          {least >= leastWithNames * 1.5 || read.number === null ? (
            <text
              x={centre.x}
              y={centre.y + radius * (read.number === null ? 0 : 0.34)}
              textAnchor="middle"
              dominantBaseline="central"
              fill={p.isStale || read.number === null ? 'var(--tw-ink-3)' : dialInk('', 'ink', surface)}
              fontSize={Math.min(20, Math.max(11, radius * 0.17))}
              fontWeight={600}
              className="tabular-nums"
              style={{ paintOrder: 'stroke' }}
              stroke={fill ?? 'var(--tw-surface)'}
              strokeWidth={4}
              strokeLinejoin="round"
            >
              {read.text.length > 12 ? `${read.text.slice(0, 11)}…` : read.text}
              {read.number === null ? '' : !read.units || read.units === '°' ? '°' : ` ${read.units}`}
            </text>
          ) : null}
        </svg>
      </Meter>
    </div>
  )
}

const origin: Point = { x: 0, y: 0 }
/** Our dials count from the bottom. */
const fromTop = (degrees: number) => degrees + 180

const Rose = memo((p: { radius: number; settings: CompassSettings; theme: 'light' | 'dark'; hasNames: boolean }) => {
  const { radius, settings } = p
  const { surface } = plateOf(settings.colorPlate, p.theme)
  const names = settings.majorTicks.slice(0, 36)
  const minor = Math.min(
    240,
    Math.max(0, names.length) * Math.min(10, Math.max(1, Math.round(settings.minorTicks / 4))),
  )
  const ticks = (count: number, length: number) =>
    Array.from({ length: count }, (_, index) => {
      const angle = fromTop((360 * index) / count)
      const [a, b] = [pointAt(origin, radius - 2, angle), pointAt(origin, radius - 2 - length, angle)]
      return `M${a.x.toFixed(1)},${a.y.toFixed(1)}L${b.x.toFixed(1)},${b.y.toFixed(1)}`
    }).join('')
  const px = Math.min(16, Math.max(10, radius * 0.13))
  return (
    <g>
      {settings.showBorder ? <circle r={radius} fill="none" stroke="var(--tw-line-strong)" strokeWidth="1" /> : null}
      <path
        d={ticks(minor, radius * 0.04)}
        stroke={dialInk(settings.colorMinorTicks, 'ink-3', surface)}
        strokeOpacity="0.5"
      />
      <path
        d={ticks(names.length, radius * 0.08)}
        stroke={dialInk(settings.colorMajorTicks, 'ink-2', surface)}
        strokeWidth="1.5"
      />
      {p.hasNames
        ? names.map((name, index) => {
            const at = pointAt(origin, radius * 0.92 - radius * 0.06 - px * 0.75, fromTop((360 * index) / names.length))
            const isMain = names.length <= 4 || index % (names.length / 4) === 0
            if (!isMain && radius < 62) return null
            return (
              <text
                // biome-ignore lint/suspicious/noArrayIndexKey: places on a circle; names may repeat
                key={index}
                x={at.x}
                y={at.y}
                textAnchor="middle"
                dominantBaseline="central"
                fontSize={isMain ? px : px * 0.82}
                fontWeight={isMain ? 600 : 400}
                fill={dialInk(settings.majorTickFont.color, isMain ? 'ink' : 'ink-3', surface)}
              >
                {name.slice(0, 4)}
              </text>
            )
          })
        : null}
    </g>
  )
})

const Needle = (p: { radius: number; color: string; hub: number }) => {
  const half = Math.max(2.5, p.radius * 0.06)
  const length = p.radius * 0.6
  const hub = Math.max(3, (p.radius * Math.min(20, Math.max(4, p.hub))) / 200)
  return (
    <g>
      <path d={`M${-half},0L0,${-length}L${half},0Z`} fill={p.color} />
      <path d={`M${-half},0L0,${length}L${half},0Z`} fill="var(--tw-line-strong)" />
      <circle r={hub} fill="var(--tw-surface)" stroke={p.color} strokeWidth={Math.max(1.5, hub * 0.4)} />
    </g>
  )
}
