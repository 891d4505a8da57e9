'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { saveDeviceSchema } from '@thingwire/contracts'
import { Field, Input, toast } from '@thingwire/ui'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useForm, useWatch } from 'react-hook-form'
import { z } from 'zod'
import { saveDevice } from '@/api/entities.ts'
import { ApiError } from '@/api/http.ts'
import { DeviceProfileSelect } from '@/components/device-profile-select.tsx'
import { type DialogForm, FormDialog, useDialogForm } from '@/components/form-dialog.tsx'
import { SwitchRow } from '@/components/switch-row.tsx'

const formSchema = saveDeviceSchema
  .pick({ name: true })
  .extend({ label: z.string().max(255), profileId: z.string(), isGateway: z.boolean() })

/** Adds a device and goes on to its "connect" tab, because a device that never speaks is of no use. */
export const AddDeviceDialog = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const t = useTranslations('devices')
  return (
    <FormDialog open={open} onClose={onClose} title={t('addTitle')} description={t('addText')} submit={t('addSubmit')}>
      {(dialog) => <AddDeviceForm dialog={dialog} />}
    </FormDialog>
  )
}

const AddDeviceForm = ({ dialog }: { dialog: DialogForm }) => {
  const t = useTranslations('devices')
  const router = useRouter()
  const client = useQueryClient()
  const form = useForm({
    resolver: zodResolver(formSchema),
    mode: 'onTouched',
    defaultValues: { name: '', label: '', profileId: '', isGateway: false },
  })
  const { errors } = form.formState
  useDialogForm(dialog, form.formState)
  const isGateway = useWatch({ control: form.control, name: 'isGateway' })
  const submit = form.handleSubmit(async ({ name, label, profileId, isGateway }) => {
    try {
      const device = await saveDevice({
        name,
        label: label || null,
        ...(profileId ? { deviceProfileId: { entityType: 'DEVICE_PROFILE', id: profileId } } : {}),
        ...(isGateway ? { additionalInfo: { gateway: true } } : {}),
      })
      await client.invalidateQueries({ queryKey: ['devices'] })
      router.push(`/devices/${device.id.id}?tab=connect`)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      // The server's words about the name belong beside the name.
      if (error.status === 400) form.setError('name', { message: error.message })
      else toast.failed(t('addFailed'), error.message)
    }
  })
  return (
    <form id={dialog.id} onSubmit={(event) => void submit(event)} noValidate className="grid gap-4">
      <Field label={t('name')} error={errors.name?.message}>
        <Input autoFocus autoComplete="off" placeholder={t('namePlaceholder')} {...form.register('name')} />
      </Field>
      <Field label={t('label')} hint={t('labelHint')} error={errors.label?.message}>
        <Input autoComplete="off" {...form.register('label')} />
      </Field>
      <Field label={t('profile')} hint={t('profileHint')}>
        <DeviceProfileSelect none={t('defaultProfile')} {...form.register('profileId')} />
      </Field>
      <SwitchRow
        label={t('isGateway')}
        hint={t('isGatewayHint')}
        checked={isGateway}
        onChange={(value) => form.setValue('isGateway', value, { shouldDirty: true })}
      />
    </form>
  )
}
