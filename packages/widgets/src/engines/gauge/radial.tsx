'use client'
import { memo } from 'react'
import { keyLabel } from '../../format.ts'
import { fitText } from '../../style/fit.ts'
import type { WidgetSeries, WidgetViewProps } from '../../widget.ts'
import { FirstValue } from '../value-card/first.tsx'
import { CardClick } from '../value-card/parts.tsx'
import { readingOf } from '../value-card/reading.ts'
import { bandsOf, dialInk, plateOf, pointerColor } from './analogue-look.ts'
import type { RadialGaugeSettings } from './analogue-settings.ts'
import { angleAt, arcPath, type Dial, fitDial, pointAt, type Sweep } from './arc.ts'
import { Meter } from './meter.tsx'
import { endsOf, evenTicks, placeOf, tickText } from './scale.ts'
import { glide } from '../../style/glide.ts'

type Props = WidgetViewProps<RadialGaugeSettings>

/** A dial with a needle. */
export const RadialGauge = (p: Props) => (
  <FirstValue state={p.state} noData={p.texts.noData}>
    {(ready) => <Gauge {...p} {...ready} />}
  </FirstValue>
)

/** Below this a dial has no room for numbers and words. */
const leastWithNumbers = 120

const Gauge = (p: Props & { series: WidgetSeries; isStale: boolean }) => {
  const { settings, series, size } = p
  const reading = readingOf(series, p.locale)
  const ends = endsOf(settings.minValue, settings.maxValue)
  const place = placeOf(reading.number, ends.min, ends.max)
  const angles: Sweep = { start: settings.startAngle, sweep: Math.min(360, Math.max(30, settings.ticksAngle)) }
  const least = Math.min(size.width, size.height)
  const hasWords = least >= leastWithNumbers
  const { surface, fill } = plateOf(settings.colorPlate, p.theme)
  const margin = Math.max(4, least * 0.05)
  // A plate is a whole circle, whatever part of it the scale takes.
  const dial = fill ? fitDial(size, wholeTurn, margin) : fitDial(size, angles, margin, roomBelow(angles, least))
  const pointer = p.isStale
    ? 'var(--tw-ink-3)'
    : pointerColor(
        [reading.look.background ?? settings.colorNeedle, settings.defaultColor, series.dataKey.color],
        surface,
      )
  const label = keyLabel(series.dataKey, series.entity.name)
  return (
    <div className="relative size-full overflow-hidden">
      <CardClick entity={series.entity} label={label} />
      <Meter label={label} reading={reading} place={place} min={ends.min} max={ends.max} className="size-full">
        <svg aria-hidden width={size.width} height={size.height} className="block select-none">
          {fill ? <circle cx={dial.centre.x} cy={dial.centre.y} r={dial.radius} fill={fill} /> : null}
          <Face
            x={dial.centre.x}
            y={dial.centre.y}
            radius={dial.radius}
            start={angles.start}
            sweep={angles.sweep}
            min={ends.min}
            max={ends.max}
            settings={settings}
            theme={p.theme}
            locale={p.locale}
            hasNumbers={hasWords}
          />
          {settings.highlights.length === 0 && place.share !== null ? (
            <Course
              dial={dial}
              angles={angles}
              share={place.share}
              color={pointer}
              width={bandWidth(settings, dial)}
              isAnimated={settings.animation}
            />
          ) : null}
          {place.share === null ? null : (
            <Needle
              dial={dial}
              angle={angleAt(angles, place.share)}
              color={pointer}
              hub={settings.needleCircleSize}
              isAnimated={settings.animation}
            />
          )}
          {place.outside ? <Beyond dial={dial} angles={angles} at={place.outside} color={pointer} /> : null}
          {settings.valueBox ? (
            <Words
              dial={dial}
              angles={angles}
              height={size.height}
              text={reading.text}
              units={hasWords ? reading.units : ''}
              title={settings.showUnitTitle && hasWords ? settings.unitTitle || label : ''}
              ink={
                p.isStale || (reading.number === null && reading.look.text === null)
                  ? 'var(--tw-ink-3)'
                  : dialInk(reading.look.color ?? settings.valueFont.color, 'ink', surface)
              }
              quiet={dialInk(settings.titleFont.color, 'ink-3', surface)}
            />
          ) : null}
        </svg>
      </Meter>
    </div>
  )
}

const wholeTurn: Sweep = { start: 0, sweep: 360 }

/** Half a dial ends at its centre: the value needs room under it. */
const roomBelow = ({ start, sweep }: Sweep, least: number): number => {
  const lowest = Math.max(...[start, start + sweep].map((angle) => Math.cos((angle * Math.PI) / 180)))
  return least * (lowest > 0.5 ? 0.05 : 0.2)
}

/** Files say the width of the coloured ring in hundredths of the dial's size. */
const bandWidth = (settings: RadialGaugeSettings, dial: Dial) =>
  Math.max(2, (dial.radius * Math.min(30, Math.max(2, settings.highlightsWidth))) / 220)

type FaceProps = {
  x: number
  y: number
  radius: number
  start: number
  sweep: number
  min: number
  max: number
  settings: RadialGaugeSettings
  theme: 'light' | 'dark'
  locale: string
  hasNumbers: boolean
}

/** Ring, ticks and numbers: the same until size or settings change. */
const Face = memo((p: FaceProps) => {
  const { settings } = p
  const { surface } = plateOf(settings.colorPlate, p.theme)
  const centre = { x: p.x, y: p.y }
  const angles = { start: p.start, sweep: p.sweep }
  const dial = { centre, radius: p.radius }
  const width = bandWidth(settings, dial)
  const major = evenTicks(p.min, p.max, settings.majorTicksCount || 10)
  const px = Math.min(14, Math.max(10, p.radius * 0.105))
  const step = (p.max - p.min) / Math.max(1, major.length - 1)
  // A whole turn has its first number where its last would be.
  const shown = p.sweep >= 359 ? major.slice(0, -1) : major
  const every = Math.max(1, Math.ceil((shown.length * px * 2.6) / ((p.radius * 0.68 * p.sweep * Math.PI) / 180)))
  const ring = p.radius - width / 2
  return (
    <g>
      <path
        d={arcPath(centre, ring, p.start, p.start + p.sweep)}
        fill="none"
        stroke="var(--tw-line)"
        strokeWidth={width}
      />
      {bandsOf(settings.highlights, p, surface).map((band) => (
        <path
          key={`${band.from} ${band.to} ${band.color}`}
          d={arcPath(centre, ring, angleAt(angles, band.from), angleAt(angles, band.to))}
          fill="none"
          stroke={band.color}
          strokeWidth={width}
        />
      ))}
      <path
        d={ticksPath(
          dial,
          angles,
          (shown.length - (p.sweep >= 359 ? 0 : 1)) * minorCount(settings.minorTicks),
          width + 2,
          p.radius * 0.035,
        )}
        stroke={dialInk(settings.colorMinorTicks, 'ink-3', surface)}
        strokeOpacity="0.6"
        strokeWidth="1"
      />
      <path
        d={ticksPath(dial, angles, major.length - 1, width + 2, p.radius * 0.07)}
        stroke={dialInk(settings.colorMajorTicks, 'ink-2', surface)}
        strokeWidth="1.5"
      />
      {p.hasNumbers ? (
        <g
          textAnchor="middle"
          fill={dialInk(settings.numbersFont.color, 'ink-3', surface)}
          fontSize={px}
          className="tabular-nums"
        >
          {shown.map((value, index) => {
            if (index % every !== 0 && index !== shown.length - 1) return null
            if (index === shown.length - 1 && index % every !== 0 && every > 1) return null
            const at = pointAt(
              centre,
              p.radius - width - p.radius * 0.075 - px * 0.95,
              angleAt(angles, index / (major.length - 1)),
            )
            return (
              <text key={value} x={at.x} y={at.y} dominantBaseline="central">
                {tickText(value, step, p.locale)}
              </text>
            )
          })}
        </g>
      ) : null}
    </g>
  )
})

/** Most that can be told apart. */
const mostMinor = 10
const minorCount = (count: number) => Math.min(mostMinor, Math.max(1, Math.round(Number.isFinite(count) ? count : 1)))

const ticksPath = (dial: Dial, { start, sweep }: Sweep, count: number, from: number, length: number): string => {
  const steps = Math.min(180, Math.max(1, count))
  return Array.from({ length: steps + 1 }, (_, index) => {
    const angle = start + (sweep * index) / steps
    const outer = pointAt(dial.centre, dial.radius - from, angle)
    const inner = pointAt(dial.centre, dial.radius - from - length, angle)
    return `M${outer.x.toFixed(1)},${outer.y.toFixed(1)}L${inner.x.toFixed(1)},${inner.y.toFixed(1)}`
  }).join('')
}

/** Where there are no coloured parts, the way from the lower end to the value is. */
const Course = (p: { dial: Dial; angles: Sweep; share: number; color: string; width: number; isAnimated: boolean }) => (
  <path
    d={arcPath(p.dial.centre, p.dial.radius - p.width / 2, p.angles.start, p.angles.start + p.angles.sweep)}
    fill="none"
    stroke={p.color}
    strokeWidth={p.width}
    pathLength={1}
    strokeDasharray={`${p.share} 2`}
    style={p.isAnimated ? { transition: glide('stroke-dasharray') } : {}}
  />
)

const Needle = (p: { dial: Dial; angle: number; color: string; hub: number; isAnimated: boolean }) => {
  const { centre, radius } = p.dial
  const length = radius * 0.8
  const half = Math.max(1.2, radius * 0.022)
  const hub = Math.max(3, (radius * Math.min(20, Math.max(4, p.hub))) / 170)
  return (
    <g
      style={{
        transform: `translate(${centre.x}px, ${centre.y}px) rotate(${p.angle}deg)`,
        ...(p.isAnimated ? { transition: glide('transform') } : {}),
      }}
    >
      <path
        d={`M${-half},${-radius * 0.12}L${-half * 0.35},${length}L${half * 0.35},${length}L${half},${-radius * 0.12}Z`}
        fill={p.color}
      />
      <circle r={hub} fill="var(--tw-surface)" stroke={p.color} strokeWidth={Math.max(1.5, hub * 0.4)} />
    </g>
  )
}

/** A small arrow at the end that the value lies beyond. */
const Beyond = (p: { dial: Dial; angles: Sweep; at: 'below' | 'above'; color: string }) => {
  const angle = angleAt(p.angles, p.at === 'above' ? 1 : 0)
  const at = pointAt(p.dial.centre, p.dial.radius * 0.88, angle)
  const size = Math.max(4, p.dial.radius * 0.06)
  // Along the scale: clockwise above, the other way below.
  const turn = angle + (p.at === 'above' ? 90 : -90)
  return (
    <path
      d={`M${-size},${-size * 0.6}L0,${size}L${size},${-size * 0.6}Z`}
      fill={p.color}
      transform={`translate(${at.x},${at.y}) rotate(${turn})`}
    />
  )
}

const Words = (p: {
  dial: Dial
  angles: Sweep
  height: number
  text: string
  units: string
  title: string
  ink: string
  quiet: string
}) => {
  const { centre, radius } = p.dial
  // Below the hub, where the scale is open; a scale that is closed there has its words between hub and numbers.
  const width = radius * 0.8
  const letters = p.text.length + (p.units ? (p.units.length + 1) * 0.55 : 0)
  const px = fitText('n'.repeat(Math.max(3, Math.ceil(letters))), width, Math.min(34, radius * 0.26), 9)
  const titlePx = Math.min(13, Math.max(10, radius * 0.11))
  const foot = p.title ? titlePx * 1.3 : 0
  const y = Math.min(p.height - foot - px * 0.55, centre.y + radius * 0.58)
  const room = Math.max(4, Math.floor((radius * 1.1) / titlePx / 0.55))
  const title = p.title.length > room ? `${p.title.slice(0, room - 1)}…` : p.title
  const most = Math.max(3, Math.floor(width / px / 0.5))
  return (
    <g textAnchor="middle">
      {title ? (
        <text
          x={centre.x}
          y={y + px * 0.5 + titlePx * 0.75}
          dominantBaseline="central"
          fill={p.quiet}
          fontSize={titlePx}
        >
          {title}
        </text>
      ) : null}
      <text
        x={centre.x}
        y={y}
        dominantBaseline="central"
        fill={p.ink}
        fontSize={px}
        fontWeight={600}
        className="tracking-tight tabular-nums"
      >
        {p.text.length > most ? `${p.text.slice(0, most - 1)}…` : p.text}
        {p.units ? (
          <tspan dx={px * 0.15} fontSize={Math.max(10, px * 0.52)} fontWeight={500} fill={p.quiet}>
            {p.units}
          </tspan>
        ) : null}
      </text>
    </g>
  )
}
