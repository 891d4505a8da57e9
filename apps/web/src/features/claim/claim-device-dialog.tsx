'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { Field, Input, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { claimDevice } from '@/api/entities.ts'
import { ApiError } from '@/api/http.ts'
import { type DialogForm, FormDialog, useDialogForm } from '@/components/form-dialog.tsx'

/** A user of a customer takes a device that offers itself, by its name and the key that came with it. */
export const ClaimDeviceDialog = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const t = useTranslations('claim')
  return (
    <FormDialog open={open} onClose={onClose} title={t('title')} description={t('text')} submit={t('submit')}>
      {(dialog) => <ClaimForm dialog={dialog} />}
    </FormDialog>
  )
}

const ClaimForm = ({ dialog }: { dialog: DialogForm }) => {
  const t = useTranslations('claim')
  const client = useQueryClient()
  const schema = z.object({ name: z.string().trim().min(1, t('nameMissing')).max(255), key: z.string().max(255) })
  const form = useForm({ resolver: zodResolver(schema), mode: 'onTouched', defaultValues: { name: '', key: '' } })
  const { errors } = form.formState
  useDialogForm(dialog, form.formState)
  const submit = form.handleSubmit(async ({ name, key }) => {
    try {
      await claimDevice(name, key)
      toast.done(t('claimed', { name }))
      await client.invalidateQueries({ queryKey: ['devices'] })
      dialog.close()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      form.setError('name', { message: reasonOf(error, t) })
    }
  })
  return (
    <form id={dialog.id} onSubmit={(event) => void submit(event)} noValidate className="grid gap-4">
      <Field label={t('name')} error={errors.name?.message}>
        <Input autoFocus autoComplete="off" {...form.register('name')} />
      </Field>
      <Field label={t('key')} hint={t('keyHint')} error={errors.key?.message}>
        <Input autoComplete="off" spellCheck={false} className="font-mono text-xs" {...form.register('key')} />
      </Field>
    </form>
  )
}

/** The refusal is one word; a device that does not exist is answered as one that does not offer itself. */
const reasonOf = (error: ApiError, t: (key: 'taken' | 'failed') => string): string => {
  if (error.status === 404) return t('failed')
  if (error.status !== 400) return error.message
  return error.message.includes('CLAIMED') ? t('taken') : t('failed')
}
