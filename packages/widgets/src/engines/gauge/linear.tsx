'use client'
import { keyLabel } from '../../format.ts'
import { fitText } from '../../style/fit.ts'
import { markColor } from '../../style/ground-colors.ts'
import { mix, parseColor, toCss } from '../../style/rgb.ts'
import type { WidgetSeries, WidgetViewProps } from '../../widget.ts'
import { FirstValue } from '../value-card/first.tsx'
import { CardClick } from '../value-card/parts.tsx'
import { readingOf } from '../value-card/reading.ts'
import { bandsOf, dialInk, plateOf } from './analogue-look.ts'
import type { LinearGaugeSettings } from './analogue-settings.ts'
import { Meter } from './meter.tsx'
import { endsOf, evenTicks, placeOf, tickText } from './scale.ts'
import { glide } from '../../style/glide.ts'

type Props = WidgetViewProps<LinearGaugeSettings>

/** A thermometer: a scale with a filled column, upright in a tall tile and lying in a wide one. */
export const LinearGauge = (p: Props) => (
  <FirstValue state={p.state} noData={p.texts.noData}>
    {(ready) => <Gauge {...p} {...ready} />}
  </FirstValue>
)

const leastWithNumbers = 84

/** The column's colour where the value stands between its two ends. */
const progressColor = (settings: LinearGaugeSettings, share: number, keyColor: string): string => {
  const [from, to] = [parseColor(settings.colorBarProgress), parseColor(settings.colorBarProgressEnd)]
  if (from && to) return toCss(mix(from, to, share))
  return settings.colorBarProgress || settings.defaultColor || keyColor
}

const Gauge = (p: Props & { series: WidgetSeries; isStale: boolean }) => {
  const { settings, series, size } = p
  const reading = readingOf(series, p.locale)
  const ends = endsOf(settings.minValue, settings.maxValue)
  const place = placeOf(reading.number, ends.min, ends.max)
  const isUpright = size.height > size.width
  const [length, across] = isUpright ? [size.height, size.width] : [size.width, size.height]
  const hasWords = across >= leastWithNumbers && length >= 120
  const { surface } = plateOf('', p.theme)
  const color = p.isStale
    ? 'var(--tw-ink-3)'
    : markColor(
        reading.look.background ??
          reading.look.color ??
          progressColor(settings, place.share ?? 0, series.dataKey.color ?? ''),
        surface,
      )
  const label = keyLabel(series.dataKey, series.entity.name)
  const head = hasWords || !isUpright ? Math.min(40, size.height * 0.3) : 26
  const title = settings.showUnitTitle && hasWords ? settings.unitTitle || label : ''
  return (
    <div className="relative flex size-full flex-col overflow-hidden">
      <CardClick entity={series.entity} label={label} />
      <Meter label={label} reading={reading} place={place} min={ends.min} max={ends.max} className="size-full">
        <svg aria-hidden width={size.width} height={size.height} className="block select-none">
          <Head
            width={size.width}
            height={head}
            title={isUpright && size.width < 140 ? '' : title}
            text={settings.valueBox ? reading.text : ''}
            units={settings.valueBox ? reading.units : ''}
            ink={
              p.isStale || (reading.number === null && reading.look.text === null)
                ? 'var(--tw-ink-3)'
                : dialInk(reading.look.color ?? settings.valueFont.color, 'ink', surface)
            }
          />
          <Column
            {...p}
            isUpright={isUpright}
            top={head}
            color={color}
            share={place.share}
            outside={place.outside}
            ends={ends}
            hasNumbers={hasWords}
          />
        </svg>
      </Meter>
    </div>
  )
}

const Head = (p: { width: number; height: number; title: string; text: string; units: string; ink: string }) => {
  const letters = p.text.length + (p.units ? (p.units.length + 1) * 0.6 : 0)
  const px = fitText(
    'n'.repeat(Math.max(3, Math.ceil(letters))),
    (p.width - 24) * (p.title ? 0.55 : 1),
    Math.min(24, p.height * 0.7),
    9,
  )
  const y = p.height / 2 + 4
  const room = Math.max(4, Math.floor(((p.width - 24) * 0.45) / 12 / 0.55))
  const most = Math.max(4, Math.floor((p.width - 24) / px / 0.55))
  return (
    <g>
      {p.title ? (
        <text x={12} y={y} dominantBaseline="central" fill="var(--tw-ink-3)" fontSize={12}>
          {p.title.length > room ? `${p.title.slice(0, room - 1)}…` : p.title}
        </text>
      ) : null}
      <text
        x={p.title ? p.width - 12 : p.width / 2}
        y={y}
        textAnchor={p.title ? 'end' : 'middle'}
        dominantBaseline="central"
        fill={p.ink}
        fontSize={px}
        fontWeight={600}
        className="tracking-tight tabular-nums"
      >
        {p.text.length > most ? `${p.text.slice(0, most - 1)}…` : p.text}
        {p.units ? (
          <tspan dx={px * 0.15} fontSize={Math.max(10, px * 0.6)} fontWeight={500} fill="var(--tw-ink-3)">
            {p.units}
          </tspan>
        ) : null}
      </text>
    </g>
  )
}

type ColumnProps = Props & {
  isUpright: boolean
  top: number
  color: string
  share: number | null
  outside: 'below' | 'above' | null
  ends: { min: number; max: number }
  hasNumbers: boolean
}

/** Drawn lying, and turned for an upright one: `along` counts from the lower end. */
const Column = (p: ColumnProps) => {
  const { settings, size, isUpright, ends } = p
  const room = { width: size.width, height: size.height - p.top }
  const across = isUpright ? room.width : room.height
  const thickness = Math.max(6, Math.min(18, across * 0.16))
  const bulb = thickness * 0.95
  const edge = p.hasNumbers ? 20 : 8
  const start = edge + bulb * 1.6
  const total = (isUpright ? room.height : room.width) - start - edge
  const middle = p.hasNumbers ? (isUpright ? room.width * 0.4 : room.height * 0.42) : across / 2
  const along = (share: number) => start + total * share
  // Where a share of the scale and a distance from the column's middle are on the screen.
  const at = (share: number, off: number) =>
    isUpright ? { x: middle + off, y: size.height - along(share) } : { x: along(share), y: p.top + middle + off }
  const { surface } = plateOf('', p.theme)
  const major = evenTicks(ends.min, ends.max, settings.majorTicksCount || 10)
  const step = (ends.max - ends.min) / Math.max(1, major.length - 1)
  const every = Math.max(1, Math.ceil((major.length * (isUpright ? 18 : 34)) / Math.max(1, total)))
  const box = (from: number, to: number, half: number) => {
    const [a, b] = [at(from, -half), at(to, half)]
    return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(b.x - a.x), height: Math.abs(b.y - a.y) }
  }
  const origin = at(0, 0)
  const half = thickness / 2
  const bands = bandsOf(settings.highlights, ends, surface)
  const bandOff = half + 4
  const tick = (share: number, length: number) => {
    const [a, b] = [at(share, bandOff + 3), at(share, bandOff + 3 + length)]
    return `M${a.x},${a.y}L${b.x},${b.y}`
  }
  const bulbAt = isUpright ? { cx: origin.x, cy: origin.y + bulb } : { cx: origin.x - bulb, cy: origin.y }
  return (
    <g>
      <rect {...box(0, 1, half)} rx={half} fill="var(--tw-line)" />
      {bands.map((band) => {
        const [a, b] = [at(band.from, bandOff), at(band.to, bandOff)]
        return (
          <line
            key={`${band.from} ${band.color}`}
            x1={a.x}
            y1={a.y}
            x2={b.x}
            y2={b.y}
            stroke={band.color}
            strokeWidth={3}
          />
        )
      })}
      {p.share === null ? null : (
        <>
          <rect
            {...box(0, 1, half)}
            rx={half}
            fill={p.color}
            style={{
              clipPath: isUpright ? `inset(${(1 - p.share) * 100}% 0 0 0)` : `inset(0 ${(1 - p.share) * 100}% 0 0)`,
              ...(settings.animation ? { transition: glide('clip-path') } : {}),
            }}
          />
          {p.share > 0 ? <rect {...box(0, Math.min(1, half / Math.max(1, total)), half)} fill={p.color} /> : null}
        </>
      )}
      <circle {...bulbAt} r={bulb} fill={p.share === null ? 'var(--tw-line)' : p.color} />
      {p.outside === 'above' ? <Notch at={at} share={1 - (half + 2) / Math.max(1, total)} half={half} /> : null}
      {p.outside === 'below' ? <Notch at={at} share={(half + 2) / Math.max(1, total)} half={half} /> : null}
      {p.hasNumbers ? (
        <>
          <path
            d={major.map((_, index) => tick(index / (major.length - 1), 5)).join('')}
            stroke="var(--tw-ink-3)"
            strokeWidth="1"
          />
          <g fill={dialInk(settings.numbersFont.color, 'ink-3', surface)} fontSize={11} className="tabular-nums">
            {major.map((value, index) => {
              if (index % every !== 0) return null
              const spot = at(index / (major.length - 1), bandOff + 12)
              return (
                <text
                  key={value}
                  x={spot.x}
                  y={isUpright ? spot.y : spot.y + 6}
                  textAnchor={isUpright ? 'start' : 'middle'}
                  dominantBaseline="central"
                >
                  {tickText(value, step, p.locale)}
                </text>
              )
            })}
          </g>
        </>
      ) : null}
    </g>
  )
}

const Notch = (p: { at: (share: number, off: number) => { x: number; y: number }; share: number; half: number }) => {
  const [a, b] = [p.at(p.share, -p.half - 1), p.at(p.share, p.half + 1)]
  return <line x1={a.x} y1={a.y} x2={b.x} y2={b.y} stroke="var(--tw-surface)" strokeWidth={3} />
}
