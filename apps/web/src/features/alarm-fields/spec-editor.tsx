'use client'
import type { ArgumentRule } from '@thingwire/contracts'
import { Segmented } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { asNumber, GivenField } from './given-field.tsx'
import type { At } from './issues.ts'
import { UnitSelect } from './unit-select.tsx'

type Condition = ArgumentRule['condition']

/** The condition as one of another kind; what it looks at and when it counts stay. */
const asKind = ({ expression, schedule }: Condition, type: Condition['type']): Condition => {
  switch (type) {
    case 'SIMPLE':
      return { type, expression, schedule }
    case 'DURATION':
      return { type, unit: 'MINUTES', value: { staticValue: 5 }, expression, schedule }
    case 'REPEATING':
      return { type, count: { staticValue: 3 }, expression, schedule }
  }
}

/** Whether once is enough, or for how long or how often it must be so. */
export const SpecEditor = (p: {
  condition: Condition
  names: readonly string[]
  at: At
  onChange: (condition: Condition) => void
}) => {
  const t = useTranslations('alarmRules')
  const own = useTranslations('alarmFields')
  const { condition } = p
  const common = { type: 'NUMERIC', names: p.names, read: asNumber } as const
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <p className="text-xs font-medium text-ink-2">{t('spec')}</p>
      <Segmented
        label={t('spec')}
        value={condition.type}
        onChange={(type) => type !== condition.type && p.onChange(asKind(condition, type))}
        options={(['SIMPLE', 'DURATION', 'REPEATING'] as const).map((value) => ({ value, label: t(`specs.${value}`) }))}
        className="justify-self-start"
      />
      {condition.type === 'DURATION' ? (
        <div className="flex max-w-xl flex-wrap items-start gap-2">
          <GivenField
            {...common}
            label={t('duration')}
            value={condition.value}
            error={p.at('value')}
            onChange={(value) => p.onChange({ ...condition, value })}
          />
          <UnitSelect unit={condition.unit} onChange={(unit) => p.onChange({ ...condition, unit })} />
        </div>
      ) : null}
      {condition.type === 'REPEATING' ? (
        <div className="flex max-w-xl">
          <GivenField
            {...common}
            label={t('count')}
            value={condition.count}
            error={p.at('count')}
            onChange={(count) => p.onChange({ ...condition, count })}
          />
        </div>
      ) : null}
      {condition.type === 'SIMPLE' ? null : <p className="text-xs text-ink-3">{own(`specHints.${condition.type}`)}</p>}
    </div>
  )
}
