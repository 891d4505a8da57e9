'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Field, Input, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useForm } from 'react-hook-form'
import { renameImage, type StoredImage } from '../../../api/images.ts'
import { type DialogForm, FormDialog, useDialogForm } from '../../../components/form-dialog.tsx'

/** Another title of a stored picture; what names it by its link stays as it is. */
export const RenamePicture = ({ image, onClose }: { image: StoredImage | null; onClose: () => void }) => {
  const t = useTranslations('pictures')
  return (
    <FormDialog
      open={image !== null}
      onClose={onClose}
      title={t('renameTitle', { title: image?.title ?? '' })}
      submit={t('rename')}
    >
      {(dialog) => (image ? <RenameForm dialog={dialog} image={image} /> : null)}
    </FormDialog>
  )
}

const RenameForm = ({ dialog, image }: { dialog: DialogForm; image: StoredImage }) => {
  const t = useTranslations('pictures')
  const client = useQueryClient()
  const form = useForm({ defaultValues: { title: image.title } })
  const { errors } = form.formState
  useDialogForm(dialog, form.formState)
  const submit = form.handleSubmit(async ({ title }) => {
    try {
      await renameImage(image, title.trim())
      dialog.close()
      await client.invalidateQueries({ queryKey: ['images'] })
    } catch (cause) {
      toast.failed(t('renameFailed'), cause instanceof Error ? cause.message : String(cause))
    }
  })
  return (
    <form id={dialog.id} onSubmit={(event) => void submit(event)} noValidate>
      <Field label={t('name')} error={errors.title?.message}>
        <Input
          autoFocus
          autoComplete="off"
          maxLength={255}
          {...form.register('title', { validate: (title) => title.trim() !== '' || t('nameMissing') })}
        />
      </Field>
    </form>
  )
}
