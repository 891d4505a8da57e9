'use client'
import { useId } from 'react'
import { Meter } from '../engines/gauge/meter.tsx'
import { placeOf } from '../engines/gauge/scale.ts'
import { FirstValue } from '../engines/value-card/first.tsx'
import { CardClick, type CardLook, CardText, CardValue } from '../engines/value-card/parts.tsx'
import { none, type Reading, readingOf, textOf } from '../engines/value-card/reading.ts'
import { sourcesIn } from '../style/value-sources.ts'
import { keyLabel } from '../format.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import { dateText } from '../style/date-text.ts'
import { fontPx } from '../style/font.ts'
import { markColor } from '../style/ground-colors.ts'
import { GroundBox, useGround } from '../style/ground.tsx'
import { useColors } from '../style/use-colors.ts'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import type { LiquidLevelSettings, TankShape } from './manifest.ts'
import { levelAt, outlines } from './shapes.ts'
import { asksAttributes, describeTank } from './tank.ts'
import { amountIn, percentFull } from './volume.ts'
import { liquidWords } from './words.ts'
import { glide } from '../style/glide.ts'

type Props = WidgetViewProps<LiquidLevelSettings>

export const LiquidLevel = (p: Props) => (
  <FirstValue state={p.state} noData={p.texts.noData}>
    {(ready) => <Card {...p} {...ready} />}
  </FirstValue>
)

/** Below this the value stands without its box. */
const leastWithBox = 90

const Card = (p: Props & { series: WidgetSeries; all: readonly WidgetSeries[]; isStale: boolean }) => {
  const { settings, series } = p
  const words = useWords('liquid-level', liquidWords)
  const attributes = useWidgetHost().values.useAttributes(asksAttributes(settings) ? series.entity.id : null)
  const { shape, tank, units, missing } = describeTank(settings, attributes, p.config.units)
  const raw = readingOf(series, p.locale)
  const ground = useGround(settings.background, p.theme, raw.look.background)
  const percent = raw.number === null ? null : percentFull(raw.number, settings.datasourceUnits, tank)
  const decimals = series.dataKey.decimals ?? p.config.decimals ?? 0
  const amount = (value: number, unit: string, digits = decimals) =>
    textOf(value, { ...series, dataKey: { ...series.dataKey, units: unit, decimals: digits } }, p.locale)
  const shown: Reading = {
    ...raw,
    number: percent,
    text: percent === null || raw.look.text !== null ? raw.text : amount(amountIn(percent, tank, units), units),
    units: percent === null || raw.look.text !== null ? '' : units,
  }
  const lookup = sourcesIn(p.state)
  // Colours of the picture follow how full it is, that of the value what is shown.
  const picture = useColors({ tank: settings.tankColor, liquid: settings.liquidColor }, percent ?? undefined, lookup)
  const value = useColors(
    { value: settings.valueColor },
    percent === null ? raw.value : amountIn(percent, tank, units),
    lookup,
  )
  const label = keyLabel(series.dataKey, series.entity.name)
  const edge = Math.max(24, Math.min(p.size.width, p.size.height) - 16)
  const look: CardLook = {
    surface: ground.surface,
    scale: Math.min(1.3, Math.max(0.55, edge / 170)),
    isStale: p.isStale,
  }
  const problem =
    missing.length > 0 ? words('missing', { keys: missing.join(', ') }) : (picture.problem ?? value.problem)
  const hints = [
    settings.showTooltipLevel && percent !== null
      ? `${amount(amountIn(percent, tank, settings.tooltipUnits), settings.tooltipUnits, settings.tooltipLevelDecimals)} ${settings.tooltipUnits}`
      : '',
    settings.showTooltipDate ? dateText(raw.ts, settings.tooltipDateFormat, p) : '',
  ].filter(Boolean)
  const volume = `${amount(amountIn(100, tank, units === '%' ? tank.units : units), units)} ${units === '%' ? tank.units : units}`
  const isAbsolute = settings.layout === 'absolute'
  const said: Reading = isAbsolute ? { ...shown, text: words('of', { amount: shown.text, volume }), units: '' } : shown
  return (
    <GroundBox ground={ground} padding="0px" problem={problem}>
      <CardClick entity={series.entity} label={label} />
      <Meter label={label} reading={said} place={placeOf(percent, 0, 100)} min={0} max={100} className="size-full">
        <div
          className="relative flex size-full items-center justify-center"
          title={settings.showTooltip ? hints.join(' · ') : undefined}
        >
          <Tank
            shape={shape}
            percent={percent}
            edge={edge}
            wall={
              p.isStale || percent === null ? 'var(--tw-line-strong)' : markColor(picture.colors.tank, ground.surface)
            }
            liquid={
              p.isStale
                ? 'var(--tw-ink-3)'
                : markColor(
                    raw.look.background === null ? (raw.look.color ?? picture.colors.liquid) : picture.colors.liquid,
                    ground.surface,
                  )
            }
          />
          {settings.layout === 'simple' ? null : (
            <div
              className="absolute flex flex-col items-center rounded-md px-2 py-1"
              style={
                settings.showBackgroundOverlay && edge >= leastWithBox
                  ? { background: 'color-mix(in oklab, var(--tw-surface) 82%, transparent)' }
                  : {}
              }
            >
              <CardValue
                reading={shown}
                font={settings.valueFont}
                color={value.colors.value}
                look={look}
                width={edge * 0.5}
                height={edge * 0.3}
              />
              {isAbsolute && edge >= leastWithBox && shown.text !== none ? (
                <>
                  <div className="my-0.5 h-px w-full bg-line-strong" />
                  <CardText
                    text={volume}
                    font={{ ...settings.volumeFont, size: Math.min(14, fontPx(settings.volumeFont)) }}
                    color="rgba(0, 0, 0, 0.54)"
                    look={look}
                    className="tabular-nums"
                  />
                </>
              ) : null}
            </div>
          )}
        </div>
      </Meter>
    </GroundBox>
  )
}

const Tank = (p: { shape: TankShape; percent: number | null; edge: number; wall: string; liquid: string }) => {
  const id = useId()
  const outline = outlines[p.shape]
  const level = levelAt(outline, p.percent ?? 0)
  const isWet = p.percent !== null && p.percent > 0
  return (
    <svg aria-hidden viewBox="0 0 200 200" width={p.edge} height={p.edge} className="block">
      <defs>
        <clipPath id={id}>
          <path d={outline.path} />
        </clipPath>
      </defs>
      <path d={outline.path} fill="var(--tw-sunken)" />
      {isWet ? (
        <g clipPath={`url(#${id})`}>
          <rect
            x={0}
            y={0}
            width={200}
            height={200}
            fill={p.liquid}
            style={{ transform: `translateY(${level}px)`, transition: glide('transform') }}
          />
          <rect
            x={0}
            y={0}
            width={200}
            height={3}
            fill="white"
            opacity={0.35}
            style={{ transform: `translateY(${level}px)`, transition: glide('transform') }}
          />
        </g>
      ) : null}
      <path d={outline.path} fill="none" stroke={p.wall} strokeWidth={3.5} />
      {p.percent !== null && p.percent > 100 ? (
        // Fuller than full: a drop that runs over.
        <path d="M100,2l7,9h-14z" fill={p.wall} />
      ) : null}
    </svg>
  )
}
