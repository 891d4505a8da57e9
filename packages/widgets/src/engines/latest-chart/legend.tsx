'use client'
import { cn } from '@thingwire/ui'
import { fontPx, fontStyle } from '../../style/font.ts'
import { textColor } from '../../style/ground-colors.ts'
import { noLook, type ValueLook, valueLook } from '../../style/value-look.ts'
import { closeNumber } from '../chart/numbers.ts'
import type { LatestSettings } from './settings.ts'
import { commonUnits, mostDecimals, type Slice, totalOf } from './slices.ts'

type Props = {
  slices: readonly Slice[]
  hidden: ReadonlySet<string>
  settings: LatestSettings
  theme: 'light' | 'dark'
  locale: string
  totalWord: string
  name: string
  hovered: string | null
  onHover: (id: string | null) => void
  onToggle: (id: string) => void
}

const Value = ({
  p,
  value,
  units,
  decimals,
  look = noLook,
}: {
  p: Props
  value: number | null
  units: string | null
  decimals: number | null
  look?: ValueLook
}) => (
  <span
    className="whitespace-nowrap tabular-nums"
    style={{
      ...fontStyle(p.settings.legendValueFont, Math.min(18, fontPx(p.settings.legendValueFont))),
      color: textColor(look.color ?? p.settings.legendValueColor, p.theme),
    }}
  >
    {look.text ?? (value === null ? '—' : closeNumber(value, decimals, p.locale))}
    {units && value !== null && look.text === null ? <span className="font-normal text-ink-3"> {units}</span> : null}
  </span>
)

/** Each part with its value; a click takes it out of the picture and of the sum. */
export const LatestLegend = (p: Props) => {
  const isBeside = p.settings.legendPosition === 'left' || p.settings.legendPosition === 'right'
  const shown = p.slices.filter((slice) => !p.hidden.has(slice.id))
  return (
    <ul
      aria-label={p.name}
      className={cn(
        'max-h-full min-w-0 overflow-y-auto text-xs',
        isBeside ? 'flex flex-col gap-0.5' : 'flex flex-wrap justify-center gap-x-5 gap-y-0.5',
      )}
    >
      {p.slices.map((slice) => {
        const isHidden = p.hidden.has(slice.id)
        return (
          <li key={slice.id} className={cn('flex items-center gap-2', isBeside && 'justify-between')}>
            <button
              type="button"
              aria-pressed={!isHidden}
              title={slice.label}
              onClick={() => p.onToggle(slice.id)}
              onMouseEnter={() => p.onHover(slice.id)}
              onMouseLeave={() => p.onHover(null)}
              onFocus={() => p.onHover(slice.id)}
              onBlur={() => p.onHover(null)}
              className={cn('flex h-6 min-w-0 items-center gap-2 rounded-sm', isHidden && 'line-through opacity-60')}
            >
              <span
                aria-hidden
                className="size-2 shrink-0 rounded-full"
                style={{ background: isHidden ? 'var(--tw-line-strong)' : slice.color }}
              />
              <span
                className={cn('max-w-44 truncate text-ink-2 hover:text-ink', p.hovered === slice.id && 'text-ink')}
                style={fontStyle(p.settings.legendLabelFont, Math.min(18, fontPx(p.settings.legendLabelFont)))}
              >
                {slice.label}
              </span>
            </button>
            <Value
              p={p}
              value={slice.value}
              units={slice.units}
              decimals={slice.decimals}
              look={valueLook(slice.value, slice.dataKey)}
            />
          </li>
        )
      })}
      {p.settings.legendShowTotal && p.slices.length > 1 ? (
        <li className={cn('flex h-6 items-center gap-2', isBeside && 'mt-0.5 justify-between border-t')}>
          <span className="text-ink-3">{p.totalWord}</span>
          <Value p={p} value={totalOf(shown)} units={commonUnits(shown)} decimals={mostDecimals(shown)} />
        </li>
      ) : null}
    </ul>
  )
}
