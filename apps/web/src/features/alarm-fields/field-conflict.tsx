'use client'
import { useTranslations } from 'next-intl'
import type { EditForm } from '@/components/edit-form.ts'
import { ConflictDialog } from '@/components/edit-form-parts.tsx'
import { useRuleWords } from '@/features/alarm-rules/use-rule-words.ts'
import {
  type AlarmFieldField,
  type AlarmFieldForm,
  type AlarmFieldState,
  argumentsIn,
  relationTypesIn,
  ruleFields,
  ruleIn,
} from './alarm-field-form.ts'
import { argumentRuleText } from './alarm-field-text.ts'

/** Somebody else saved the rule meanwhile: conditions are told in words, arguments by name. */
export const FieldConflict = ({ edit }: { edit: EditForm<AlarmFieldState, AlarmFieldForm> }) => {
  const t = useTranslations('alarmFields')
  const names = useTranslations('alarms')
  const rules = useRuleWords()
  const units = useTranslations('alarmRules')
  const words = {
    ...rules,
    noData: (name: string, value: string, unit: string) =>
      t('noDataFor', { name, value, unit: isUnit(unit) ? units(`units.${unit}`) : unit }),
    script: t('expressions.TBEL'),
  }
  const fieldName = (field: AlarmFieldField): string => {
    const severity = ruleFields.find((one) => one === field)
    if (!severity) return t(`fields.${field as Exclude<AlarmFieldField, (typeof ruleFields)[number]>}`)
    return severity === 'clearRule' ? units('clears') : names(`severities.${severity}`)
  }
  const valueText = (field: AlarmFieldField, value: unknown): string | undefined => {
    if (typeof value !== 'string') return undefined
    if (ruleFields.some((one) => one === field)) {
      const rule = ruleIn(value)
      return rule ? argumentRuleText(rule, words) : '—'
    }
    if (field === 'arguments')
      return argumentsIn({ arguments: value })
        .map(({ name, refEntityKey }) => `${name}: ${refEntityKey.key}`)
        .join('\n')
    if (field === 'propagateRelationTypes') return relationTypesIn({ propagateRelationTypes: value }).join(', ') || '—'
    return undefined
  }
  return <ConflictDialog edit={edit} fieldName={fieldName} valueText={valueText} />
}

const known = ['NANOSECONDS', 'MICROSECONDS', 'MILLISECONDS', 'SECONDS', 'MINUTES', 'HOURS', 'DAYS'] as const
const isUnit = (unit: string): unit is (typeof known)[number] => known.some((one) => one === unit)
