'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Dialog, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'

/** Names what goes before it goes. `texts` are said by the feature: the question, the button, and what came of it. */
export const DeleteDialog = (p: {
  open: boolean
  onClose: () => void
  texts: { title: string; submit: string; done: string; failed: string }
  description?: string
  /** Offered once it is gone, where it can be brought back. */
  undo?: { label: string; run: () => void }
  /** It cannot go now; `children` say why. */
  isBlocked?: boolean
  remove: () => Promise<unknown>
  /** Lists that had it. */
  queryKey: readonly string[]
  onDeleted?: (() => void) | undefined
  children: ReactNode
}) => {
  const common = useTranslations('common')
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: p.remove,
    onSuccess: async () => {
      if (p.undo) toast.undoable(p.texts.done, p.undo.label, p.undo.run)
      else toast.done(p.texts.done)
      p.onClose()
      p.onDeleted?.()
      await client.invalidateQueries({ queryKey: p.queryKey })
    },
    onError: (error) => toast.failed(p.texts.failed, error.message),
  })
  return (
    <Dialog
      open={p.open}
      onOpenChange={(open) => !open && p.onClose()}
      title={p.texts.title}
      description={p.description}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={p.onClose}>{common('cancel')}</Button>
          <Button variant="danger" disabled={remove.isPending || p.isBlocked} onClick={() => remove.mutate()}>
            {p.texts.submit}
          </Button>
        </>
      }
    >
      <div className="text-sm text-ink-2">{p.children}</div>
    </Dialog>
  )
}
