'use client'
import { cn } from '@thingwire/ui'
import { ChevronRight } from 'lucide-react'
import { fitScale } from '../../style/fit.ts'
import { markColor, type Surface, schemeOf, themeSurface } from '../../style/ground-colors.ts'
import { ProblemMark } from '../../style/ground.tsx'
import { parseColor } from '../../style/rgb.ts'
import { useColors } from '../../style/use-colors.ts'
import type { WidgetSeries, WidgetViewProps } from '../../widget.ts'
import type { CountSettings } from './count-settings.ts'
import { FirstValue } from './first.tsx'
import { CardClick, CardIcon, type CardLook, CardText, CardValue } from './parts.tsx'
import { readingOf, spoken } from './reading.ts'

type Props = WidgetViewProps<CountSettings>

/** How many there are of something: a number beside an icon. */
export const CountCard = (p: Props) => (
  <FirstValue state={p.state} noData={p.texts.noData}>
    {(ready) => <Card {...p} {...ready} />}
  </FirstValue>
)

/** Below these there is room for the number alone. */
const least = { icon: 96, label: 40, rowLabel: 120 }

const Card = (p: Props & { series: WidgetSeries; isStale: boolean }) => {
  const { settings, series } = p
  const reading = readingOf(series, p.locale)
  const { labelColor, iconColor, iconBackgroundColor, valueColor } = settings
  const { colors, problem } = useColors(
    { label: labelColor, icon: iconColor, disc: iconBackgroundColor, value: valueColor },
    reading.value,
  )
  const disc = reading.look.background ?? colors.disc
  const inner = { width: p.size.width - 24, height: p.size.height - 16 }
  const isRow = settings.layout === 'row'
  const scale = settings.autoScale
    ? fitScale(inner, { width: 150, height: isRow ? 40 : 46 }, { least: 0.7, most: 1.5 })
    : 1
  const look: CardLook = { surface: themeSurface[p.theme], scale, isStale: p.isStale }
  const hasIcon = (settings.showIcon || settings.showIconBackground) && inner.width >= least.icon
  const hasLabel =
    settings.showLabel && settings.label !== '' && (isRow ? inner.width >= least.rowLabel : inner.height >= least.label)
  const discPx = settings.iconBackgroundSize * scale
  const taken = (hasIcon ? discPx + 12 : 0) + (settings.showChevron ? 28 : 0)
  return (
    <div className="relative flex size-full items-center gap-3 overflow-hidden px-3 py-2">
      <CardClick entity={null} label={settings.label} />
      <p className="sr-only">{spoken(settings.label, reading)}</p>
      {hasIcon ? (
        <Disc
          px={discPx}
          fill={settings.showIconBackground ? (p.isStale ? 'var(--tw-ink-3)' : markColor(disc, p.theme)) : null}
          icon={
            settings.showIcon ? (
              <CardIcon
                name={reading.look.icon ?? settings.icon}
                px={settings.iconSize * scale}
                color={colors.icon}
                look={{
                  ...look,
                  isStale: false,
                  ...(settings.showIconBackground ? { surface: discSurface(disc, p.theme) } : {}),
                }}
              />
            ) : null
          }
        />
      ) : null}
      <div aria-hidden className={cn('flex min-w-0 flex-1', isRow ? 'items-center justify-between gap-3' : 'flex-col')}>
        {hasLabel ? (
          <CardText text={settings.label} font={settings.labelFont} color={colors.label} look={look} />
        ) : null}
        <CardValue
          reading={reading}
          font={settings.valueFont}
          color={colors.value}
          look={look}
          width={(inner.width - taken) * (isRow && hasLabel ? 0.5 : 1)}
          height={inner.height * (isRow || !hasLabel ? 1 : 0.65)}
        />
      </div>
      {settings.showChevron ? <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-3" /> : null}
      {problem ? <ProblemMark problem={problem} /> : null}
    </div>
  )
}

const discSurface = (color: string, theme: 'light' | 'dark'): Surface => {
  const rgb = parseColor(color)
  return rgb && rgb.a >= 0.5 ? { scheme: schemeOf(color, theme), rgb, isOwn: true } : themeSurface[theme]
}

const Disc = (p: { px: number; fill: string | null; icon: React.ReactNode }) => (
  <span
    aria-hidden
    className="flex shrink-0 items-center justify-center rounded-full"
    style={{ width: p.px, height: p.px, ...(p.fill ? { background: p.fill } : {}) }}
  >
    {p.icon}
  </span>
)
