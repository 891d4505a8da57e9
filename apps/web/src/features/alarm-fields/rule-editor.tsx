'use client'
import type { ArgumentRule, EntityId } from '@thingwire/contracts'
import { Segmented } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { EntityPicker } from '@/features/rule-editor/panels/editors/entity-picker.tsx'
import { type NamedArgument, newExpression } from './alarm-field-model.ts'
import { DetailsField } from './details-field.tsx'
import { ExpressionEditor } from './expression-editor.tsx'
import { FiltersEditor } from './filters-editor.tsx'
import { type At, below } from './issues.ts'
import { ScheduleField } from './schedule-field.tsx'
import { SpecEditor } from './spec-editor.tsx'

type Props = {
  rule: ArgumentRule
  onChange: (rule: ArgumentRule) => void
  /** Of the arguments, those that have one. */
  names: readonly string[]
  args: readonly NamedArgument[]
  /** Whom the rule is for, when that has values itself. */
  owner: EntityId | null
  at: At
}

/** When an alarm is raised or cleared, and what it says then. */
export const RuleEditor = ({ rule, onChange, names, args, owner, at }: Props) => {
  const t = useTranslations('alarmFields')
  const { condition } = rule
  const { expression } = condition
  const set = (change: Partial<ArgumentRule['condition']>) =>
    onChange({ ...rule, condition: { ...condition, ...change } as ArgumentRule['condition'] })
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5 p-4">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <Segmented
          label={t('expressionKind')}
          value={expression.type}
          onChange={(type) => {
            if (type !== expression.type) set({ expression: newExpression(type, names[0] ?? '') })
          }}
          options={(['SIMPLE', 'TBEL'] as const).map((value) => ({ value, label: t(`expressions.${value}`) }))}
          className="justify-self-start"
        />
        {expression.type === 'SIMPLE' ? (
          <FiltersEditor
            expression={expression}
            names={names}
            at={below(at, 'condition', 'expression')}
            onChange={(next) => set({ expression: next })}
          />
        ) : (
          <ExpressionEditor
            text={expression.expression}
            names={names}
            args={args}
            owner={owner}
            error={at('condition', 'expression', 'expression')}
            onChange={(text) => set({ expression: { ...expression, expression: text } })}
          />
        )}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 lg:grid-cols-2">
        <SpecEditor
          condition={condition}
          names={names}
          at={below(at, 'condition')}
          onChange={(next) => onChange({ ...rule, condition: next })}
        />
        <ScheduleField
          schedule={condition.schedule}
          names={names}
          at={below(at, 'condition', 'schedule')}
          onChange={(schedule) => set({ schedule })}
        />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 lg:grid-cols-2">
        <DetailsField
          text={rule.alarmDetails ?? ''}
          names={names}
          error={at('alarmDetails')}
          onChange={(text) => onChange({ ...rule, alarmDetails: text || null })}
        />
        <EntityPicker
          label={t('dashboard')}
          hint={t('dashboardHint')}
          entityType="DASHBOARD"
          id={rule.dashboardId?.id ?? null}
          error={at('dashboardId')}
          onChange={(id) => onChange({ ...rule, dashboardId: id === null ? null : { ...rule.dashboardId, id } })}
          onDone={() => undefined}
        />
      </div>
    </div>
  )
}
