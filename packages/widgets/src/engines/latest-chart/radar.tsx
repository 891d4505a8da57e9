'use client'
import type { z } from 'zod'
import { fontPx } from '../../style/font.ts'
import { markColor, textColor } from '../../style/ground-colors.ts'
import { axisNumber } from '../chart/numbers.ts'
import { everyNth, niceTicks, onCircle, type Point } from './geometry.ts'
import type { Picture } from './latest-view.tsx'
import type { radarSettings } from '../../radar/manifest.ts'

type Settings = z.output<typeof radarSettings>

const rings = 4
const dash = { solid: undefined, dashed: '6 4', dotted: '2 3' } as const

const path = (points: readonly Point[]): string =>
  points.map((point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`).join(' ')

/** One axis a value, all from the middle; the shape is what is looked at. */
export const Radar = ({ picture, settings }: { picture: Picture; settings: Settings }) => {
  const { size, slices } = picture
  const hasNames = settings.axisShowLabel && size.width > 170 && size.height > 110
  const center: Point = { x: size.width / 2, y: size.height / 2 }
  const outer = Math.max(8, Math.min(size.width / 2 - (hasNames ? 72 : 4), size.height / 2 - (hasNames ? 22 : 4)))
  const most = Math.max(0, ...slices.map((slice) => slice.value ?? 0))
  const ticks = niceTicks(0, most || 1, rings)
  const high = ticks.at(-1) ?? 1
  const angleOf = (index: number) => (index / Math.max(1, slices.length)) * Math.PI * 2
  const scaleOf = (value: number) => (settings.normalizeAxes ? Math.abs(value) || 1 : high)
  const at = (index: number, value: number) =>
    onCircle(center, (Math.max(0, Math.min(scaleOf(value), value)) / scaleOf(value)) * outer, angleOf(index))
  const everyName = everyNth(slices.length, outer)
  const points = slices.map((slice, index) => at(index, slice.value ?? 0))
  const color = markColor(settings.color, picture.theme)
  const fill = settings.fillAreaSettings
  return (
    <>
      {ticks.slice(1).map((tick) => {
        const radius = (tick / high) * outer
        return settings.shape === 'circle' || slices.length < 3 ? (
          <circle
            key={tick}
            cx={center.x}
            cy={center.y}
            r={radius}
            fill="none"
            stroke="var(--tw-line-strong)"
            strokeOpacity={0.6}
          />
        ) : (
          <polygon
            key={tick}
            points={path(slices.map((_, index) => onCircle(center, radius, angleOf(index))))}
            fill="none"
            stroke="var(--tw-line-strong)"
            strokeOpacity={0.6}
          />
        )
      })}
      {slices.map((slice, index) => {
        const end = onCircle(center, outer, angleOf(index))
        const name = onCircle(center, outer + 12, angleOf(index))
        const sine = Math.sin(angleOf(index))
        return (
          <g key={slice.id}>
            <line x1={center.x} y1={center.y} x2={end.x} y2={end.y} stroke="var(--tw-line)" />
            {hasNames && index % everyName === 0 ? (
              <text
                x={name.x}
                y={name.y}
                textAnchor={Math.abs(sine) < 0.2 ? 'middle' : sine > 0 ? 'start' : 'end'}
                dominantBaseline="central"
                fontSize={Math.min(14, fontPx(settings.axisLabelFont) - 1)}
                fill={picture.hovered === slice.id ? 'var(--tw-ink)' : 'var(--tw-ink-2)'}
              >
                {slice.label.length > 14 ? `${slice.label.slice(0, 13)}…` : slice.label}
              </text>
            ) : null}
          </g>
        )
      })}
      <polygon
        points={path(points)}
        fill={color}
        fillOpacity={fill.type === 'none' ? 0.08 : fill.type === 'opacity' ? fill.opacity : 0.3}
        stroke={color}
        strokeWidth={settings.showLine ? Math.min(4, settings.lineWidth) : 0}
        strokeDasharray={dash[settings.lineType]}
        strokeLinejoin="round"
        className="pointer-events-none"
      />
      {settings.axisShowTickLabels && !settings.normalizeAxes
        ? ticks.slice(1).map((tick) => (
            <text
              key={tick}
              x={center.x + 3}
              y={center.y - (tick / high) * outer}
              fontSize={10}
              fill="var(--tw-ink-3)"
              className="tabular-nums"
            >
              {axisNumber(tick, null, picture.locale)}
            </text>
          ))
        : null}
      {slices.map((slice, index) => {
        const point = points[index]
        if (!point) return null
        return (
          <g key={slice.id} {...picture.handles(slice)}>
            <circle cx={point.x} cy={point.y} r={10} fill="transparent" />
            {settings.showPoints ? (
              <circle
                cx={point.x}
                cy={point.y}
                r={Math.min(8, settings.pointSize * (picture.hovered === slice.id ? 1.5 : 1))}
                fill={settings.pointShape === 'emptyCircle' ? 'var(--tw-surface)' : color}
                stroke={settings.pointShape === 'emptyCircle' ? color : 'var(--tw-surface)'}
                strokeWidth={1.5}
              />
            ) : null}
            {settings.showLabel ? (
              <text
                x={point.x}
                y={point.y + (settings.labelPosition === 'bottom' ? 14 : -10)}
                textAnchor="middle"
                dominantBaseline="central"
                fontSize={Math.min(14, fontPx(settings.labelFont))}
                fill={textColor(settings.labelColor, picture.theme)}
                className="tabular-nums"
              >
                {picture.valueText(slice)}
              </text>
            ) : null}
          </g>
        )
      })}
    </>
  )
}
