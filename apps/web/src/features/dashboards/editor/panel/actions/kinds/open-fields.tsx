'use client'
import { useQuery } from '@tanstack/react-query'
import { Field, Input } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { findEntity } from '../../../../../../api/choices.ts'
import { SwitchRow } from '../../../../../../components/switch-row.tsx'
import { EntitySearch } from '../../data/entity-search.tsx'
import { type KindFormProps, textOf } from './kind-form.ts'
import { StateFields } from './state-fields.tsx'

export const OpenDashboard = ({ action, set }: KindFormProps) => {
  const t = useTranslations('dashboardPanel')
  const id = textOf(action.targetDashboardId)
  const found = useQuery({
    queryKey: ['entity-name', 'DASHBOARD', id],
    queryFn: ({ signal }) => findEntity('DASHBOARD', id, signal),
    enabled: id !== '',
    retry: false,
  })
  return (
    <>
      <p className="text-sm">
        {id === '' ? t('noDashboard') : found.isFetched && !found.data ? t('dashboardLost') : (found.data?.name ?? id)}
      </p>
      <EntitySearch
        label={t('targetDashboard')}
        only="DASHBOARD"
        onPick={(dashboard) => set({ targetDashboardId: dashboard.id.id })}
      />
      <Field label={t('targetStateId')} hint={t('targetStateIdHint')}>
        <Input
          value={textOf(action.targetDashboardStateId)}
          onChange={({ target }) => set({ targetDashboardStateId: target.value || undefined })}
        />
      </Field>
      <StateFields action={action} set={set} />
      <NewTab action={action} set={set} />
    </>
  )
}

const NewTab = ({ action, set }: KindFormProps) => {
  const t = useTranslations('dashboardPanel')
  return (
    <SwitchRow
      label={t('newTab')}
      checked={action.openNewBrowserTab === true}
      onChange={(checked) => set({ openNewBrowserTab: checked })}
    />
  )
}

export const OpenUrl = ({ action, set }: KindFormProps) => {
  const t = useTranslations('dashboardPanel')
  return (
    <>
      <Field label={t('url')} hint={t('urlHint')}>
        <Input
          value={textOf(action.url)}
          spellCheck={false}
          placeholder="https://example.org/${entityName}"
          onChange={({ target }) => set({ url: target.value })}
        />
      </Field>
      <NewTab action={action} set={set} />
    </>
  )
}
