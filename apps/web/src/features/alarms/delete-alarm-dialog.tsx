'use client'
import { useTranslations } from 'next-intl'
import { type AlarmView, deleteAlarm } from '@/api/alarms.ts'
import { DeleteDialog } from '@/components/delete-dialog.tsx'
import { originatorText } from './alarm-columns.tsx'

export const DeleteAlarmDialog = (p: { alarm: AlarmView | null; onClose: () => void; onDeleted: () => void }) => {
  const t = useTranslations('alarms')
  const { alarm } = p
  const name = alarm?.type ?? ''
  return (
    <DeleteDialog
      open={alarm !== null}
      onClose={p.onClose}
      texts={{
        title: t('deleteTitle', { name }),
        submit: t('deleteSubmit'),
        done: t('deleted', { name }),
        failed: t('deleteFailed'),
      }}
      description={t('deleteText')}
      remove={() => deleteAlarm(alarm?.id.id ?? '')}
      queryKey={['alarms', 'page']}
      onDeleted={p.onDeleted}
    >
      {alarm ? t(alarm.cleared ? 'deleteCleared' : 'deleteActive', { originator: originatorText(alarm) }) : null}
    </DeleteDialog>
  )
}
