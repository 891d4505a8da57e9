'use client'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { deleteDevice } from '@/api/entities.ts'
import type { DeviceView } from '@/api/entities.ts'
import { getLatest } from '@/api/telemetry.ts'
import { DeleteDialog } from '@/components/delete-dialog.tsx'

/** Names what goes with the device before it goes. */
export const DeleteDeviceDialog = (p: { device: DeviceView | null; onClose: () => void; onDeleted?: () => void }) => {
  const t = useTranslations('devices')
  const { device } = p
  const id = device?.id.id ?? ''
  const name = device?.name ?? ''
  const latest = useQuery({
    queryKey: ['device', id, 'latest-keys'],
    queryFn: ({ signal }) => getLatest(id, signal),
    enabled: device !== null,
  })
  return (
    <DeleteDialog
      open={device !== null}
      onClose={p.onClose}
      texts={{
        title: t('deleteTitle', { name }),
        submit: t('deleteSubmit'),
        done: t('deleted', { name }),
        failed: t('deleteFailed'),
      }}
      description={t('deleteText')}
      remove={() => deleteDevice(id)}
      queryKey={['devices']}
      onDeleted={p.onDeleted}
    >
      <ul className="grid list-disc gap-1.5 pl-4 marker:text-ink-3">
        <li>{t('deleteCredentials')}</li>
        <li>{t('deleteTelemetry', { count: Object.keys(latest.data ?? {}).length })}</li>
        <li>{t('deleteDashboards')}</li>
        {device?.active ? <li className="text-warn-text">{t('deleteActive')}</li> : null}
      </ul>
    </DeleteDialog>
  )
}
