'use client'
import { type PointerEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useWidgetHost } from '../../host/host-context.tsx'
import { WidgetNotice } from '../../notice.tsx'
import { fontPx, fontStyle } from '../../style/font.ts'
import { GroundBox, useGround } from '../../style/ground.tsx'
import { textColor } from '../../style/ground-colors.ts'
import { useWords } from '../../texts/use-texts.ts'
import type { WidgetSeries, WidgetViewProps } from '../../widget.ts'
import { valueLook } from '../../style/value-look.ts'
import { closeNumber, withUnit } from '../chart/numbers.ts'
import { useBoxSize } from '../chart/use-box-size.ts'
import { LatestLegend } from './legend.tsx'
import type { LatestSettings } from './settings.ts'
import { commonUnits, mostDecimals, shareOf, type Slice, slicesOf, totalOf } from './slices.ts'
import { latestWords } from './words.ts'

/** What a picture is drawn of. */
export type Picture = {
  /** Those that are switched on and have a value. */
  slices: readonly Slice[]
  total: number
  units: string | null
  decimals: number | null
  size: { width: number; height: number }
  theme: 'light' | 'dark'
  locale: string
  hovered: string | null
  /** To be spread over what stands for a part. */
  handles: (slice: Slice) => {
    onPointerEnter: (event: PointerEvent) => void
    onPointerMove: (event: PointerEvent) => void
    onPointerLeave: () => void
    onClick: () => void
  }
  valueText: (slice: Slice) => string
}

type LatestProps<S extends LatestSettings> = WidgetViewProps<S> & {
  draw: (picture: Picture) => ReactNode
  /** Source of actions that a click on a part starts. */
  clickSource?: string
}

const flow = {
  top: 'flex-col',
  bottom: 'flex-col-reverse',
  left: 'flex-row items-center',
  right: 'flex-row-reverse items-center',
} as const
const legendBox = {
  top: 'max-h-[40%] shrink-0 flex justify-center pb-2',
  bottom: 'max-h-[40%] shrink-0 flex justify-center pt-2',
  left: 'max-w-[55%] max-h-full shrink-0 flex pr-4',
  right: 'max-w-[55%] max-h-full shrink-0 flex pl-4',
} as const

/** Below this a legend would leave nothing for the picture. */
const leastForLegend = { width: 150, height: 120 }

/** Newest values beside each other: what all charts of that family are drawn by. */
export const LatestChart = <S extends LatestSettings>(p: LatestProps<S>) => {
  const ground = useGround(p.settings.background, p.theme)
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  const isSmall = p.size.width < leastForLegend.width || p.size.height < leastForLegend.height
  return (
    <GroundBox ground={ground} padding={isSmall ? '4px' : p.settings.padding}>
      <Chart {...p} theme={ground.surface.scheme} series={p.state.series} />
    </GroundBox>
  )
}

type Tip = { id: string; x: number; y: number }

const Chart = <S extends LatestSettings>(p: LatestProps<S> & { series: readonly WidgetSeries[] }) => {
  const box = useRef<HTMLDivElement>(null)
  const { actions } = useWidgetHost()
  const words = useWords('latestChart', latestWords)
  const size = useBoxSize(box) ?? p.size
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [hovered, setHovered] = useState<string | null>(null)
  const [tip, setTip] = useState<Tip | null>(null)
  const { units, decimals } = p.config
  const { series, theme } = p
  const { sortSeries: isSorted } = p.settings
  const slices = useMemo(
    () => slicesOf(series, { units, decimals, theme, isSorted }),
    [series, units, decimals, theme, isSorted],
  )
  const drawn = slices.filter((slice) => !hidden.has(slice.id) && slice.value !== null)
  const clicks = p.clickSource ? actions.of(p.clickSource) : []
  const toggle = (id: string) => {
    const next = new Set(hidden)
    if (!next.delete(id)) next.add(id)
    setHidden(next)
  }
  const point = (slice: Slice) => (event: PointerEvent) => {
    setHovered(slice.id)
    setTip({ id: slice.id, x: event.clientX, y: event.clientY })
  }
  const picture: Picture = {
    slices: drawn,
    total: totalOf(drawn),
    units: commonUnits(drawn),
    decimals: mostDecimals(drawn),
    size,
    theme,
    locale: p.locale,
    hovered,
    valueText: (slice) =>
      valueLook(slice.value, slice.dataKey).text ??
      withUnit(closeNumber(slice.value ?? 0, slice.decimals, p.locale), slice.units),
    handles: (slice) => ({
      onPointerEnter: point(slice),
      onPointerMove: point(slice),
      onPointerLeave: () => {
        setHovered(null)
        setTip(null)
      },
      onClick: () => {
        for (const action of clicks)
          actions.run(action, { entity: slice.entity, params: { key: slice.dataKey.name, value: slice.value } })
      },
    }),
  }
  const hasLegend =
    p.settings.showLegend && p.size.width >= leastForLegend.width && p.size.height >= leastForLegend.height
  const pointed = tip ? drawn.find((slice) => slice.id === tip.id) : undefined
  return (
    <div className={`flex size-full ${flow[p.settings.legendPosition]}`}>
      {hasLegend ? (
        <div className={legendBox[p.settings.legendPosition]}>
          <LatestLegend
            slices={slices}
            hidden={hidden}
            settings={p.settings}
            theme={theme}
            locale={p.locale}
            totalWord={words('total')}
            name={words('values')}
            hovered={hovered}
            onHover={setHovered}
            onToggle={toggle}
          />
        </div>
      ) : null}
      <div ref={box} className="relative size-full min-h-0 min-w-0 flex-1">
        <svg
          role="img"
          aria-label={spoken(p.title, picture)}
          width={size.width}
          height={size.height}
          className={`absolute inset-0 overflow-visible ${clicks.length > 0 ? 'cursor-pointer' : ''}`}
        >
          {size.width > 0 && size.height > 0 ? p.draw(picture) : null}
        </svg>
        {drawn.length === 0 ? (
          <p className="pointer-events-none absolute inset-0 flex items-center justify-center text-center text-xs text-ink-3">
            {p.texts.noData}
          </p>
        ) : null}
      </div>
      {tip && pointed && p.settings.showTooltip ? <Tooltip p={p} tip={tip} slice={pointed} picture={picture} /> : null}
    </div>
  )
}

const percentText = (share: number, total: number, decimals: number, locale: string): string =>
  total > 0
    ? (share / total).toLocaleString(locale, {
        style: 'percent',
        minimumFractionDigits: Math.max(0, Math.min(10, decimals)),
        maximumFractionDigits: Math.max(0, Math.min(10, decimals)),
      })
    : '—'

const spoken = (title: string, picture: Picture): string =>
  `${title}: ${picture.slices.map((slice) => `${slice.label} ${picture.valueText(slice)}`).join(', ')}`

const Tooltip = <S extends LatestSettings>({
  p,
  tip,
  slice,
  picture,
}: {
  p: LatestProps<S>
  tip: Tip
  slice: Slice
  picture: Picture
}) => {
  const { settings } = p
  const isRight = tip.x + 200 < globalThis.innerWidth
  const percent = percentText(shareOf(slice), picture.total, settings.tooltipValueDecimals, p.locale)
  const absolute = picture.valueText(slice)
  const [main, side] = settings.tooltipValueType === 'percentage' ? [percent, absolute] : [absolute, percent]
  return createPortal(
    <div
      data-theme={picture.theme}
      className="pointer-events-none fixed z-40 flex items-center gap-2 rounded-lg bg-raised px-3 py-2 text-xs text-ink shadow-pop"
      style={{ top: tip.y + 12, ...(isRight ? { left: tip.x + 12 } : { right: globalThis.innerWidth - tip.x + 12 }) }}
    >
      <span aria-hidden className="size-2 rounded-full" style={{ background: slice.color }} />
      <span className="max-w-48 truncate text-ink-2">{slice.label}</span>
      <span
        className="pl-2 tabular-nums"
        style={{
          ...fontStyle(settings.tooltipValueFont, Math.min(20, fontPx(settings.tooltipValueFont))),
          color: textColor(settings.tooltipValueColor, picture.theme),
        }}
      >
        {main}
      </span>
      <span className="text-ink-3 tabular-nums">{side}</span>
    </div>,
    document.body,
  )
}
