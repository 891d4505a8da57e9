'use client'
import { Button, Dialog } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { useLeave, useUnsaved } from '../shell/unsaved.tsx'

/** What the form of a dialog tells the dialog, and takes from it. */
export type DialogForm = { id: string; onBusy: (isBusy: boolean) => void; close: () => void }

/** A dialog around one form: its buttons, and the question before what was typed is lost. */
export const FormDialog = (p: {
  open: boolean
  onClose: () => void
  title: ReactNode
  description?: ReactNode
  submit: string
  /** Stands on the button while the form is busy. */
  busy?: string
  className?: string
  /** Made anew each time the dialog opens. */
  children: (form: DialogForm) => ReactNode
}) => {
  const common = useTranslations('common')
  const leave = useLeave()
  const id = useId()
  const [isBusy, setBusy] = useState(false)
  const close = () => leave('step', p.onClose)
  return (
    <Dialog
      open={p.open}
      onOpenChange={(open) => !open && close()}
      title={p.title}
      description={p.description}
      closeLabel={common('close')}
      {...(p.className ? { className: p.className } : {})}
      footer={
        <>
          <Button onClick={close}>{common('cancel')}</Button>
          <Button type="submit" form={id} variant="primary" disabled={isBusy}>
            {isBusy && p.busy ? p.busy : p.submit}
          </Button>
        </>
      }
    >
      {p.children({ id, onBusy: setBusy, close: p.onClose })}
    </Dialog>
  )
}

/** Ties a form to its dialog: edits are guarded, and while it is sent it cannot be sent again. */
export const useDialogForm = (
  dialog: DialogForm,
  { isDirty, isSubmitting }: { isDirty: boolean; isSubmitting: boolean },
) => {
  const { onBusy } = dialog
  useUnsaved(isDirty, 'step')
  useEffect(() => {
    onBusy(isSubmitting)
    return () => onBusy(false)
  }, [onBusy, isSubmitting])
}
