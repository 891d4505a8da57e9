'use client'
import { ApiError } from '@thingwire/api-client'
import { Button, Dialog, Field, Input } from '@thingwire/ui'
import { Rocket, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useState } from 'react'
import type { Autosave } from './autosave.ts'

type ButtonProps = {
  errors: number
  nothing: boolean
  isConflict: boolean
  showProblems: () => void
  dialog: (onClose: () => void) => ReactNode
}

/** Leads to publishing, or to what is in its way. Ctrl+S does the same. */
export const PublishButton = ({ errors, nothing, isConflict, showProblems, dialog }: ButtonProps) => {
  const t = useTranslations('drafts')
  const [isOpen, setOpen] = useState(false)
  // On a phone there is room for one button, and settling comes first.
  const beside = isConflict ? 'max-sm:hidden' : undefined
  const canPublish = errors === 0 && !nothing && !isConflict
  useSaveKey(() => {
    if (errors > 0) showProblems()
    else if (canPublish) setOpen(true)
  })
  if (errors > 0)
    return (
      <Button variant="primary" className={beside} onClick={showProblems}>
        <TriangleAlert />
        {t('problemsFirst', { count: errors })}
      </Button>
    )
  return (
    <>
      <Button
        variant="primary"
        disabled={!canPublish}
        className={beside}
        title={nothing ? t('nothingToPublish') : undefined}
        onClick={() => setOpen(true)}
      >
        <Rocket />
        {t('publish')}
      </Button>
      {isOpen ? dialog(() => setOpen(false)) : null}
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

type DialogProps = {
  title: string
  text: string
  notePlaceholder: string
  saving: Pick<Autosave<never, never>, 'flush' | 'published' | 'refresh'>
  /** What the server has, once everything is with it. */
  draft: () => { revision: number | null; version: number }
  publish: (draft: { revision: number; version: number; note: string | null }) => Promise<unknown>
  /** After it is published and taken over. */
  done: () => Promise<unknown> | undefined
  /** What publishing changes and breaks. */
  children: ReactNode
  onClose: () => void
}

/** A last look before the draft becomes what everybody gets. */
export const PublishDialog = ({ saving, onClose, ...p }: DialogProps) => {
  const t = useTranslations('drafts')
  const common = useTranslations('common')
  const [note, setNote] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)

  const publish = async (): Promise<void> => {
    // What is not with the server cannot be published, and what is must be what is shown here.
    if (!(await saving.flush())) return setRefused(t('notSaved'))
    const { revision, version } = p.draft()
    if (revision === null) return setRefused(t('nothingToPublish'))
    await p.publish({ revision, version, note: note.trim() || null })
    await saving.published()
    await p.done()
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
      title={p.title}
      description={p.text}
      closeLabel={common('close')}
      className="sm:top-[6vh] sm:max-h-[88vh] sm:max-w-3xl"
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
        {p.children}
        <Field label={t('note')} hint={t('noteHint')}>
          <Input
            maxLength={1_000}
            autoComplete="off"
            placeholder={p.notePlaceholder}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
      </div>
    </Dialog>
  )
}
