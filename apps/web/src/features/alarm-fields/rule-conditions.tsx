'use client'
import { alarmSeverities, type AlarmSeverity, type EntityId } from '@thingwire/contracts'
import { Card, CardHeader, IconButton, Select } from '@thingwire/ui'
import { Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '@/components/switch-row.tsx'
import { AddSeverity } from '@/features/alarm-rules/add-severity.tsx'
import { SeverityBadge } from '@/features/alarms/marks.tsx'
import { argumentsIn, ownerIn, type RuleField, ruleIn, textOfRule } from './alarm-field-form.ts'
import { newRule, severitiesIn } from './alarm-field-model.ts'
import { RuleEditor } from './rule-editor.tsx'
import type { AlarmFieldEdit } from './use-alarm-field-edit.ts'

type Props = { field: AlarmFieldEdit }

/** Names that conditions can choose from. */
const namesOf = ({ values }: AlarmFieldEdit): string[] => [
  ...new Set(argumentsIn(values).flatMap(({ name }) => (name.trim() === '' ? [] : [name.trim()]))),
]

/** Whom the rule is for, unless that is a profile, which has no values. */
const holderIn = ({ values }: AlarmFieldEdit): EntityId | null => {
  const owner = ownerIn(values)
  return owner && ['DEVICE', 'ASSET', 'CUSTOMER'].includes(owner.entityType) ? owner : null
}

const OneRule = ({ field, at }: Props & { at: RuleField }) => {
  const rule = ruleIn(field.values[at])
  return rule ? (
    <RuleEditor
      rule={rule}
      names={namesOf(field)}
      at={(...path) => field.problemAt(at, ...path)}
      onChange={(changed) => field.set(at, textOfRule(changed))}
      args={argumentsIn(field.values)}
      owner={holderIn(field)}
    />
  ) : null
}

/** When an alarm is raised, and how severe it is then. */
export const CreateRules = ({ field }: Props) => {
  const t = useTranslations('alarmRules')
  const names = useTranslations('alarms')
  const { values, set } = field
  const used = severitiesIn(values)
  const free = alarmSeverities.filter((severity) => !used.includes(severity))
  const move = (from: AlarmSeverity, to: AlarmSeverity) => {
    set(to, values[from])
    set(from, '')
  }
  const whole = used.length === 0 ? field.problemAt('CRITICAL') : undefined
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3" aria-labelledby="create-rules">
      <div>
        <h2 id="create-rules" className="text-sm font-semibold">
          {t('createTitle')}
        </h2>
        <p className="text-xs text-ink-3">{t('createText')}</p>
      </div>
      {whole ? (
        <p role="alert" className="text-sm text-danger-text">
          {whole}
        </p>
      ) : null}
      {used.map((severity) => {
        const name = names(`severities.${severity}`)
        return (
          <Card key={severity}>
            <CardHeader
              title={<SeverityBadge severity={severity} />}
              actions={
                <>
                  <Select
                    aria-label={t('severityOf', { severity: name })}
                    className="w-36"
                    value={severity}
                    onChange={({ target }) => {
                      const to = free.find((one) => one === target.value)
                      if (to) move(severity, to)
                    }}
                  >
                    {[severity, ...free].map((one) => (
                      <option key={one} value={one}>
                        {names(`severities.${one}`)}
                      </option>
                    ))}
                  </Select>
                  <IconButton
                    label={t('removeSeverity', { severity: name })}
                    size="icon-sm"
                    onClick={() => set(severity, '')}
                  >
                    <Trash2 />
                  </IconButton>
                </>
              }
            />
            <OneRule field={field} at={severity} />
          </Card>
        )
      })}
      {free.length > 0 ? (
        <AddSeverity free={free} onAdd={(severity) => set(severity, textOfRule(newRule(namesOf(field)[0] ?? '')))} />
      ) : null}
    </section>
  )
}

/** When an alarm is over by itself. */
export const ClearRule = ({ field }: Props) => {
  const t = useTranslations('alarmRules')
  const isOn = field.values.clearRule !== ''
  return (
    <Card>
      <div className="px-4 py-3">
        <SwitchRow
          label={t('clearTitle')}
          hint={t('clearText')}
          checked={isOn}
          onChange={(next) => field.set('clearRule', next ? textOfRule(newRule(namesOf(field)[0] ?? '')) : '')}
        />
      </div>
      {isOn ? (
        <div className="border-t">
          <OneRule field={field} at="clearRule" />
        </div>
      ) : null}
    </Card>
  )
}
