'use client'
import { useTranslations } from 'next-intl'
import { deletePackage, packageName, type PackageView } from '@/api/ota-packages.ts'
import { DeleteDialog } from '@/components/delete-dialog.tsx'

export const DeletePackageDialog = ({ one, onClose }: { one: PackageView | null; onClose: () => void }) => {
  const t = useTranslations('packages')
  const name = one ? packageName(one) : ''
  return (
    <DeleteDialog
      open={one !== null}
      onClose={onClose}
      texts={{
        title: t('deleteTitle', { name }),
        submit: t('deleteSubmit'),
        done: t('deleted', { name }),
        failed: t('deleteFailed'),
      }}
      remove={() => deletePackage(one?.id.id ?? '')}
      queryKey={['ota-packages']}
    >
      {t('deleteText')}
    </DeleteDialog>
  )
}
