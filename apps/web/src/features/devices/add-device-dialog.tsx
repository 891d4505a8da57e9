'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { saveDeviceSchema } from '@thingwire/contracts'
import { Button, Dialog, Field, Input, Select, toast } from '@thingwire/ui'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useForm, useWatch } from 'react-hook-form'
import { z } from 'zod'
import { listDeviceProfiles, saveDevice } from '@/api/entities.ts'
import { ApiError } from '@/api/http.ts'
import { SwitchRow } from '@/components/switch-row.tsx'

const formSchema = saveDeviceSchema
  .pick({ name: true })
  .extend({ label: z.string().max(255), profileId: z.string(), isGateway: z.boolean() })

/** Adds a device and goes on to its "connect" tab, because a device that never speaks is of no use. */
export const AddDeviceDialog = ({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) => {
  const t = useTranslations('devices')
  const common = useTranslations('common')
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('addTitle')}
      description={t('addText')}
      closeLabel={common('close')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button type="submit" form="add-device" variant="primary">
            {t('addSubmit')}
          </Button>
        </>
      }
    >
      <AddDeviceForm />
    </Dialog>
  )
}

const AddDeviceForm = () => {
  const t = useTranslations('devices')
  const router = useRouter()
  const client = useQueryClient()
  const profiles = useQuery({ queryKey: ['device-profiles'], queryFn: ({ signal }) => listDeviceProfiles(signal) })
  const form = useForm({
    resolver: zodResolver(formSchema),
    mode: 'onTouched',
    defaultValues: { name: '', label: '', profileId: '', isGateway: false },
  })
  const { errors } = form.formState
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
    <form id="add-device" onSubmit={(event) => void submit(event)} noValidate className="grid gap-4">
      <Field label={t('name')} error={errors.name?.message}>
        <Input autoFocus autoComplete="off" placeholder={t('namePlaceholder')} {...form.register('name')} />
      </Field>
      <Field label={t('label')} hint={t('labelHint')} error={errors.label?.message}>
        <Input autoComplete="off" {...form.register('label')} />
      </Field>
      <Field label={t('profile')} hint={t('profileHint')}>
        <Select {...form.register('profileId')}>
          <option value="">{t('defaultProfile')}</option>
          {profiles.data?.data.map((profile) => (
            <option key={profile.id.id} value={profile.id.id}>
              {profile.name}
            </option>
          ))}
        </Select>
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
