'use client'
import type { AlarmRule } from '@thingwire/contracts'
import { Button, Field, Segmented, Select, Textarea } from '@thingwire/ui'
import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { FilterEditor } from './filter-editor.tsx'
import { newFilter, type RuleValue, type Spec } from './rule-model.ts'
import { ScheduleEditor } from './schedule-editor.tsx'
import { ValueEditor } from './value-editor.tsx'

type Props = { rule: AlarmRule; onChange: (rule: AlarmRule) => void }

/** When an alarm is raised or cleared, and what it says then. */
export const ConditionEditor = ({ rule, onChange }: Props) => {
  const t = useTranslations('alarmRules')
  const filters = rule.condition.condition
  const set = (condition: Partial<AlarmRule['condition']>) =>
    onChange({ ...rule, condition: { ...rule.condition, ...condition } })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {filters.map((filter, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: filters have no names, and their fields hold no state
          <div key={index} className="grid grid-cols-[minmax(0,1fr)] gap-2">
            {index > 0 ? <p className="text-xs font-medium text-ink-3">{t('and')}</p> : null}
            <FilterEditor
              filter={filter}
              onChange={(changed) => set({ condition: filters.map((one, place) => (place === index ? changed : one)) })}
              onRemove={
                filters.length > 1 ? () => set({ condition: filters.filter((_, place) => place !== index) }) : null
              }
            />
          </div>
        ))}
        <Button
          size="sm"
          variant="ghost"
          className="justify-self-start"
          onClick={() => set({ condition: [...filters, newFilter()] })}
        >
          <Plus />
          {t('addFilter')}
        </Button>
      </div>
      <SpecEditor spec={rule.condition.spec} onChange={(spec) => set({ spec })} />
      <ScheduleEditor schedule={rule.schedule} onChange={(schedule) => onChange({ ...rule, schedule })} />
      <Field label={t('details')} hint={t('detailsHint')}>
        <Textarea
          className="min-h-14"
          maxLength={100_000}
          placeholder={t('detailsPlaceholder')}
          value={rule.alarmDetails ?? ''}
          onChange={(event) => onChange({ ...rule, alarmDetails: event.target.value || null })}
        />
      </Field>
    </div>
  )
}

/** What people choose from; files know smaller ones, too. */
const usual = ['SECONDS', 'MINUTES', 'HOURS', 'DAYS'] as const

/** Whether once is enough, or for how long or how often it must be so. */
const SpecEditor = ({ spec, onChange }: { spec: Spec | null | undefined; onChange: (spec: Spec) => void }) => {
  const t = useTranslations('alarmRules')
  const type = spec?.type ?? 'SIMPLE'
  const choose = (chosen: Spec['type']) => {
    if (chosen === type) return
    if (chosen === 'SIMPLE') onChange({ type: chosen })
    else if (chosen === 'DURATION')
      onChange({ type: chosen, unit: 'MINUTES', predicate: { defaultValue: 5, dynamicValue: null } })
    else onChange({ type: chosen, predicate: { defaultValue: 3, dynamicValue: null } })
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <p className="text-xs font-medium text-ink-2">{t('spec')}</p>
      <Segmented
        label={t('spec')}
        value={type}
        onChange={choose}
        options={(['SIMPLE', 'DURATION', 'REPEATING'] as const).map((value) => ({ value, label: t(`specs.${value}`) }))}
        className="justify-self-start"
      />
      {spec?.type === 'DURATION' ? (
        <div className="flex flex-wrap items-start gap-2">
          <ValueEditor
            type="NUMERIC"
            label={t('duration')}
            value={spec.predicate ?? { defaultValue: spec.value ?? null }}
            onChange={(value) => onChange({ ...spec, predicate: numberOf(value) })}
          />
          <Select
            aria-label={t('unit')}
            className="w-32"
            value={spec.unit}
            onChange={(event) =>
              onChange({ ...spec, unit: usual.find((unit) => unit === event.target.value) ?? spec.unit })
            }
          >
            {[...new Set([...usual, spec.unit])].map((unit) => (
              <option key={unit} value={unit}>
                {t(`units.${unit}`)}
              </option>
            ))}
          </Select>
        </div>
      ) : null}
      {spec?.type === 'REPEATING' ? (
        <ValueEditor
          type="NUMERIC"
          label={t('count')}
          value={spec.predicate ?? { defaultValue: spec.count ?? null }}
          onChange={(value) => onChange({ ...spec, predicate: numberOf(value) })}
        />
      ) : null}
      {type === 'SIMPLE' ? null : <p className="text-xs text-ink-3">{t(`specHints.${type}`)}</p>}
    </div>
  )
}

const numberOf = (value: RuleValue) => ({
  ...value,
  defaultValue: typeof value.defaultValue === 'number' ? value.defaultValue : null,
})
