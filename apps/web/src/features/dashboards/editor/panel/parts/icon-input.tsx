'use client'
import { iconNames, WidgetIcon } from '@thingwire/widgets/views'
import { useTranslations } from 'next-intl'
import { ComboBox } from './combo-box.tsx'

const mostShown = 60

/** An icon by its name, as files have it. */
export const IconInput = (p: {
  label: string
  value: string
  onChange: (icon: string) => void
  isLabelled?: boolean
}) => {
  const t = useTranslations('dashboardPanel')
  const wanted = p.value.trim().toLowerCase().replaceAll(' ', '_')
  const isWhole = iconNames.includes(wanted)
  const names = isWhole ? iconNames : iconNames.filter((name) => name.includes(wanted))
  return (
    <div className="flex min-w-0 items-center gap-1.5">
      <span
        aria-hidden
        className="flex size-8 pointer-coarse:size-10 shrink-0 items-center justify-center rounded-md bg-sunken text-ink-2"
      >
        {p.value ? <WidgetIcon name={p.value} size={18} /> : null}
      </span>
      <ComboBox
        label={p.label}
        isLabelled={p.isLabelled ?? false}
        placeholder={t('noIcon')}
        value={p.value}
        options={names.slice(0, mostShown).map((name) => ({
          ...{ id: name, text: name },
          shown: (
            <span className="flex items-center gap-2">
              <WidgetIcon name={name} size={16} />
              <span className="truncate">{name}</span>
            </span>
          ),
        }))}
        onType={p.onChange}
        onPick={({ text }) => p.onChange(text)}
        className="flex-1"
      />
    </div>
  )
}
