'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ResourceDeleteResult } from '@thingwire/contracts'
import { Button, Dialog, toast } from '@thingwire/ui'
import { CircleAlert } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { deleteImage, type StoredImage } from '../../../api/images.ts'

type Use = NonNullable<ResourceDeleteResult['references']>[string][number]

const pathOf: Readonly<Record<string, (id: string) => string>> = {
  DASHBOARD: (id) => `/dashboards/${id}`,
  DEVICE_PROFILE: (id) => `/device-profiles/${id}`,
}

/** A picture goes at once when nothing shows it; otherwise what does is named first. */
export const DeletePicture = (p: { image: StoredImage; onClose: () => void }) => {
  const t = useTranslations('pictures')
  const client = useQueryClient()
  const [uses, setUses] = useState<readonly Use[]>([])
  const isUsed = uses.length > 0
  const { title } = p.image
  const remove = useMutation({
    mutationFn: () => deleteImage(p.image, isUsed),
    onSuccess: async ({ success, references }) => {
      if (!success) return setUses(Object.values(references ?? {}).flat())
      toast.done(t('deleted', { title }))
      p.onClose()
      await client.invalidateQueries({ queryKey: ['images'] })
    },
    onError: (error) => toast.failed(t('deleteFailed'), error.message),
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && p.onClose()}
      title={t('deleteTitle', { title })}
      closeLabel={t('close')}
      footer={
        <>
          <Button onClick={p.onClose}>{t('keep')}</Button>
          <Button variant="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
            {t(isUsed ? 'deleteUsed' : 'delete')}
          </Button>
        </>
      }
    >
      {isUsed ? (
        <div className="grid gap-3 text-sm">
          <p role="alert" className="flex gap-2.5 rounded-md bg-warn-soft p-3 text-xs text-warn-text">
            <CircleAlert aria-hidden className="size-4 shrink-0" />
            {t('used', { count: uses.length })}
          </p>
          <ul aria-label={t('usedBy')} className="-mx-2 max-h-64 overflow-y-auto">
            {uses.map((use) => (
              <li key={use.id.id} className="rounded-md px-2 py-1.5">
                <UseName use={use} />
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p className="text-sm text-ink-2">{t('deleteText')}</p>
      )}
    </Dialog>
  )
}

const UseName = ({ use: { id, name, inDraft } }: { use: Use }) => {
  const t = useTranslations('pictures')
  const path = pathOf[id.entityType]?.(id.id)
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      {path ? (
        // The dashboard that is being edited stays open.
        <Link
          href={inDraft ? `${path}/edit` : path}
          target="_blank"
          className="min-w-0 truncate font-medium text-ink hover:text-accent-text"
        >
          {name}
        </Link>
      ) : (
        <span className="min-w-0 truncate font-medium text-ink">{name}</span>
      )}
      {inDraft ? <span className="shrink-0 text-xs text-ink-3">{t('inDraft')}</span> : null}
    </span>
  )
}
