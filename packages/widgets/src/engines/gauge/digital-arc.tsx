'use client'
import { memo } from 'react'
import { fitText, textWidth } from '../../style/fit.ts'
import { fontStyle } from '../../style/font.ts'
import { angleAt, arcPath, type Dial, fitDial, pointAt, type Sweep } from './arc.ts'
import { type DrawingProps, dashPx, glowOpacity } from './digital-drawing.ts'
import { digitalScale, scaledPx } from './digital-look.ts'
import { tickText } from './scale.ts'
import { glide } from '../../style/glide.ts'

/** From a form's name to where its scale runs. */
const sweepOf = (settings: DrawingProps['settings']): Sweep =>
  settings.gaugeType === 'donut' ? { start: -settings.donutStartAngle - 90, sweep: 360 } : { start: 75, sweep: 210 }

/** Below this there is room for the picture and the value alone. */
const leastWithWords = 110

/** An arc or a ring with the value in its middle. */
export const DigitalArc = (p: DrawingProps) => {
  const { settings, size } = p
  const scale = digitalScale(size)
  const least = Math.min(size.width, size.height)
  const hasWords = least >= leastWithWords
  const isRing = settings.gaugeType === 'donut'
  const angles = sweepOf(settings)
  const title = hasWords ? p.texts.title : ''
  const titlePx = scaledPx(settings.titleFont, scale)
  const head = title ? titlePx * 1.5 : 0
  const margin = Math.max(4, Math.min(14, least * 0.07))
  const feet = hasWords && p.texts.time ? 16 : 0
  const minMaxRoom = !isRing && settings.showMinMax && hasWords ? 12 : 0
  const dial = fitDial({ width: size.width, height: size.height - head }, angles, margin, feet + minMaxRoom)
  const centre = { x: dial.centre.x, y: dial.centre.y + head }
  const width = Math.max(4, dial.radius * 0.27 * Math.min(1.6, Math.max(0.3, settings.gaugeWidthScale)))
  const ring: Dial = { centre, radius: dial.radius - width / 2 }
  return (
    <svg aria-hidden width={size.width} height={size.height} className="block select-none">
      <Scale
        dial={ring}
        angles={angles}
        width={width}
        color={p.colors.track}
        dash={dashPx(settings.dashThickness, width)}
        isRound={settings.roundedLineCap}
      />
      <Filled {...p} dial={ring} angles={angles} width={width} />
      {p.ticks.map((share) => (
        <Tick key={share} dial={ring} angle={angleAt(angles, share)} width={width} thickness={settings.tickWidth} />
      ))}
      {title ? (
        <text
          x={size.width / 2}
          y={margin * 0.6 + titlePx / 2}
          textAnchor="middle"
          dominantBaseline="central"
          fill="var(--tw-ink-2)"
          style={fontStyle(settings.titleFont, titlePx)}
        >
          {title.length * titlePx * 0.56 > size.width
            ? `${title.slice(0, Math.floor(size.width / titlePx / 0.56) - 1)}…`
            : title}
        </text>
      ) : null}
      <Middle {...p} dial={ring} width={width} hasWords={hasWords} />
      {!isRing && settings.showMinMax && hasWords ? (
        <Ends {...p} dial={ring} angles={angles} width={width} scale={scale} />
      ) : null}
      {feet ? (
        <text
          x={size.width / 2}
          y={size.height - 10}
          textAnchor="middle"
          dominantBaseline="central"
          fill={p.colors.quiet}
          fontSize={11}
          className="tabular-nums"
        >
          {p.texts.time}
        </text>
      ) : null}
    </svg>
  )
}

type Ring = { dial: Dial; angles: Sweep; width: number }

/** The empty scale: the same until the size changes. */
const Scale = memo((p: Ring & { color: string; dash: number; isRound: boolean }) => (
  <path
    d={arcPath(p.dial.centre, p.dial.radius, p.angles.start, p.angles.start + p.angles.sweep)}
    fill="none"
    stroke={p.color}
    strokeWidth={p.width}
    strokeLinecap={p.isRound && p.dash === 0 ? 'round' : 'butt'}
    {...(p.dash > 0 ? { strokeDasharray: `${p.dash} ${p.dash * 0.4}` } : {})}
  />
))

const Filled = (p: DrawingProps & Ring) => {
  const { share } = p.place
  if (share === null) return null
  const { settings } = p
  const d = arcPath(p.dial.centre, p.dial.radius, p.angles.start, p.angles.start + p.angles.sweep)
  const dash = dashPx(settings.dashThickness, p.width)
  const glow = glowOpacity(settings.neonGlowBrightness)
  if (dash > 0) {
    const end = p.angles.start + p.angles.sweep * share
    const part = arcPath(p.dial.centre, p.dial.radius, p.angles.start, end)
    return (
      <g fill="none" stroke={p.colors.bar}>
        {glow > 0 ? <path d={part} strokeWidth={p.width * 1.5} opacity={glow} /> : null}
        <path d={part} strokeWidth={p.width} strokeDasharray={`${dash} ${dash * 0.4}`} />
      </g>
    )
  }
  const stroke = {
    d,
    pathLength: 1,
    // A hair more than the rest, so that nothing shows at 0.
    strokeDasharray: `${share} 2`,
    style: settings.animation ? { transition: glide('stroke-dasharray') } : {},
  }
  return (
    <g fill="none" stroke={p.colors.bar} strokeLinecap={settings.roundedLineCap && share > 0 ? 'round' : 'butt'}>
      {glow > 0 ? <path {...stroke} strokeWidth={p.width * 1.5} opacity={glow} /> : null}
      <path {...stroke} strokeWidth={p.width} />
      {p.place.outside ? <Beyond {...p} /> : null}
    </g>
  )
}

/** A notch in the bar at the end that the value lies beyond. */
const Beyond = (p: DrawingProps & Ring) => {
  const inside = (p.width / p.dial.radius) * 57.3 * 0.6
  const angle = p.place.outside === 'above' ? p.angles.start + p.angles.sweep - inside : p.angles.start + inside
  const from = pointAt(p.dial.centre, p.dial.radius - p.width / 2 - 1, angle)
  const to = pointAt(p.dial.centre, p.dial.radius + p.width / 2 + 1, angle)
  return <line x1={from.x} y1={from.y} x2={to.x} y2={to.y} stroke="var(--tw-surface)" strokeWidth={3} />
}

const Tick = (p: { dial: Dial; angle: number; width: number; thickness: number }) => {
  const from = pointAt(p.dial.centre, p.dial.radius - p.width / 2, p.angle)
  const to = pointAt(p.dial.centre, p.dial.radius + p.width / 2, p.angle)
  return (
    <line
      x1={from.x}
      y1={from.y}
      x2={to.x}
      y2={to.y}
      stroke="var(--tw-ink-2)"
      strokeWidth={Math.min(6, Math.max(1, p.thickness / 2))}
    />
  )
}

const Middle = (p: DrawingProps & { dial: Dial; width: number; hasWords: boolean }) => {
  const { settings, dial, reading } = p
  const isRing = settings.gaugeType === 'donut'
  const room = Math.max(20, (dial.radius - p.width / 2) * (isRing ? 1.6 : 1.55))
  // In a small one the number alone is large enough to read.
  const unit = p.hasWords || reading.text.length + reading.units.length <= 4 ? reading.units : ''
  const letters = reading.text.length + (unit ? (unit.length + 1) * 0.55 : 0)
  const px = fitText(
    'n'.repeat(Math.max(2, Math.ceil(letters))),
    room,
    Math.min(scaledPx(settings.valueFont, digitalScale(p.size) * 1.1), dial.radius * 0.62),
    9,
  )
  const unitTitle = p.hasWords ? p.texts.unit : ''
  const { x } = dial.centre
  const y = dial.centre.y + (isRing ? 0 : -px * 0.12) - (unitTitle ? px * 0.3 : 0)
  const isLong = textWidth(reading.text, px) > room * 1.15
  return (
    <g textAnchor="middle">
      {settings.showValue ? (
        <text
          x={x}
          y={y}
          dominantBaseline="central"
          fill={p.colors.value}
          className="tracking-tight tabular-nums"
          style={fontStyle(settings.valueFont, px)}
        >
          {isLong ? `${reading.text.slice(0, Math.max(3, Math.floor(room / px / 0.58)))}…` : reading.text}
          {unit ? (
            <tspan dx={px * 0.14} fontSize={Math.max(10, px * 0.5)} fontWeight={500} fill={p.colors.quiet}>
              {unit}
            </tspan>
          ) : null}
        </text>
      ) : null}
      {unitTitle ? (
        <text
          x={x}
          y={y + px * 0.62 + 7}
          dominantBaseline="central"
          fill={p.colors.quiet}
          fontSize={Math.min(12, Math.max(10, px * 0.4))}
        >
          {unitTitle.length > 18 ? `${unitTitle.slice(0, 17)}…` : unitTitle}
        </text>
      ) : null}
    </g>
  )
}

/** The ends of the scale, under the ends of the arc. */
const Ends = (p: DrawingProps & Ring & { scale: number }) => {
  const px = Math.min(13, scaledPx(p.settings.minMaxFont, p.scale))
  const step = (p.ends.max - p.ends.min) / 10
  return (
    <g fill={p.colors.quiet} textAnchor="middle" className="tabular-nums" style={fontStyle(p.settings.minMaxFont, px)}>
      {[0, 1].map((share) => {
        const at = pointAt(p.dial.centre, p.dial.radius, angleAt(p.angles, share))
        return (
          <text key={share} x={at.x} y={at.y + px * 1.05} dominantBaseline="central">
            {tickText(share ? p.ends.max : p.ends.min, step, p.locale)}
          </text>
        )
      })}
    </g>
  )
}
