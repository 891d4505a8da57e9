'use client'
import { cn, Popover } from '@thingwire/ui'
import { choosablePaints, paintCss } from '@thingwire/widgets/symbols'
import { useTranslations } from 'next-intl'
import { ColorInput } from '../panel/parts/color-input.tsx'

type Props = { label: string; value: string; isDisabled: boolean; onChange: (paint: string) => void }

const paintOf = (value: string) => choosablePaints.find((paint) => paint === value)

/** A colour of the theme, which changes with it, or one of one's own. */
export const PaintInput = ({ label, value, isDisabled, onChange }: Props) => {
  const t = useTranslations('symbolForm')
  const chosen = paintOf(value)
  const text = chosen ? t(`paint.${chosen}`) : value
  return (
    <Popover
      label={label}
      className="w-60"
      trigger={
        <button
          type="button"
          disabled={isDisabled}
          aria-label={`${label}: ${text}`}
          className="flex h-8 min-w-0 max-w-36 items-center gap-2 rounded-md border border-line-strong bg-surface px-2 text-xs text-ink-2 shadow-card pointer-coarse:min-h-10 hover:border-ink-3/50 disabled:opacity-60"
        >
          <Swatch paint={value} />
          <span className="truncate">{text}</span>
        </button>
      }
    >
      <p className="pb-2 text-xs font-medium text-ink-2">{t('themePaints')}</p>
      <div className="grid grid-cols-6 gap-1.5">
        {choosablePaints.map((paint) => (
          <button
            key={paint}
            type="button"
            aria-label={t(`paint.${paint}`)}
            title={t(`paint.${paint}`)}
            aria-pressed={paint === value}
            onClick={() => onChange(paint)}
            className={cn(
              'flex size-8 items-center justify-center rounded-md hover:bg-hover pointer-coarse:size-10',
              paint === value && 'outline-2 -outline-offset-2 outline-accent',
            )}
          >
            <Swatch paint={paint} />
          </button>
        ))}
      </div>
      <p className="pt-3 pb-1.5 text-xs font-medium text-ink-2">{t('ownColor')}</p>
      <ColorInput label={label} value={chosen ? '' : value} onChange={onChange} />
    </Popover>
  )
}

const Swatch = ({ paint }: { paint: string }) => (
  <span
    aria-hidden
    className="size-4 shrink-0 rounded-sm border border-line-strong"
    style={{ background: paintCss(paint, {}, {}) }}
  />
)
