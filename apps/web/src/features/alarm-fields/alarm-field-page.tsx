'use client'
import { useQuery } from '@tanstack/react-query'
import { EmptyState, Skeleton } from '@thingwire/ui'
import { CircleHelp } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type AlarmFieldView, getAlarmField } from '@/api/alarm-fields.ts'
import { type Crumb, LoadError, Page } from '@/shell/page.tsx'
import { AlarmFieldEditor } from './alarm-field-editor.tsx'
import { toState } from './alarm-field-form.ts'
import { AlarmFieldMenu } from './alarm-field-menu.tsx'
import { DeleteAlarmFieldDialog } from './delete-alarm-field-dialog.tsx'

export const AlarmFieldPage = ({ id }: { id: string }) => {
  const t = useTranslations('alarmFields')
  const query = useQuery({
    queryKey: ['alarm-fields', id],
    queryFn: ({ signal }) => getAlarmField(id, signal),
  })
  const list = { label: t('title'), href: '/alarm-rules' }
  const rule = query.data
  if (rule) return <StoredRule rule={rule} crumbs={[list, { label: rule.name }]} />
  return (
    <Page crumbs={[list, { label: query.error ? '—' : <Skeleton className="inline-block h-3.5 w-32 align-middle" /> }]}>
      {query.error ? (
        <LoadError error={query.error} retry={() => void query.refetch()} back={list} />
      ) : (
        <EditorSkeleton />
      )}
    </Page>
  )
}

const StoredRule = ({ rule, crumbs }: { rule: AlarmFieldView; crumbs: readonly Crumb[] }) => {
  const t = useTranslations('alarmFields')
  const state = toState(rule)
  const menu = <RuleMenu rule={rule} />
  if (state) return <AlarmFieldEditor state={state} crumbs={crumbs} menu={menu} />
  return (
    <Page crumbs={crumbs} documentTitle={rule.name} actions={menu}>
      <EmptyState icon={<CircleHelp />} title={t('unknown')}>
        {t('unknownText')}
      </EmptyState>
    </Page>
  )
}

const RuleMenu = ({ rule }: { rule: AlarmFieldView }) => {
  const router = useRouter()
  const [isDeleting, setDeleting] = useState(false)
  return (
    <>
      <AlarmFieldMenu rule={rule} onDelete={() => setDeleting(true)} />
      <DeleteAlarmFieldDialog
        rule={isDeleting ? rule : null}
        onClose={() => setDeleting(false)}
        onDeleted={() => router.push('/alarm-rules')}
      />
    </>
  )
}

export const EditorSkeleton = () => (
  <div aria-busy className="grid max-w-5xl gap-5 p-4 sm:p-6">
    <Skeleton className="h-24 w-full" />
    <Skeleton className="h-52 w-full" />
    <Skeleton className="h-96 w-full" />
  </div>
)
