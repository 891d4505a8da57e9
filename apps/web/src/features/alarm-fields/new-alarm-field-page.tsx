'use client'
import { useQuery } from '@tanstack/react-query'
import { entityTypeSchema } from '@thingwire/contracts'
import { useTranslations } from 'next-intl'
import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs'
import { getAlarmField } from '@/api/alarm-fields.ts'
import { LoadError, Page } from '@/shell/page.tsx'
import { AlarmFieldEditor } from './alarm-field-editor.tsx'
import { carriedFile } from './alarm-field-file.ts'
import { type AlarmFieldState, newState, toState } from './alarm-field-form.ts'
import { EditorSkeleton } from './alarm-field-page.tsx'

/** A rule that is not stored yet: empty, for an entity, as a copy of another one, or as a file describes it. */
export const NewAlarmFieldPage = () => {
  const t = useTranslations('alarmFields')
  const [url] = useQueryStates({
    entityType: parseAsString,
    entityId: parseAsString,
    from: parseAsString,
    file: parseAsBoolean.withDefault(false),
  })
  const list = { label: t('title'), href: '/alarm-rules' }
  const crumbs = [list, { label: t('newRule') }]
  const start = useQuery({
    queryKey: ['new-alarm-field', url],
    queryFn: async ({ signal }): Promise<AlarmFieldState> => {
      if (url.from) {
        const copied = toState(await getAlarmField(url.from, signal))
        if (copied) return { ...copied, name: t('copyName', { name: copied.name }), version: -1, stored: null }
      }
      return (url.file ? carriedFile() : null) ?? newState(ownerOf(url))
    },
    // What somebody has begun is not begun anew.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (start.data) return <AlarmFieldEditor state={start.data} crumbs={crumbs} />
  return (
    <Page crumbs={crumbs}>
      {start.error ? (
        <LoadError error={start.error} retry={() => void start.refetch()} back={list} />
      ) : (
        <EditorSkeleton />
      )}
    </Page>
  )
}

const ownerOf = ({ entityType, entityId }: { entityType: string | null; entityId: string | null }) => {
  const type = entityTypeSchema.safeParse(entityType).data
  return type && entityId ? { entityType: type, id: entityId } : null
}
