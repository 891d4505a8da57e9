'use client'
import { Button, Dialog, Field, Input } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'

/** Asks for another name of a case. */
export const RenameDialog = (p: {
  name: string
  taken: readonly string[]
  onClose: () => void
  onRename: (name: string) => void
}) => {
  const t = useTranslations('chainScripts')
  const common = useTranslations('common')
  const [name, setName] = useState(p.name)
  const wanted = name.trim()
  const error = p.taken.includes(wanted) ? t('nameTaken') : undefined
  return (
    <Dialog open onOpenChange={(open) => !open && p.onClose()} title={t('renameCase')} closeLabel={common('close')}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (wanted === '' || error !== undefined) return
          p.onRename(wanted)
          p.onClose()
        }}
      >
        <Field label={t('caseName')} error={error}>
          <Input value={name} maxLength={255} autoFocus onChange={({ target }) => setName(target.value)} />
        </Field>
        <div className="flex justify-end">
          <Button type="submit" variant="primary" disabled={wanted === '' || error !== undefined}>
            {t('rename')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
