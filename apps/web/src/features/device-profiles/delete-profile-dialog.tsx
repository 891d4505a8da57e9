'use client'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { deleteDeviceProfile, type ProfileView } from '@/api/device-profiles.ts'
import { listDevices } from '@/api/entities.ts'
import { DeleteDialog } from '@/components/delete-dialog.tsx'
import { useUser } from '@/session/session-provider.tsx'

/** Says first whether devices still have the profile, because then it stays. */
export const DeleteProfileDialog = (p: {
  profile: ProfileView | null
  onClose: () => void
  onDeleted?: () => void
}) => {
  const t = useTranslations('profiles')
  const user = useUser()
  const id = p.profile?.id.id ?? ''
  const name = p.profile?.name ?? ''
  const used = useQuery({
    queryKey: ['device-profile', id, 'devices'],
    queryFn: ({ signal }) => listDevices(user, { page: 0, pageSize: 1, deviceProfileId: id }, signal),
    enabled: p.profile !== null,
  })
  const count = used.data?.totalElements ?? 0
  return (
    <DeleteDialog
      open={p.profile !== null}
      onClose={p.onClose}
      texts={{
        title: t('deleteTitle', { name }),
        submit: t('deleteSubmit'),
        done: t('deleted', { name }),
        failed: t('deleteFailed'),
      }}
      description={t('deleteText')}
      isBlocked={count > 0}
      remove={() => deleteDeviceProfile(id)}
      queryKey={['device-profiles']}
      onDeleted={p.onDeleted}
    >
      {count > 0 ? t('deleteUsed', { count }) : t('deleteUnused')}
    </DeleteDialog>
  )
}
