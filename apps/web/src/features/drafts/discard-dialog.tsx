'use client'
import { Button, Dialog, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'

/** Asks before all edits that are not published are given up. */
export const DiscardDialog = (p: { discard: () => Promise<void>; onClose: () => void }) => {
  const t = useTranslations('drafts')
  const common = useTranslations('common')
  const run = async () => {
    try {
      await p.discard()
      toast.done(t('discarded'))
    } catch (error) {
      toast.failed(t('discardFailed'), error instanceof Error ? error.message : '')
    }
    p.onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && p.onClose()}
      title={t('discardTitle')}
      description={t('discardText')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={p.onClose}>{common('cancel')}</Button>
          <Button variant="danger" onClick={() => void run()}>
            {t('discard')}
          </Button>
        </>
      }
    >
      {null}
    </Dialog>
  )
}
