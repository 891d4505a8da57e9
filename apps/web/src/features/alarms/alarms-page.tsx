'use client'
import { useTranslations } from 'next-intl'
import { Page } from '@/shell/page.tsx'
import { AlarmTable } from './alarm-table.tsx'

export const AlarmsPage = () => {
  const t = useTranslations('alarms')
  return (
    <Page fixed crumbs={[{ label: t('title') }]}>
      <AlarmTable />
    </Page>
  )
}
