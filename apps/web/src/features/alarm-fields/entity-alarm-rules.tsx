'use client'
import type { EntityId } from '@thingwire/contracts'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { AddButton } from './alarm-field-list.tsx'
import { AlarmFieldTable } from './alarm-field-table.tsx'

/** The tab of an entity or profile: rules that stand at it, and those of its profile. New ones are made for it. */
export const EntityAlarmRules = (p: { owner: EntityId; profile?: EntityId }) => {
  const t = useTranslations('alarmFields')
  const { owner, profile } = p
  const owners = useMemo(() => [owner.id, ...(profile ? [profile.id] : [])], [owner.id, profile])
  const add = <AddButton href={`/alarm-rules/new?entityType=${owner.entityType}&entityId=${owner.id}`} />
  return (
    // Inside the form of a profile: Enter in the search is no wish to save that.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps a key of what is inside to itself
    <div
      className="contents"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault()
      }}
    >
      {profile ? null : <p className="px-4 pt-3 text-sm text-ink-2 sm:px-6">{t('toldApart')}</p>}
      <AlarmFieldTable
        owners={owners}
        noneText={t(profile ? 'noneOfDevice' : 'noneOfProfile')}
        action={add}
        toolbar={add}
      />
    </div>
  )
}
