'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Dialog, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { deleteDeviceProfile, type ProfileView } from '@/api/device-profiles.ts'
import { listDevices } from '@/api/entities.ts'
import { useUser } from '@/session/session-provider.tsx'

/** Says first whether devices still have the profile, because then it stays. */
export const DeleteProfileDialog = (p: {
  profile: ProfileView | null
  onClose: () => void
  onDeleted?: () => void
}) => {
  const t = useTranslations('profiles')
  const common = useTranslations('common')
  const user = useUser()
  const client = useQueryClient()
  const id = p.profile?.id.id ?? ''
  const name = p.profile?.name ?? ''
  const used = useQuery({
    queryKey: ['device-profile', id, 'devices'],
    queryFn: ({ signal }) => listDevices(user, { page: 0, pageSize: 1, deviceProfileId: id }, signal),
    enabled: p.profile !== null,
  })
  const remove = useMutation({
    mutationFn: () => deleteDeviceProfile(id),
    onSuccess: async () => {
      toast.done(t('deleted', { name }))
      p.onClose()
      p.onDeleted?.()
      await client.invalidateQueries({ queryKey: ['device-profiles'] })
    },
    onError: (error) => toast.failed(t('deleteFailed'), error.message),
  })
  const count = used.data?.totalElements ?? 0
  return (
    <Dialog
      open={p.profile !== null}
      onOpenChange={(open) => !open && p.onClose()}
      title={t('deleteTitle', { name })}
      description={t('deleteText')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={p.onClose}>{common('cancel')}</Button>
          <Button variant="danger" disabled={remove.isPending || count > 0} onClick={() => remove.mutate()}>
            {t('deleteSubmit')}
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-2">{count > 0 ? t('deleteUsed', { count }) : t('deleteUnused')}</p>
    </Dialog>
  )
}
