'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Dialog, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { deleteDevice } from '@/api/entities.ts'
import type { DeviceView } from '@/api/entities.ts'
import { getLatest } from '@/api/telemetry.ts'

/** Names what goes with the device before it goes. */
export const DeleteDeviceDialog = (p: { device: DeviceView | null; onClose: () => void; onDeleted?: () => void }) => {
  const t = useTranslations('devices')
  const common = useTranslations('common')
  const client = useQueryClient()
  const { device } = p
  const id = device?.id.id ?? ''
  const latest = useQuery({
    queryKey: ['device', id, 'latest-keys'],
    queryFn: ({ signal }) => getLatest(id, signal),
    enabled: device !== null,
  })
  const remove = useMutation({
    mutationFn: () => deleteDevice(id),
    onSuccess: async () => {
      toast.done(t('deleted', { name: device?.name ?? '' }))
      p.onClose()
      p.onDeleted?.()
      await client.invalidateQueries({ queryKey: ['devices'] })
    },
    onError: (error) => toast.failed(t('deleteFailed'), error.message),
  })
  const keys = Object.keys(latest.data ?? {}).length
  return (
    <Dialog
      open={device !== null}
      onOpenChange={(open) => !open && p.onClose()}
      title={t('deleteTitle', { name: device?.name ?? '' })}
      description={t('deleteText')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={p.onClose}>{common('cancel')}</Button>
          <Button variant="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
            {t('deleteSubmit')}
          </Button>
        </>
      }
    >
      <ul className="grid list-disc gap-1.5 pl-4 text-sm text-ink-2 marker:text-ink-3">
        <li>{t('deleteCredentials')}</li>
        <li>{t('deleteTelemetry', { count: keys })}</li>
        <li>{t('deleteDashboards')}</li>
        {device?.active ? <li className="text-warn-text">{t('deleteActive')}</li> : null}
      </ul>
    </Dialog>
  )
}
