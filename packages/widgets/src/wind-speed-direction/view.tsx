'use client'
import { memo } from 'react'
import { FirstValue } from '../engines/value-card/first.tsx'
import { CardClick, type CardLook, CardText, CardValue } from '../engines/value-card/parts.tsx'
import { none, type Reading, readingOf, spoken } from '../engines/value-card/reading.ts'
import { sourcesIn } from '../style/value-sources.ts'
import { keyLabel } from '../format.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import { markColor, type Surface, textColor } from '../style/ground-colors.ts'
import { useColors } from '../style/use-colors.ts'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import type { WindSettings } from './manifest.ts'
import { heading, onRing, sectorOf, ticksPath } from './ring.ts'
import { directions, windWords } from './words.ts'
import { glide } from '../style/glide.ts'

type Props = WidgetViewProps<WindSettings>

/** Where the wind comes from (the first key, in degrees) around how strong it is (the second). */
export const WindSpeedDirection = (p: Props) => (
  <FirstValue state={p.state} noData={p.texts.noData}>
    {(ready) => <Card {...p} {...ready} />}
  </FirstValue>
)

/** Below this there is no room for names on the ring. */
const leastWithNames = 110

const Card = (p: Props & { series: WidgetSeries; all: readonly WidgetSeries[]; isStale: boolean }) => {
  const { settings, series } = p
  const words = useWords('wind', windWords)
  const ground = useGround(settings.background, p.theme)
  const speedSeries = p.all.filter((one) => one.role === 'main')[1]
  const direction = readingOf(series, p.locale)
  const speed = speedSeries ? readingOf(speedSeries, p.locale) : null
  const { colors, problem } = useColors({ value: settings.centerValueColor }, speed?.value, sourcesIn(p.state))
  const look: CardLook = { surface: ground.surface, scale: 1, isStale: p.isStale }
  const degrees = direction.number === null ? null : heading(direction.number)
  const from = degreesText(degrees, direction, (sector) => words(directions[sector] ?? 'n'))
  const side = Math.max(1, Math.min(p.size.width, p.size.height) - 16)
  const radius = side / 2
  const inner = radius * (side >= leastWithNames ? 1.05 : 1.3)
  const label = keyLabel(series.dataKey, series.entity.name)
  const main = speed ?? { text: from, units: '' }
  const isSmall = radius < 48
  const said = [
    `${label}: ${from}`,
    speed && speedSeries ? `${keyLabel(speedSeries.dataKey, series.entity.name)}: ${spoken('', speed)}` : '',
  ]
  return (
    <GroundBox ground={ground} padding="8px" problem={problem}>
      <CardClick entity={series.entity} label={label} />
      <div
        role="img"
        aria-label={said.filter(Boolean).join(', ')}
        className="relative mx-auto grid h-full place-items-center"
        style={{ width: side }}
      >
        <svg
          aria-hidden
          width={side}
          height={side}
          viewBox={`${-radius} ${-radius} ${side} ${side}`}
          className="absolute inset-0 m-auto block select-none"
        >
          <Ring
            radius={radius}
            settings={settings}
            surface={ground.surface}
            names={side >= leastWithNames ? directions.map((name) => words(name)) : null}
          />
          {degrees === null ? null : (
            <g style={{ transform: `rotate(${degrees}deg)`, transition: glide('transform') }}>
              <Arrow
                radius={radius * (side >= leastWithNames ? 0.76 : 0.96)}
                color={p.isStale ? 'var(--tw-ink-3)' : markColor(settings.arrowColor, ground.surface)}
              />
            </g>
          )}
        </svg>
        <div aria-hidden className="relative flex flex-col items-center text-center" style={{ width: inner }}>
          <CardValue
            reading={isSmall ? { text: main.text, units: '' } : main}
            font={settings.centerValueFont}
            color={colors.value}
            look={look}
            width={inner}
            height={inner * 0.6}
          />
          {!speed || isSmall || direction.text === none ? null : (
            <CardText text={from} font={{ ...settings.minorTicksFont, size: 12, weight: '400' }} color="" look={look} />
          )}
        </div>
      </div>
    </GroundBox>
  )
}

/** `NW 315°`; what is no number stays as it is. */
const degreesText = (degrees: number | null, reading: Reading, nameOf: (sector: number) => string): string => {
  if (degrees === null) return reading.text
  const text = degrees === reading.number ? reading.text : String(Math.round(degrees) % 360)
  return `${nameOf(sectorOf(degrees, directions.length))} ${text}°`
}

const Ring = memo(
  (p: { radius: number; settings: WindSettings; surface: Surface; names: readonly string[] | null }) => {
    const { radius, settings, names } = p
    const isPlain = settings.layout === 'simplified'
    const outer = radius - 1
    const px = Math.min(16, Math.max(11, radius * 0.13))
    return (
      <g>
        {isPlain ? (
          <circle r={outer - radius * 0.06} fill="none" stroke="var(--tw-line-strong)" strokeWidth={radius * 0.05} />
        ) : (
          <path
            d={ticksPath(outer, radius * 0.1, radius < 60 ? 10 : 5, names ? 10 : 0)}
            stroke={markColor(settings.ticksColor, p.surface)}
            strokeOpacity="0.55"
            strokeWidth="1.5"
          />
        )}
        {names?.map((name, index) => {
          const isMain = index % 2 === 0
          if (!isMain && (settings.layout !== 'advanced' || radius < 84)) return null
          const at = onRing(index * 45, isPlain || !isMain ? radius * 0.74 : outer - radius * 0.06)
          const degrees = index * 45
          return (
            <text
              key={degrees}
              x={at.x}
              y={at.y}
              textAnchor="middle"
              dominantBaseline="central"
              fontSize={isMain ? px : px * 0.85}
              fontWeight={isMain ? 600 : 400}
              fill={textColor(isMain ? settings.majorTicksColor : settings.minorTicksColor, p.surface)}
            >
              {settings.directionalNamesElseDegrees ? name : degrees}
            </text>
          )
        })}
      </g>
    )
  },
)

/** Points inwards from where the wind comes. */
const Arrow = (p: { radius: number; color: string }) => {
  const half = Math.max(4, p.radius * 0.09)
  const length = Math.max(7, p.radius * 0.2)
  const tip = -(p.radius - length)
  return (
    <path
      d={`M0,${tip}L${half},${tip - length}L0,${tip - length * 0.72}L${-half},${tip - length}Z`}
      fill={p.color}
      stroke={p.color}
      strokeLinejoin="round"
    />
  )
}
