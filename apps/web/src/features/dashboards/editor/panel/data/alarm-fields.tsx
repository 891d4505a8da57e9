'use client'
import { alarmSeverities } from '@thingwire/contracts'
import { Field, Input } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '../../../../../components/switch-row.tsx'
import type { Json } from '../../side/json.ts'
import { Chips } from '../parts/chips.tsx'
import { type Part, useSet } from '../parts/use-set.ts'

const statuses = ['ACTIVE', 'CLEARED', 'ACK', 'UNACK'] as const
const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

/** Which alarms; nothing chosen is any. */
export const AlarmFields = (p: Part & { filter: Json }) => {
  const t = useTranslations('dashboardPanel')
  const setAt = useSet(p.id)
  const set = (member: string, value: unknown) => setAt([...p.path, member], value)
  return (
    <>
      <Chips
        label={t('severities')}
        options={alarmSeverities.map((value) => ({ value, label: t(`severity.${value}`) }))}
        chosen={textsOf(p.filter.severityList)}
        onChange={(list) => set('severityList', list)}
      />
      <Chips
        label={t('statuses')}
        options={statuses.map((value) => ({ value, label: t(`alarmStatus.${value}`) }))}
        chosen={textsOf(p.filter.statusList)}
        onChange={(list) => set('statusList', list)}
      />
      <Field label={t('alarmTypes')} hint={t('alarmTypesHint')}>
        <Input
          defaultValue={textsOf(p.filter.typeList).join(', ')}
          onBlur={({ target }) =>
            set(
              'typeList',
              target.value
                .split(',')
                .map((one) => one.trim())
                .filter((one) => one !== ''),
            )
          }
        />
      </Field>
      <SwitchRow
        label={t('propagated')}
        checked={p.filter.searchPropagatedAlarms !== false}
        onChange={(checked) => set('searchPropagatedAlarms', checked)}
      />
      <SwitchRow
        label={t('assignedToMe')}
        checked={p.filter.assignedToCurrentUser === true}
        onChange={(checked) => set('assignedToCurrentUser', checked)}
      />
    </>
  )
}
