'use client'
import { ApiError } from '@thingwire/api-client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Dialog, Field, Input, toast } from '@thingwire/ui'
import { Rocket, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { getRuleChainOutputUses, publishRuleChain, type RuleChainView } from '@/api/rule-chains.ts'
import { useBottomPanel } from '../bottom-panel.tsx'
import type { ChainDocument } from '../model/document.ts'
import { isPublished } from '../store/editor-store.ts'
import { useSaving } from '../store/use-autosave.tsx'
import { useDocument, useEditor, useEditorStore } from '../store/use-editor.ts'
import { useErrorCount, useProblems } from '../store/use-problems.ts'
import { DifferenceView } from './difference-view.tsx'
import { lostOutputs } from './lost-outputs.ts'

/** Brings the draft to the running engine, after a look at what that changes. */
export const PublishButton = ({ chain }: { chain: RuleChainView }) => {
  const t = useTranslations('chainVersions')
  const errors = useErrorCount()
  const nothing = useEditor(isPublished)
  const isConflict = useEditor(({ save }) => save.kind === 'conflict')
  const [, setPanel] = useBottomPanel()
  const [isOpen, setOpen] = useState(false)
  const canPublish = errors === 0 && !nothing && !isConflict
  useSaveKey(() => {
    if (errors > 0) void setPanel('problems')
    else if (canPublish) setOpen(true)
  })
  if (errors > 0)
    return (
      <Button variant="primary" onClick={() => void setPanel('problems')}>
        <TriangleAlert />
        {t('problemsFirst', { count: errors })}
      </Button>
    )
  return (
    <>
      <Button
        variant="primary"
        disabled={!canPublish}
        title={nothing ? t('nothingToPublish') : undefined}
        onClick={() => setOpen(true)}
      >
        <Rocket />
        {t('publish')}
      </Button>
      {isOpen ? <PublishDialog chain={chain} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

/** Ctrl+S, which people press to be done; the draft saves itself. Behind a dialog it does nothing. */
const useSaveKey = (run: () => void) => {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isSave =
        event.key.toLowerCase() === 's' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
      if (!isSave) return
      event.preventDefault()
      if (!document.querySelector('[role="dialog"]')) run()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [run])
}

const PublishDialog = ({ chain, onClose }: { chain: RuleChainView; onClose: () => void }) => {
  const t = useTranslations('chainVersions')
  const common = useTranslations('common')
  const store = useEditorStore()
  const saving = useSaving()
  const client = useQueryClient()
  const document = useDocument()
  const published = useEditor((state) => state.published)
  const [note, setNote] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)

  const publish = async (): Promise<void> => {
    // What is not with the server cannot be published, and what is must be what is shown here.
    if (!(await saving.flush())) return setRefused(t('notSaved'))
    const { revision, version } = store.get()
    if (revision === null) return setRefused(t('nothingToPublish'))
    await publishRuleChain(chain.id.id, { revision, version, note: note.trim() || null })
    await saving.published()
    toast.done(t('published', { name: chain.name, version: store.get().version }))
    await client.invalidateQueries({ queryKey: ['rule-chain', chain.id.id, 'versions'] })
    onClose()
  }
  const run = async () => {
    setBusy(true)
    setRefused(null)
    try {
      await publish()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 409) await saving.refresh()
      setRefused(error.status === 409 ? t('overtaken') : error.message)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('publishTitle', { name: chain.name })}
      description={t('publishText')}
      closeLabel={common('close')}
      className="sm:max-w-3xl"
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" disabled={isBusy} onClick={() => void run()}>
            <Rocket />
            {t('publish')}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {refused ? (
          <p role="alert" className="rounded-md bg-danger-soft p-3 text-sm whitespace-pre-line text-danger-text">
            {refused}
          </p>
        ) : null}
        <Warnings chain={chain} before={published} after={document} />
        <DifferenceView before={published} after={document} />
        <Field label={t('note')} hint={t('noteHint')}>
          <Input
            maxLength={1_000}
            autoComplete="off"
            placeholder={t('notePlaceholder')}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
      </div>
    </Dialog>
  )
}

/** What publishing would break, here and in chains that call this one. */
const Warnings = (p: { chain: RuleChainView; before: ChainDocument; after: ChainDocument }) => {
  const t = useTranslations('chainVersions')
  const { counts } = useProblems()
  const id = p.chain.id.id
  const uses = useQuery({
    queryKey: ['rule-chain', id, 'output-uses'],
    queryFn: ({ signal }) => getRuleChainOutputUses(id, signal),
  })
  const lost = lostOutputs(p.before, p.after)
  const callers = (uses.data ?? []).flatMap(({ ruleChainName, ruleNodeName, labels }) => {
    const gone = labels.filter((label) => lost.includes(label))
    return gone.length > 0 ? [{ ruleChainName, ruleNodeName, gone }] : []
  })
  const lines = [
    ...(counts.warning > 0 ? [t('warnings', { count: counts.warning })] : []),
    ...callers.map(({ ruleChainName, ruleNodeName, gone }) =>
      t('labelLost', { chain: ruleChainName, node: ruleNodeName, labels: gone.join(', ') }),
    ),
  ]
  if (lines.length === 0) return null
  return (
    <ul className="grid gap-1.5 rounded-md bg-warn-soft p-3 text-sm text-warn-text">
      {lines.map((line) => (
        <li key={line} className="flex gap-2">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {line}
        </li>
      ))}
    </ul>
  )
}
