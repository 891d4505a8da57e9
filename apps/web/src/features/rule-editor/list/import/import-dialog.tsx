'use client'
import { Button, Dialog } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { ChooseFile } from './choose-file.tsx'
import { ImportPreview } from './import-preview.tsx'
import { ImportResults } from './import-results.tsx'
import { obstacleOf } from './plan.ts'
import type { Import } from './use-import.ts'

/** Takes a file, shows what is in it, and stores it only then. */
export const ImportDialog = (p: { open: boolean; onClose: () => void; work: Import }) => {
  const t = useTranslations('chainList')
  const common = useTranslations('common')
  const { state, reset } = p.work
  const close = () => {
    p.onClose()
    reset()
  }
  return (
    <Dialog
      open={p.open}
      onOpenChange={(open) => !open && close()}
      title={t(state.at === 'done' ? 'import.resultTitle' : 'import.title')}
      description={t(
        state.at === 'preview' ? 'import.previewText' : state.at === 'done' ? 'import.resultText' : 'import.text',
      )}
      closeLabel={common('close')}
      className="sm:top-[8vh] sm:max-h-[84vh] sm:max-w-3xl"
      footer={<Footer work={p.work} close={close} />}
    >
      {state.at === 'choosing' ? (
        <ChooseFile refused={state.refused} fileName={state.fileName} work={p.work} />
      ) : state.at === 'reading' ? (
        <Reading fileName={state.fileName} share={state.share} />
      ) : state.at === 'preview' ? (
        <ImportPreview preview={state.preview} failed={state.failed} work={p.work} />
      ) : (
        <ImportResults results={state.results} />
      )}
    </Dialog>
  )
}

const Footer = ({ work, close }: { work: Import; close: () => void }) => {
  const t = useTranslations('chainList')
  const common = useTranslations('common')
  const { state } = work
  if (state.at === 'done')
    return (
      <Button variant="primary" onClick={close}>
        {common('close')}
      </Button>
    )
  if (state.at !== 'preview') return <Button onClick={close}>{common('cancel')}</Button>
  const { preview, isSaving } = state
  const obstacle = obstacleOf(preview.entries)
  const count = preview.entries.filter(({ choice }) => choice.isIncluded).length
  return (
    <>
      <span className="mr-auto text-xs text-ink-2" aria-live="polite">
        {obstacle ? t(`import.obstacle.${obstacle}`) : null}
      </span>
      <Button onClick={work.reset} disabled={isSaving}>
        {t('import.other')}
      </Button>
      <Button variant="primary" disabled={obstacle !== null || isSaving} onClick={() => void work.save(preview)}>
        {isSaving ? t('import.saving') : t('import.submit', { count })}
      </Button>
    </>
  )
}

const Reading = ({ fileName, share }: { fileName: string; share: number }) => {
  const t = useTranslations('chainList')
  const percent = Math.round(share * 100)
  return (
    <div className="grid gap-2 py-10">
      <p className="text-sm text-ink-2">{t('import.reading', { name: fileName })}</p>
      <div
        role="progressbar"
        aria-label={t('import.reading', { name: fileName })}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-1.5 overflow-hidden rounded-full bg-sunken"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
      </div>
    </div>
  )
}
