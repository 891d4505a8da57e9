'use client'
import { useQuery } from '@tanstack/react-query'
import type { Command } from '@thingwire/dashboards/edit'
import { Badge, Button, Dialog, EmptyState, Field, Select, Skeleton, toast } from '@thingwire/ui'
import { History, RotateCcw } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { getDashboardVersion, getDashboardVersions } from '@/api/dashboards.ts'
import { toEdited } from '../store/documents.ts'
import { useEditor, useEditorStore, useOpenEditor } from '../store/use-editor.ts'
import { VisualDifference } from '../compare/visual-difference.tsx'

const pageSize = 50

/** What was published: who, when, how it differs from the draft, and the way back to it. */
export const VersionList = () => {
  const t = useTranslations('dashboardEditor')
  const format = useFormatter()
  const { dashboardId } = useOpenEditor()
  const current = useEditor(({ version }) => version)
  const [chosen, choose] = useState<number | null>(null)
  const [pages, setPages] = useState(1)
  const versions = useQuery({
    queryKey: ['dashboard', dashboardId, 'versions', current, pages],
    queryFn: ({ signal }) => getDashboardVersions(dashboardId, 0, pages * pageSize, signal),
    placeholderData: (before) => before,
  })
  if (versions.error)
    return (
      <EmptyState icon={<History />} title={t('versionsFailed')}>
        {versions.error.message}
      </EmptyState>
    )
  if (!versions.data)
    return (
      <div className="grid gap-2 p-4">
        <Skeleton className="h-10" />
        <Skeleton className="h-10" />
      </div>
    )
  if (versions.data.data.length === 0)
    return (
      <EmptyState icon={<History />} title={t('noVersions')}>
        {t('noVersionsText')}
      </EmptyState>
    )
  return (
    <>
      <ul className="grid divide-y">
        {versions.data.data.map(({ version, createdTime, user, note, widgets, states }) => (
          <li key={version}>
            <button
              type="button"
              className="w-full px-4 py-2.5 text-left text-sm hover:bg-hover"
              onClick={() => choose(version)}
            >
              <span className="flex items-center gap-2">
                <span className="font-medium">{t('versionNumber', { version })}</span>
                {version === current ? <Badge tone="ok">{t('live')}</Badge> : null}
              </span>
              {note ? <span className="block text-ink-2">{note}</span> : null}
              <span className="block text-xs text-ink-3">
                {format.dateTime(createdTime, { dateStyle: 'medium', timeStyle: 'short' })} ·{' '}
                {user?.name ?? t('platform')} · {t('counts', { widgets, states })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {versions.data.hasNext ? (
        <Button variant="ghost" className="m-3" onClick={() => setPages(pages + 1)}>
          {t('older')}
        </Button>
      ) : null}
      {chosen === null ? null : (
        <VersionDialog
          version={chosen}
          others={versions.data.data.map(({ version }) => version).filter((version) => version !== chosen)}
          onClose={() => choose(null)}
        />
      )}
    </>
  )
}

const useVersion = (version: number | null) => {
  const { dashboardId } = useOpenEditor()
  return useQuery({
    queryKey: ['dashboard', dashboardId, 'version', version],
    queryFn: async () =>
      version === null ? null : toEdited((await getDashboardVersion(dashboardId, version)).document),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** How a version became another, or the draft; the older one stands first. */
const VersionDialog = ({
  version,
  others,
  onClose,
}: {
  version: number
  others: readonly number[]
  onClose: () => void
}) => {
  const t = useTranslations('dashboardEditor')
  const drafts = useTranslations('drafts')
  const compare = useTranslations('dashboardCompare')
  const common = useTranslations('common')
  const store = useEditorStore()
  const draft = useEditor((state) => state.history.present)
  const [other, setOther] = useState<number | null>(null)
  const chosen = useVersion(version)
  const compared = useVersion(other)
  const { data } = chosen
  const error = chosen.error ?? compared.error
  const here = { of: data, word: compare('version', { version }) }
  const there = {
    of: other === null ? draft : compared.data,
    word: other === null ? compare('after') : compare('version', { version: other }),
  }
  const [before, after] = other !== null && other < version ? [there, here] : [here, there]
  const restore = () => {
    if (!data) return
    const command: Command = {
      name: () => ({ key: 'restoreVersion', title: t('versionNumber', { version }), count: 1 }),
      join: null,
      apply: () => data,
    }
    store.run(command)
    toast.undoable(t('restored', { version }), drafts('undo'), store.undo)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('versionNumber', { version })}
      description={t('versionText')}
      closeLabel={common('close')}
      className="sm:top-[6vh] sm:max-h-[88vh] sm:max-w-3xl"
      footer={
        <>
          <Button onClick={onClose}>{common('close')}</Button>
          <Button variant="primary" disabled={!data} onClick={restore}>
            <RotateCcw />
            {t('restore')}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <div className="max-w-60">
          <Field label={t('comparedWith')}>
            <Select
              value={other ?? ''}
              onChange={({ target }) => setOther(target.value === '' ? null : Number(target.value))}
            >
              <option value="">{compare('after')}</option>
              {others.map((one) => (
                <option key={one} value={one}>
                  {compare('version', { version: one })}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        {before.of && after.of ? (
          <VisualDifference before={before.of} after={after.of} words={{ before: before.word, after: after.word }} />
        ) : error ? (
          <p role="alert" className="text-sm text-danger-text">
            {error.message}
          </p>
        ) : (
          <Skeleton className="h-24" />
        )}
      </div>
    </Dialog>
  )
}
