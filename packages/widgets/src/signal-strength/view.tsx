'use client'
import { pointAt } from '../engines/gauge/arc.ts'
import { FirstValue } from '../engines/value-card/first.tsx'
import { CardClick, type CardLook, CardText } from '../engines/value-card/parts.tsx'
import { readingOf, spoken } from '../engines/value-card/reading.ts'
import { sourcesIn } from '../style/value-sources.ts'
import { keyLabel } from '../format.ts'
import { dateText } from '../style/date-text.ts'
import { markColor, trackColor } from '../style/ground-colors.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import { useColors } from '../style/use-colors.ts'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import { litBars } from './bars.ts'
import type { SignalStrengthSettings } from './manifest.ts'
import { signalWords } from './words.ts'

type Props = WidgetViewProps<SignalStrengthSettings>

export const SignalStrength = (p: Props) => (
  <FirstValue state={p.state} noData={p.texts.noData}>
    {(ready) => <Card {...p} {...ready} />}
  </FirstValue>
)

/** Below this there is room for the picture alone. */
const leastWithDate = 70

const Card = (p: Props & { series: WidgetSeries; all: readonly WidgetSeries[]; isStale: boolean }) => {
  const { settings, series } = p
  const words = useWords('signal-strength', signalWords)
  const reading = readingOf(series, p.locale)
  const ground = useGround(settings.background, p.theme, reading.look.background)
  const lit = litBars(reading.number, settings.noSignalRssiValue)
  const { colors, problem } = useColors({ active: settings.activeBarsColor }, reading.value, sourcesIn(p.state))
  const inner = { width: p.size.width - 24, height: p.size.height - 24 }
  const showDate = settings.showDate && reading.ts !== undefined && inner.height >= leastWithDate
  const edge = Math.max(16, Math.min(inner.width, inner.height - (showDate ? 22 : 0), 120))
  const look: CardLook = { surface: ground.surface, scale: 1, isStale: p.isStale }
  const label = keyLabel(series.dataKey, series.entity.name)
  const said = `${spoken(label, reading)}${lit === null ? '' : `, ${words('bars', { lit })}`}`
  const hints = [
    settings.showTooltipValue ? spoken('', reading) : '',
    settings.showTooltipDate ? dateText(reading.ts, settings.tooltipDateFormat, p) : '',
  ].filter(Boolean)
  const active = p.isStale
    ? 'var(--tw-ink-3)'
    : markColor(
        reading.look.background === null ? (reading.look.color ?? colors.active) : colors.active,
        ground.surface,
      )
  const color = (index: number) =>
    lit !== null && index < lit ? active : trackColor(settings.inactiveBarsColor, ground.surface)
  return (
    <GroundBox ground={ground} padding={settings.padding} problem={problem}>
      <CardClick entity={series.entity} label={label} />
      <div
        role="img"
        aria-label={said}
        title={settings.showTooltip ? hints.join(' · ') : undefined}
        className="flex size-full flex-col items-center justify-center gap-1.5"
      >
        <svg aria-hidden width={edge} height={edge} viewBox="0 0 48 48" className="block">
          {settings.layout === 'wifi' ? <Waves color={color} /> : <Bars color={color} />}
          {lit === 0 || lit === null ? (
            <path d="M8,40L40,8" stroke="var(--tw-ink-3)" strokeWidth="2.5" strokeLinecap="round" />
          ) : null}
        </svg>
        {showDate ? (
          <CardText
            text={dateText(reading.ts, settings.dateFormat, p)}
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

const Bars = ({ color }: { color: (index: number) => string }) =>
  [0, 1, 2, 3].map((index) => {
    const height = 10 + index * 9
    return (
      <rect key={index} x={5 + index * 10} y={42 - height} width={7.5} height={height} rx={2} fill={color(index)} />
    )
  })

const foot = { x: 24, y: 40 }
const wave = (radius: number) => {
  const [from, to] = [pointAt(foot, radius, 135), pointAt(foot, radius, 225)]
  return `M${from.x.toFixed(2)},${from.y.toFixed(2)}A${radius},${radius} 0 0 1 ${to.x.toFixed(2)},${to.y.toFixed(2)}`
}

const Waves = ({ color }: { color: (index: number) => string }) => (
  <>
    <circle cx={foot.x} cy={foot.y - 1} r={3.5} fill={color(0)} />
    {[1, 2, 3].map((index) => (
      <path
        key={index}
        d={wave(2 + index * 9.5)}
        fill="none"
        stroke={color(index)}
        strokeWidth="4.5"
        strokeLinecap="round"
      />
    ))}
  </>
)
