'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Dialog, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { deletePackage, packageName, type PackageView } from '@/api/ota-packages.ts'

export const DeletePackageDialog = ({ one, onClose }: { one: PackageView | null; onClose: () => void }) => {
  const t = useTranslations('packages')
  const common = useTranslations('common')
  const client = useQueryClient()
  const name = one ? packageName(one) : ''
  const remove = useMutation({
    mutationFn: () => deletePackage(one?.id.id ?? ''),
    onSuccess: async () => {
      toast.done(t('deleted', { name }))
      onClose()
      await client.invalidateQueries({ queryKey: ['ota-packages'] })
    },
    onError: (error) => toast.failed(t('deleteFailed'), error.message),
  })
  return (
    <Dialog
      open={one !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('deleteTitle', { name })}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
            {t('deleteSubmit')}
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-2">{t('deleteText')}</p>
    </Dialog>
  )
}
