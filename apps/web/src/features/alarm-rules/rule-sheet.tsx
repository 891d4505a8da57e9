'use client'
import { alarmSeverities, type DeviceProfileAlarm } from '@thingwire/contracts'
import { Button, Card, CardHeader, Field, IconButton, Input, Select, Sheet } from '@thingwire/ui'
import { Trash2, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SwitchRow } from '@/components/switch-row.tsx'
import { SeverityBadge } from '@/features/alarms/marks.tsx'
import { useLeave, useUnsaved } from '@/shell/unsaved.tsx'
import { AddSeverity } from './add-severity.tsx'
import { ConditionEditor } from './condition-editor.tsx'
import { PropagationFields } from './propagation-fields.tsx'
import { moveCreateRule, newCondition, severitiesOf, withCreateRule } from './rule-model.ts'
import { problemsOfRule, type RuleProblem } from './rule-problems.ts'

/** One rule on its way; nothing of it is in the profile before it is taken over. */
export const RuleSheet = (p: {
  /** Null: closed. */
  rule: DeviceProfileAlarm | null
  isNew: boolean
  /** Types of the other rules. */
  taken: readonly string[]
  onClose: () => void
  onTake: (rule: DeviceProfileAlarm) => void
}) => {
  const t = useTranslations('alarmRules')
  const common = useTranslations('common')
  const leave = useLeave()
  return (
    <Sheet
      open={p.rule !== null}
      onOpenChange={(open) => !open && leave('step', p.onClose)}
      title={p.isNew ? t('newRule') : t('editRule')}
      description={t('sheetText')}
      closeLabel={common('close')}
      className="sm:max-w-[760px]"
    >
      {p.rule ? (
        <RuleForm
          key={p.rule.id}
          rule={p.rule}
          isNew={p.isNew}
          taken={p.taken}
          onCancel={() => leave('step', p.onClose)}
          onTake={p.onTake}
        />
      ) : null}
    </Sheet>
  )
}

const RuleForm = (p: {
  rule: DeviceProfileAlarm
  isNew: boolean
  taken: readonly string[]
  onCancel: () => void
  onTake: (rule: DeviceProfileAlarm) => void
}) => {
  const t = useTranslations('alarmRules')
  const common = useTranslations('common')
  const [rule, setRule] = useState(p.rule)
  // Problems are told when somebody wants to be done, and from then on as they come and go.
  const [isTried, setTried] = useState(false)
  const problems = isTried ? problemsOfRule(rule, p.taken) : []
  useUnsaved(JSON.stringify(rule) !== JSON.stringify(p.rule), 'step')
  const problemAt = (place: RuleProblem['place']) => {
    const problem = problems.find((one) => one.place === place)
    return problem && t(`problems.${problem.code}`)
  }
  const take = () => {
    setTried(true)
    if (problemsOfRule(rule, p.taken).length === 0) p.onTake({ ...rule, alarmType: rule.alarmType.trim() })
  }
  const change = (part: Partial<DeviceProfileAlarm>) => setRule((known) => ({ ...known, ...part }))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Field label={t('alarmType')} hint={t('alarmTypeHint')} error={problemAt('alarmType')}>
        <Input
          autoComplete="off"
          maxLength={255}
          placeholder={t('alarmTypePlaceholder')}
          value={rule.alarmType}
          onChange={(event) => change({ alarmType: event.target.value })}
        />
      </Field>
      <CreateRules rule={rule} onChange={setRule} problemAt={problemAt} />
      <ClearRule rule={rule} onChange={change} problem={problemAt('clearRule')} />
      <PropagationFields propagation={rule} onChange={change} />
      <div className="sticky -bottom-5 -mx-5 -mb-5 flex items-center justify-end gap-2 border-t bg-raised px-5 py-3">
        {problems.length > 0 ? (
          <p role="alert" className="mr-auto flex items-center gap-2 text-sm text-danger-text">
            <TriangleAlert aria-hidden className="size-4 shrink-0" />
            {t('notYet', { count: problems.length })}
          </p>
        ) : null}
        <Button onClick={p.onCancel}>{common('cancel')}</Button>
        <Button variant="primary" onClick={take}>
          {p.isNew ? t('add') : t('take')}
        </Button>
      </div>
    </div>
  )
}

const Problem = ({ text }: { text: string | undefined }) =>
  text ? (
    <p role="alert" className="border-b bg-danger-soft px-4 py-2 text-sm text-danger-text">
      {text}
    </p>
  ) : null

const CreateRules = (p: {
  rule: DeviceProfileAlarm
  onChange: (rule: DeviceProfileAlarm) => void
  problemAt: (place: RuleProblem['place']) => string | undefined
}) => {
  const t = useTranslations('alarmRules')
  const names = useTranslations('alarms')
  const { rule } = p
  const used = severitiesOf(rule)
  const free = alarmSeverities.filter((severity) => !used.includes(severity))
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div>
        <h3 className="text-sm font-semibold">{t('createTitle')}</h3>
        <p className="text-xs text-ink-3">{t('createText')}</p>
      </div>
      {p.problemAt('createRules') ? (
        <p role="alert" className="text-sm text-danger-text">
          {p.problemAt('createRules')}
        </p>
      ) : null}
      {used.map((severity) => {
        const condition = rule.createRules[severity]
        if (!condition) return null
        return (
          <Card key={severity} className="bg-sunken">
            <CardHeader
              title={<SeverityBadge severity={severity} />}
              actions={
                <>
                  <Select
                    aria-label={t('severityOf', { severity: names(`severities.${severity}`) })}
                    className="w-36"
                    value={severity}
                    onChange={(event) => {
                      const to = free.find((one) => one === event.target.value)
                      if (to) p.onChange(moveCreateRule(rule, severity, to))
                    }}
                  >
                    {[severity, ...free].map((one) => (
                      <option key={one} value={one}>
                        {names(`severities.${one}`)}
                      </option>
                    ))}
                  </Select>
                  <IconButton
                    label={t('removeSeverity', { severity: names(`severities.${severity}`) })}
                    size="icon-sm"
                    onClick={() => p.onChange(withCreateRule(rule, severity, null))}
                  >
                    <Trash2 />
                  </IconButton>
                </>
              }
            />
            <Problem text={p.problemAt(severity)} />
            <div className="p-4">
              <ConditionEditor
                rule={condition}
                onChange={(changed) => p.onChange(withCreateRule(rule, severity, changed))}
              />
            </div>
          </Card>
        )
      })}
      {free.length > 0 ? (
        <AddSeverity free={free} onAdd={(severity) => p.onChange(withCreateRule(rule, severity, newCondition()))} />
      ) : null}
    </section>
  )
}

type Part = { rule: DeviceProfileAlarm; onChange: (change: Partial<DeviceProfileAlarm>) => void }

const ClearRule = ({ rule, onChange, problem }: Part & { problem: string | undefined }) => {
  const t = useTranslations('alarmRules')
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <SwitchRow
        label={t('clearTitle')}
        hint={t('clearText')}
        checked={!!rule.clearRule}
        onChange={(isOn) => onChange({ clearRule: isOn ? newCondition() : null })}
      />
      {rule.clearRule ? (
        <Card className="bg-sunken">
          <Problem text={problem} />
          <div className="p-4">
            <ConditionEditor rule={rule.clearRule} onChange={(clearRule) => onChange({ clearRule })} />
          </div>
        </Card>
      ) : null}
    </section>
  )
}
