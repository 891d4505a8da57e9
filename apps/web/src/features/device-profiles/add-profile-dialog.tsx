'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { saveDeviceProfileSchema } from '@thingwire/contracts'
import { Field, Input, Select, Textarea, toast } from '@thingwire/ui'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { saveDeviceProfile } from '@/api/device-profiles.ts'
import { ApiError } from '@/api/http.ts'
import { type DialogForm, FormDialog, useDialogForm } from '@/components/form-dialog.tsx'
import { transportConfigurationOf } from './profile-form.ts'

const formSchema = saveDeviceProfileSchema
  .pick({ name: true })
  .extend({ description: z.string().max(10_000), transportType: z.enum(['DEFAULT', 'MQTT', 'COAP']) })

/** Makes a profile and goes on to its page, where the rest is set. */
export const AddProfileDialog = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const t = useTranslations('profiles')
  return (
    <FormDialog open={open} onClose={onClose} title={t('addTitle')} description={t('addText')} submit={t('addSubmit')}>
      {(dialog) => <AddProfileForm dialog={dialog} />}
    </FormDialog>
  )
}

const AddProfileForm = ({ dialog }: { dialog: DialogForm }) => {
  const t = useTranslations('profiles')
  const router = useRouter()
  const client = useQueryClient()
  const form = useForm({
    resolver: zodResolver(formSchema),
    mode: 'onTouched',
    defaultValues: { name: '', description: '', transportType: 'DEFAULT' as const },
  })
  const { errors } = form.formState
  useDialogForm(dialog, form.formState)
  const submit = form.handleSubmit(async ({ name, description, transportType }) => {
    try {
      const profile = await saveDeviceProfile({
        name,
        description: description || null,
        type: 'DEFAULT',
        transportType,
        provisionType: 'DISABLED',
        profileData: {
          configuration: { type: 'DEFAULT' },
          transportConfiguration: transportConfigurationOf(transportType),
          provisionConfiguration: { type: 'DISABLED', provisionDeviceSecret: null },
        },
      })
      await client.invalidateQueries({ queryKey: ['device-profiles'] })
      router.push(`/device-profiles/${profile.id.id}`)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 400) form.setError('name', { message: error.message })
      else toast.failed(t('addFailed'), error.message)
    }
  })
  return (
    <form id={dialog.id} onSubmit={(event) => void submit(event)} noValidate className="grid gap-4">
      <Field label={t('name')} error={errors.name?.message}>
        <Input autoFocus autoComplete="off" placeholder={t('namePlaceholder')} {...form.register('name')} />
      </Field>
      <Field label={t('transport')} hint={t('transportHint')}>
        <Select {...form.register('transportType')}>
          {(['DEFAULT', 'MQTT', 'COAP'] as const).map((type) => (
            <option key={type} value={type}>
              {t(`transports.${type}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('description')} error={errors.description?.message}>
        <Textarea {...form.register('description')} />
      </Field>
    </form>
  )
}
