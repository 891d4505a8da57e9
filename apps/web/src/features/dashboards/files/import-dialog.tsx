'use client'
import { Button, cn, Dialog } from '@thingwire/ui'
import { FileJson } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { ImportRow } from './import-row.tsx'
import type { DashboardImport } from './use-import.ts'

/** Takes files, shows what is in them, and stores it only then. */
export const ImportDialog = (p: { open: boolean; onClose: () => void; work: DashboardImport }) => {
  const t = useTranslations('dashboardFiles')
  const common = useTranslations('common')
  const { work } = p
  const close = () => {
    p.onClose()
    work.reset()
  }
  const isSaving = [...work.outcomes.values()].some(({ state }) => state === 'saving')
  const isDone = work.outcomes.size > 0 && !isSaving
  return (
    <Dialog
      open={p.open}
      onOpenChange={(open) => !open && close()}
      title={t('title')}
      description={t('text')}
      closeLabel={common('close')}
      className="sm:top-[8vh] sm:max-h-[84vh] sm:max-w-2xl"
      footer={
        isDone ? (
          <Button variant="primary" onClick={close}>
            {common('close')}
          </Button>
        ) : (
          <>
            <Button onClick={close}>{common('cancel')}</Button>
            <Button variant="primary" disabled={work.chosen.length === 0 || isSaving} onClick={() => void work.save()}>
              {isSaving ? t('saving') : t('submit', { count: work.chosen.length })}
            </Button>
          </>
        )
      }
    >
      {work.reading !== null ? (
        <p role="status" className="py-10 text-center text-sm text-ink-2">
          {t('reading', { name: work.reading })}
        </p>
      ) : work.entries.length === 0 ? (
        <ChooseFiles take={(files) => void work.read(files)} />
      ) : (
        <ul className="divide-y border-y">
          {work.entries.map((entry) => (
            <ImportRow key={entry.id} entry={entry} work={work} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}

const ChooseFiles = ({ take }: { take: (files: readonly File[]) => void }) => {
  const t = useTranslations('dashboardFiles')
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way; the button within is the other
    <div
      className={cn(
        'flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong px-6 py-12 text-center',
        isOver && 'border-accent bg-accent-soft',
      )}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        if (event.dataTransfer.files.length > 0) take([...event.dataTransfer.files])
      }}
    >
      <FileJson aria-hidden className="size-6 text-ink-3" />
      <p className="text-sm text-ink-2">{t('drop')}</p>
      <input
        ref={input}
        type="file"
        multiple
        accept=".json,application/json"
        aria-label={t('files')}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) take(files)
        }}
      />
      <Button onClick={() => input.current?.click()}>{t('choose')}</Button>
    </div>
  )
}
