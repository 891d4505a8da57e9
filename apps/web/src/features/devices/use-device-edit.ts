'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { getDevice, saveDevice } from '@/api/entities.ts'
import type { DeviceView } from '@/api/entities.ts'
import { deleteAttribute, getAttributes, saveAttribute } from '@/api/telemetry.ts'
import { type EditForm, useEditForm } from '@/components/edit-form.ts'
import { useAttributes } from '@/live/use-values.ts'
import {
  type DeviceState,
  problemsOf,
  refusedField,
  type SettingsForm,
  timeoutKey,
  timeoutOf,
  toBody,
  toForm,
  toState,
} from './settings-form.ts'

export type DeviceEdit = EditForm<DeviceState, SettingsForm>

const scope = 'SERVER_SCOPE'

const readState = async (deviceId: string): Promise<DeviceState> => {
  const [device, attributes] = await Promise.all([getDevice(deviceId), getAttributes(deviceId, scope)])
  return toState(device, attributes)
}

/** The device goes first: when it is refused, its timeout stays as it is too. */
const writeState = async (values: SettingsForm, over: DeviceState): Promise<DeviceState> => {
  const deviceId = over.device.id.id
  await saveDevice(toBody(values, over))
  const timeoutMs = timeoutOf(values)
  if (timeoutMs === null && over.timeoutMs !== null) await deleteAttribute(deviceId, scope, timeoutKey)
  if (timeoutMs !== null && timeoutMs !== over.timeoutMs) await saveAttribute(deviceId, scope, timeoutKey, timeoutMs)
  return readState(deviceId)
}

/** The settings of a device as a form; `show` brings them into sight. */
export const useDeviceEdit = (device: DeviceView, show: () => void): DeviceEdit => {
  const t = useTranslations('settings')
  const client = useQueryClient()
  const deviceId = device.id.id
  const attributes = useAttributes({ entityType: 'DEVICE', id: deviceId }, scope)
  return useEditForm<DeviceState, SettingsForm>({
    stored: toState(device, attributes.query.data ?? []),
    toForm,
    problemsOf: (values, base) => problemsOf(values, base, { timeout: t('timeoutWrong') }),
    read: () => readState(deviceId),
    write: writeState,
    refusedField,
    show,
    onSaved: (saved) => {
      client.setQueryData(['device', deviceId, 'info'], saved.device)
      void attributes.refresh()
      void client.invalidateQueries({ queryKey: ['devices'] })
    },
  })
}
