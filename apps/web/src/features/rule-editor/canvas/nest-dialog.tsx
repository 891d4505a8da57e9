'use client'
import { Button, Dialog, Field, Input } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCanvas } from './canvas-context.ts'

/** The name of the chain that the selected nodes become. */
export const NestDialog = () => {
  const t = useTranslations('chainCanvas.nest')
  const { closePopup, nest, editor } = useCanvas()
  const [first] = editor.get().selection.nodes
  const [name, setName] = useState(editor.document.nodes[first ?? '']?.name ?? '')
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    const refused = await nest(name.trim())
    setBusy(false)
    if (refused === null) closePopup()
    else setProblem(refused)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && closePopup()}
      title={t('title')}
      description={t('text')}
      closeLabel={t('close')}
      footer={
        <>
          <Button onClick={closePopup}>{t('cancel')}</Button>
          <Button variant="primary" disabled={isBusy || name.trim() === ''} onClick={() => void submit()}>
            {t('create')}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!isBusy && name.trim() !== '') void submit()
        }}
      >
        <Field label={t('name')} error={problem ?? undefined}>
          <Input value={name} maxLength={255} onChange={(event) => setName(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  )
}
