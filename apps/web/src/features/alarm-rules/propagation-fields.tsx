'use client'
import type { DeviceProfileAlarm } from '@thingwire/contracts'
import { Field, Input } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SwitchRow } from '@/components/switch-row.tsx'

type Propagation = Pick<
  DeviceProfileAlarm,
  'propagate' | 'propagateToOwner' | 'propagateToTenant' | 'propagateRelationTypes'
>
type Props = { propagation: Propagation; onChange: (change: Partial<Propagation>) => void }

/** At whom an alarm is shown besides its originator. */
export const PropagationFields = ({ propagation, onChange }: Props) => {
  const t = useTranslations('alarmRules')
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h3 className="text-sm font-semibold">{t('propagation')}</h3>
      <SwitchRow
        label={t('propagate')}
        hint={t('propagateHint')}
        checked={propagation.propagate}
        onChange={(propagate) => onChange({ propagate })}
      />
      {propagation.propagate ? (
        <RelationTypes
          types={propagation.propagateRelationTypes}
          onChange={(propagateRelationTypes) => onChange({ propagateRelationTypes })}
        />
      ) : null}
      <SwitchRow
        label={t('propagateToOwner')}
        checked={propagation.propagateToOwner}
        onChange={(propagateToOwner) => onChange({ propagateToOwner })}
      />
      <SwitchRow
        label={t('propagateToTenant')}
        checked={propagation.propagateToTenant}
        onChange={(propagateToTenant) => onChange({ propagateToTenant })}
      />
    </section>
  )
}

const typesIn = (text: string): string[] =>
  text
    .split(',')
    .map((type) => type.trim())
    .filter(Boolean)

/** What is being typed is a text; the list follows it, and it the list, when that becomes another by itself. */
const RelationTypes = ({ types, onChange }: { types: readonly string[]; onChange: (types: string[]) => void }) => {
  const t = useTranslations('alarmRules')
  const [typed, setTyped] = useState('')
  const isOurs = typesIn(typed).join() === types.join()
  return (
    <Field label={t('relationTypes')} hint={t('relationTypesHint')}>
      <Input
        autoComplete="off"
        placeholder="Contains, Manages"
        value={isOurs ? typed : types.join(', ')}
        onChange={({ target }) => {
          setTyped(target.value)
          onChange(typesIn(target.value))
        }}
      />
    </Field>
  )
}
