'use client'
import { useTranslations } from 'next-intl'
import { type AlarmFieldView, deleteAlarmField } from '@/api/alarm-fields.ts'
import { DeleteDialog } from '@/components/delete-dialog.tsx'

export const DeleteAlarmFieldDialog = (p: {
  rule: Pick<AlarmFieldView, 'id' | 'name'> | null
  onClose: () => void
  onDeleted?: () => void
}) => {
  const t = useTranslations('alarmFields')
  const name = p.rule?.name ?? ''
  return (
    <DeleteDialog
      open={p.rule !== null}
      onClose={p.onClose}
      texts={{
        title: t('deleteTitle', { name }),
        submit: t('deleteSubmit'),
        done: t('deleted', { name }),
        failed: t('deleteFailed'),
      }}
      remove={() => deleteAlarmField(p.rule?.id.id ?? '')}
      queryKey={['alarm-fields']}
      onDeleted={p.onDeleted}
    >
      {t('deleteText')}
    </DeleteDialog>
  )
}
