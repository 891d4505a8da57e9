'use client'
import { fontPx } from '../../style/font.ts'
import { textColor } from '../../style/ground-colors.ts'
import { textWidth } from '../../style/fit.ts'
import { axisNumber } from '../chart/numbers.ts'
import { everyNth, niceTicks, onCircle, type Point, ringPath, sectorsOf } from './geometry.ts'
import type { Picture } from './latest-view.tsx'
import type { BarSettings } from './settings.ts'

/** From zero, unless the file or values below zero ask for more. */
const scaleOf = (picture: Picture, settings: BarSettings, ticks: number): number[] => {
  const values = picture.slices.map((slice) => slice.value ?? 0)
  const min = settings.axisMin ?? Math.min(0, ...values)
  const max = settings.axisMax ?? Math.max(0, ...values)
  return max > min ? niceTicks(min, max, ticks) : [min, min + 1]
}

const opacityOf = (settings: BarSettings): number => {
  const { backgroundSettings: ground } = settings.barSettings
  return ground.type === 'opacity' ? ground.opacity : 1
}

const tickSpacing = 44
const labelHeight = 16

export const Bars = ({ picture, settings }: { picture: Picture; settings: BarSettings }) => {
  const { size, slices, locale } = picture
  const ticks = scaleOf(picture, settings, Math.max(2, Math.floor(size.height / tickSpacing)))
  const [low = 0] = ticks
  const high = ticks.at(-1) ?? 1
  const texts = ticks.map((tick) => axisNumber(tick, null, locale))
  const isTiny = size.width < 140 || size.height < 80
  const left = isTiny ? 0 : Math.max(...texts.map((text) => textWidth(text, 11))) + 8
  const top = settings.barSettings.showLabel && settings.barSettings.labelPosition !== 'inside' ? labelHeight : 6
  const slot = (size.width - left) / Math.max(1, slices.length)
  const hasNames = !isTiny && slot > 28
  const bottom = size.height - (hasNames ? labelHeight + 4 : 2)
  const yOf = (value: number) => bottom - ((Math.max(low, Math.min(high, value)) - low) / (high - low)) * (bottom - top)
  const width = Math.max(
    1,
    Math.min(slot - 2, (slot * Math.max(5, Math.min(100, settings.barSettings.barWidth))) / 100, 120),
  )
  return (
    <>
      {ticks.map((tick, index) => (
        <g key={tick}>
          <line
            x1={left}
            x2={size.width}
            y1={yOf(tick)}
            y2={yOf(tick)}
            stroke="var(--tw-line)"
            shapeRendering="crispEdges"
          />
          {isTiny ? null : (
            <text
              x={left - 6}
              y={yOf(tick)}
              textAnchor="end"
              dominantBaseline="central"
              fontSize={Math.min(14, fontPx(settings.axisTickLabelFont) - 1)}
              fill="var(--tw-ink-3)"
              className="tabular-nums"
            >
              {texts[index]}
            </text>
          )}
        </g>
      ))}
      {slices.map((slice, index) => {
        const value = slice.value ?? 0
        const x = left + slot * index + (slot - width) / 2
        const y = Math.min(yOf(value), yOf(0))
        const height = Math.max(1, Math.abs(yOf(value) - yOf(0)))
        const text = picture.valueText(slice)
        const isOver = value >= 0
        return (
          <g key={slice.id} opacity={picture.hovered === null || picture.hovered === slice.id ? 1 : 0.5}>
            <rect
              x={x}
              y={y}
              width={width}
              height={height}
              rx={Math.min(settings.barSettings.borderRadius, width / 2, height / 2)}
              fill={slice.color}
              fillOpacity={opacityOf(settings)}
              {...(settings.barSettings.showBorder
                ? { stroke: slice.color, strokeWidth: settings.barSettings.borderWidth }
                : {})}
              {...picture.handles(slice)}
            />
            {settings.barSettings.showLabel && textWidth(text, 11) < slot ? (
              <text
                x={x + width / 2}
                y={isOver ? y - 7 : y + height + 8}
                textAnchor="middle"
                dominantBaseline="central"
                fontSize={Math.min(16, fontPx(settings.barSettings.labelFont))}
                fill={textColor(settings.barSettings.labelColor, picture.theme)}
                className="pointer-events-none tabular-nums"
              >
                {text}
              </text>
            ) : null}
            {hasNames ? (
              <text
                x={x + width / 2}
                y={size.height - labelHeight / 2}
                textAnchor="middle"
                dominantBaseline="central"
                fontSize={11}
                fill="var(--tw-ink-3)"
                className="pointer-events-none"
              >
                {fitName(slice.label, slot)}
              </text>
            ) : null}
          </g>
        )
      })}
      <line
        x1={left}
        x2={size.width}
        y1={yOf(0)}
        y2={yOf(0)}
        stroke="var(--tw-line-strong)"
        shapeRendering="crispEdges"
      />
    </>
  )
}

const fitName = (name: string, room: number): string => {
  const most = Math.max(1, Math.floor(room / 6.4))
  return name.length <= most ? name : `${name.slice(0, Math.max(1, most - 1))}…`
}

/** Equal angles; the value is how far a part reaches from the centre. */
export const PolarArea = ({
  picture,
  settings,
  startAngle,
}: {
  picture: Picture
  settings: BarSettings
  startAngle: number
}) => {
  const { size, slices } = picture
  const hasNames = settings.barSettings.showLabel && size.width > 190 && size.height > 110
  const center: Point = { x: size.width / 2, y: size.height / 2 }
  const outer = Math.max(8, Math.min(size.width / 2 - (hasNames ? 64 : 2), size.height / 2 - (hasNames ? 20 : 2)))
  const ticks = scaleOf(picture, settings, Math.max(2, Math.floor(outer / 28)))
  const [low = 0] = ticks
  const high = ticks.at(-1) ?? 1
  const radiusOf = (value: number) => ((Math.max(low, Math.min(high, value)) - low) / (high - low)) * outer
  const everyName = everyNth(slices.length, outer)
  const sectors = sectorsOf(slices.length, startAngle)
  return (
    <>
      {ticks.slice(1).map((tick) => (
        <circle key={tick} cx={center.x} cy={center.y} r={radiusOf(tick)} fill="none" stroke="var(--tw-line)" />
      ))}
      {slices.map((slice, index) => {
        const sector = sectors[index]
        if (!sector) return null
        const middle = (sector.start + sector.end) / 2
        const name = onCircle(center, outer + 12, middle)
        const isAlone = slices.length === 1
        return (
          <g key={slice.id} opacity={picture.hovered === null || picture.hovered === slice.id ? 1 : 0.5}>
            <path
              d={ringPath(center, 0, Math.max(1, radiusOf(slice.value ?? 0)), sector)}
              fill={slice.color}
              fillOpacity={opacityOf(settings) * 0.85}
              stroke="var(--tw-surface)"
              strokeWidth={isAlone ? 0 : 1.5}
              {...picture.handles(slice)}
            />
            {hasNames && index % everyName === 0 ? (
              <text
                x={name.x}
                y={name.y}
                textAnchor={Math.abs(Math.sin(middle)) < 0.3 ? 'middle' : Math.sin(middle) > 0 ? 'start' : 'end'}
                dominantBaseline="central"
                fontSize={11}
                fill="var(--tw-ink-2)"
                className="pointer-events-none"
              >
                {fitName(slice.label, 70)}
              </text>
            ) : null}
          </g>
        )
      })}
      {size.height > 110
        ? ticks.slice(1).map((tick) => (
            <text
              key={tick}
              x={center.x + 3}
              y={center.y - radiusOf(tick) + 2}
              fontSize={10}
              fill={textColor(settings.axisTickLabelColor, picture.theme)}
              stroke="var(--tw-surface)"
              strokeWidth={3}
              paintOrder="stroke"
              dominantBaseline="hanging"
              className="pointer-events-none tabular-nums"
            >
              {axisNumber(tick, null, picture.locale)}
            </text>
          ))
        : null}
    </>
  )
}
