'use client'
import { type Font, fontPx } from '../../style/font.ts'
import { textColor } from '../../style/ground-colors.ts'
import { fitText, textWidth } from '../../style/fit.ts'
import { closeNumber, withUnit } from '../chart/numbers.ts'
import { arcsOf, onCircle, placedLabels, type Point, ringPath } from './geometry.ts'
import type { Picture } from './latest-view.tsx'
import { shareOf } from './slices.ts'

type PieLook = {
  /** Share of the radius that is open in the middle. */
  hole: number
  /** Share of the room that the circle takes. */
  radius: number
  isClockwise: boolean
  label: 'inside' | 'outside' | null
  labelFont: Font
  labelColor: string
  borderWidth: number
  borderColor: string
  /** In the middle of a ring. */
  total: { font: Font; color: string; word: string } | null
}

const labelLine = 16
const labelGap = 14
/** Parts are told apart by the ground between them. */
const gapPx = 1.5
const leastForLabels = 190
const leastShareInside = 0.06

export const Pie = ({ picture, look }: { picture: Picture; look: PieLook }) => {
  const { size, slices, total } = picture
  const hasSideLabels = look.label === 'outside' && size.width >= leastForLabels
  const labelRoom = hasSideLabels
    ? Math.min(size.width * 0.28, 20 + Math.max(0, ...slices.map(({ label }) => textWidth(label, 12))))
    : 0
  const center: Point = { x: size.width / 2, y: size.height / 2 }
  const whole = Math.min(size.height / 2, size.width / 2 - labelRoom)
  const outer = Math.max(4, whole * look.radius - 2)
  const inner = outer * look.hole
  const arcs = arcsOf(slices.map(shareOf), look.isClockwise)
  const labels = hasSideLabels
    ? placedLabels(
        slices.flatMap((slice, index) => {
          const arc = arcs[index]
          return arc && shareOf(slice) > 0 ? [{ index, angle: (arc.start + arc.end) / 2, share: shareOf(slice) }] : []
        }),
        { center, radius: outer + labelGap, height: size.height, lineHeight: labelLine },
      )
    : []
  return (
    <>
      {total > 0 ? null : (
        <circle
          cx={center.x}
          cy={center.y}
          r={(outer + inner) / 2}
          fill="none"
          stroke="var(--tw-sunken)"
          strokeWidth={outer - inner}
        />
      )}
      {slices.map((slice, index) => {
        const arc = arcs[index]
        if (!arc || arc.end - arc.start <= 0) return null
        const isUp = picture.hovered === slice.id
        const isAlone = arc.end - arc.start > 6.28
        return (
          <path
            key={slice.id}
            d={ringPath(center, inner, outer + (isUp ? 2 : 0), arc)}
            fill={slice.color}
            opacity={picture.hovered === null || isUp ? 1 : 0.45}
            stroke={look.borderWidth > 0 && look.borderColor ? look.borderColor : 'var(--tw-surface)'}
            strokeWidth={isAlone ? 0 : look.borderWidth > 0 ? look.borderWidth : gapPx}
            strokeLinejoin="round"
            className="transition-opacity duration-100 motion-reduce:transition-none"
            {...picture.handles(slice)}
          />
        )
      })}
      {labels.map(({ index, side, y }) => {
        const slice = slices[index]
        const arc = arcs[index]
        if (!slice || !arc) return null
        const middle = (arc.start + arc.end) / 2
        const from = onCircle(center, outer + 2, middle)
        const bend = onCircle(center, outer + labelGap * 0.7, middle)
        const direction = side === 'right' ? 1 : -1
        const x = center.x + direction * (outer + labelGap)
        const room = (side === 'right' ? size.width - x : x) - 8
        return (
          <g key={slice.id} className="pointer-events-none">
            <polyline
              points={`${from.x},${from.y} ${bend.x},${y} ${x},${y}`}
              fill="none"
              stroke={slice.color}
              strokeOpacity={0.7}
            />
            <text
              x={x + direction * 4}
              y={y}
              dominantBaseline="central"
              textAnchor={side === 'right' ? 'start' : 'end'}
              fontSize={Math.max(10, Math.min(16, fontPx(look.labelFont)))}
              fill={textColor(look.labelColor, picture.theme)}
            >
              {cut(slice.label, room)}
            </text>
          </g>
        )
      })}
      {look.label === 'inside' ? (
        <InsideLabels
          picture={picture}
          look={look}
          arcs={arcs}
          center={center}
          radius={(inner + outer) / 2}
          width={outer - inner}
        />
      ) : null}
      {look.total && slices.length > 0 && inner > 14 ? (
        <Total picture={picture} total={look.total} center={center} inner={inner} />
      ) : null}
    </>
  )
}

/** As much of a text as there is room for. */
const cut = (text: string, room: number): string => {
  const most = Math.max(1, Math.floor(room / 6.4))
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`
}

const InsideLabels = (p: {
  picture: Picture
  look: PieLook
  arcs: ReturnType<typeof arcsOf>
  center: Point
  radius: number
  width: number
}) =>
  p.picture.slices.map((slice, index) => {
    const arc = p.arcs[index]
    if (!arc || p.picture.total <= 0 || shareOf(slice) / p.picture.total < leastShareInside || p.width < 24) return null
    const at = onCircle(p.center, p.radius, (arc.start + arc.end) / 2)
    return (
      <text
        key={slice.id}
        x={at.x}
        y={at.y}
        textAnchor="middle"
        dominantBaseline="central"
        fontSize={11}
        fill="#fff"
        stroke="rgb(0 0 0 / 0.35)"
        strokeWidth={2}
        paintOrder="stroke"
        className="pointer-events-none"
      >
        {cut(slice.label, p.width + 24)}
      </text>
    )
  })

const Total = ({
  picture,
  total,
  center,
  inner,
}: {
  picture: Picture
  total: NonNullable<PieLook['total']>
  center: Point
  inner: number
}) => {
  const text = withUnit(closeNumber(picture.total, picture.decimals, picture.locale), picture.units)
  const px = fitText(text, inner * 1.55, fontPx(total.font))
  const hasWord = inner > 34
  return (
    <g className="pointer-events-none" textAnchor="middle">
      {hasWord ? (
        <text x={center.x} y={center.y - px * 0.75} dominantBaseline="central" fontSize={11} fill="var(--tw-ink-3)">
          {total.word}
        </text>
      ) : null}
      <text
        x={center.x}
        y={center.y + (hasWord ? px * 0.35 : 0)}
        dominantBaseline="central"
        fontSize={px}
        fontWeight={Number(total.font.weight) || 500}
        fill={total.color}
        className="tabular-nums"
      >
        {text}
      </text>
    </g>
  )
}
