'use client'
import { useQueryClient } from '@tanstack/react-query'
import { ActionsMenu, Button, MenuItem, toast } from '@thingwire/ui'
import { History, RotateCcw, TriangleAlert } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { publishDashboard } from '@/api/dashboards.ts'
import { ConflictNotice } from '../../drafts/conflict.tsx'
import { contradictionLine } from '../../drafts/contradiction-line.ts'
import { DiscardDialog } from '../../drafts/discard-dialog.tsx'
import { People } from '../../drafts/people.tsx'
import { PublishButton, PublishDialog } from '../../drafts/publish.tsx'
import { SaveStateText } from '../../drafts/save-state.tsx'
import { VisualDifference } from './compare/visual-difference.tsx'
import { Steps } from './steps.tsx'
import { isPublished } from './store/editor-store.ts'
import { useEditor, useOpenEditor } from './store/use-editor.ts'
import { useProblems } from './store/use-problems.ts'

/** What is done with the dashboard as a whole, in the head of the page. */
export const EditorActions = () => {
  const t = useTranslations('dashboardEditor')
  const { dashboardId, store } = useOpenEditor()
  const save = useEditor((state) => state.save)
  const isUpToDate = useEditor(isPublished)
  const errors = useProblems().filter(({ severity }) => severity === 'error').length
  const [edited] = useState(() => ({ entityType: 'DASHBOARD' as const, id: dashboardId }))
  return (
    <>
      <SaveStateText save={save} isUpToDate={isUpToDate} />
      <People edited={edited} />
      <Steps className="max-sm:hidden" />
      <Conflict />
      <PublishButton
        errors={errors}
        nothing={isUpToDate}
        isConflict={save.kind === 'conflict'}
        showProblems={() => store.show('problems')}
        dialog={(onClose) => <Publish onClose={onClose} />}
      />
      <Button asChild className="max-sm:hidden">
        <Link href={`/dashboards/${dashboardId}`}>{t('done')}</Link>
      </Button>
      <EditorMenu />
    </>
  )
}

const Conflict = () => {
  const t = useTranslations('dashboardEditor')
  const { saving } = useOpenEditor()
  const save = useEditor((state) => state.save)
  if (save.kind !== 'conflict') return null
  const { contradictions, by, kind } = save.conflict
  const lines = contradictions.map((one) => contradictionLine(one, { title: one.title || t(`part.${one.kind}`) }))
  return <ConflictNotice kind={kind} by={by} lines={lines} settle={(choices) => saving.settle(choices)} />
}

const Publish = ({ onClose }: { onClose: () => void }) => {
  const t = useTranslations('dashboardEditor')
  const compare = useTranslations('dashboardCompare')
  const client = useQueryClient()
  const { dashboardId, store, saving } = useOpenEditor()
  const published = useEditor((state) => state.published)
  const present = useEditor((state) => state.history.present)
  const warnings = useProblems().length
  return (
    <PublishDialog
      title={t('publishTitle', { name: present.title })}
      text={t('publishText')}
      notePlaceholder={t('notePlaceholder')}
      saving={saving}
      draft={store.get}
      publish={(draft) => publishDashboard(dashboardId, draft)}
      done={() => {
        toast.done(t('published', { name: present.title, version: store.get().version }))
        return client.invalidateQueries({ queryKey: ['dashboard', dashboardId], refetchType: 'none' })
      }}
      onClose={onClose}
    >
      {warnings > 0 ? (
        <p className="flex gap-2 rounded-md bg-warn-soft p-3 text-sm text-warn-text">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t('warnings', { count: warnings })}
        </p>
      ) : null}
      <VisualDifference
        before={published}
        after={present}
        words={{ before: compare('before'), after: compare('after') }}
      />
    </PublishDialog>
  )
}

const EditorMenu = () => {
  const t = useTranslations('dashboardEditor')
  const drafts = useTranslations('drafts')
  const { store, saving } = useOpenEditor()
  const hasDraft = useEditor(({ revision }) => revision !== null)
  const problems = useProblems().length
  const [isAsked, ask] = useState(false)
  return (
    <>
      <ActionsMenu label={t('menu')}>
        <MenuItem onSelect={() => store.show('versions')}>
          <History />
          {t('versions')}
        </MenuItem>
        <MenuItem onSelect={() => store.show('problems')} {...(problems > 0 && { shortcut: String(problems) })}>
          <TriangleAlert />
          {t('problems')}
        </MenuItem>
        <MenuItem disabled={!hasDraft} onSelect={() => ask(true)}>
          <RotateCcw />
          {drafts('discard')}
        </MenuItem>
      </ActionsMenu>
      {isAsked ? <DiscardDialog discard={() => saving.discard()} onClose={() => ask(false)} /> : null}
    </>
  )
}
