'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dialog, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type SummaryView, saveTags } from '@/api/dashboard-library.ts'
import { useTags } from './list-rail.tsx'
import { TagField } from './tag-field.tsx'

/** The tags of one dashboard, or tags that several get beside those they have. */
export const TagsDialog = ({ dashboards, onClose }: { dashboards: readonly SummaryView[]; onClose: () => void }) => {
  const t = useTranslations('dashboardList')
  const common = useTranslations('common')
  const client = useQueryClient()
  const known = useTags().data ?? []
  const [only] = dashboards.length === 1 ? dashboards : []
  const [tags, setTags] = useState<readonly string[]>(only?.tags ?? [])
  const [isBusy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      for (const { id, tags: had } of dashboards) {
        const next = only ? tags : [...new Set([...had, ...tags])]
        if (next.join('\n') !== had.join('\n')) await saveTags(id.id, [...next])
      }
      toast.done(t('tagged', { count: dashboards.length }))
      onClose()
    } catch (error) {
      toast.failed(t('tagFailed'), error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
      await client.invalidateQueries({ queryKey: ['dashboards'] })
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !isBusy && onClose()}
      title={only ? t('tagsOf', { title: only.title }) : t('addTags', { count: dashboards.length })}
      description={t('tagsText')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" disabled={isBusy || (!only && tags.length === 0)} onClick={() => void save()}>
            {common('save')}
          </Button>
        </>
      }
    >
      <TagField label={t('tags')} tags={tags} known={known.map(({ tag }) => tag)} onChange={setTags} />
    </Dialog>
  )
}
