'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { checksumAlgorithms, otaPackageTypes, saveOtaPackageSchema } from '@thingwire/contracts'
import { Field, Input, Segmented, Select, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { type UseFormReturn, useForm, useWatch } from 'react-hook-form'
import { z } from 'zod'
import { ApiError } from '@/api/http.ts'
import { createPackage, type PackageContent, packageName } from '@/api/ota-packages.ts'
import { DeviceProfileSelect } from '@/components/device-profile-select.tsx'
import { type DialogForm, FormDialog, useDialogForm } from '@/components/form-dialog.tsx'

type Words = { choose: string; file: string; url: string }

const schemaWith = (words: Words) =>
  saveOtaPackageSchema
    .pick({ title: true, version: true })
    .extend({
      tag: z.string().max(255),
      profileId: z.string().min(1, words.choose),
      type: z.enum(otaPackageTypes),
      from: z.enum(['file', 'url']),
      file: z.custom<File | null>((value) => value === null || value instanceof File),
      url: z.string().max(255),
      checksumAlgorithm: z.enum(checksumAlgorithms),
      checksum: z.string().trim().max(1_020),
    })
    .superRefine((value, context) => {
      if (value.from === 'file' && !value.file)
        context.addIssue({ code: 'custom', path: ['file'], message: words.file })
      if (value.from === 'url' && !z.url({ protocol: /^(https?|coaps?|ftp)$/ }).safeParse(value.url.trim()).success)
        context.addIssue({ code: 'custom', path: ['url'], message: words.url })
    })
type PackageForm = z.infer<ReturnType<typeof schemaWith>>

/** Beside its field a message need not say what the API calls the thing. */
const plain = (message: string | undefined) =>
  message?.replace(/^OtaPackage (\w)/, (_, first: string) => first.toUpperCase())

const contentOf = (form: PackageForm): PackageContent => {
  if (form.from === 'url' || !form.file) return { kind: 'url', url: form.url.trim() }
  return { kind: 'file', file: form.file, checksumAlgorithm: form.checksumAlgorithm, checksum: form.checksum }
}

/** Loads up a firmware or software, or names where it lies. */
export const AddPackageDialog = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const t = useTranslations('packages')
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title={t('addTitle')}
      description={t('addText')}
      submit={t('addSubmit')}
      busy={t('loadingUp')}
      className="sm:top-[8vh] sm:max-w-lg"
    >
      {(dialog) => <AddPackageForm dialog={dialog} />}
    </FormDialog>
  )
}

const AddPackageForm = ({ dialog }: { dialog: DialogForm }) => {
  const t = useTranslations('packages')
  const client = useQueryClient()
  const form = useForm<PackageForm>({
    resolver: zodResolver(schemaWith({ choose: t('profileMissing'), file: t('fileMissing'), url: t('urlWrong') })),
    mode: 'onTouched',
    defaultValues: {
      title: '',
      version: '',
      tag: '',
      profileId: '',
      type: 'FIRMWARE',
      from: 'file',
      file: null,
      url: '',
      checksumAlgorithm: 'SHA256',
      checksum: '',
    },
  })
  useDialogForm(dialog, form.formState)
  const submit = form.handleSubmit(async (values) => {
    const { title, version, tag, type, profileId } = values
    try {
      const one = await createPackage(
        { title, version, tag: tag || null, type, deviceProfileId: { entityType: 'DEVICE_PROFILE', id: profileId } },
        contentOf(values),
      )
      toast.done(t('added', { name: packageName(one) }))
      await client.invalidateQueries({ queryKey: ['ota-packages'] })
      dialog.close()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (/file|checksum/i.test(error.message)) form.setError('checksum', { message: error.message })
      else form.setError('title', { message: error.message })
    }
  })
  return (
    <form id={dialog.id} onSubmit={(event) => void submit(event)} noValidate className="grid gap-4">
      <DescriptionFields form={form} />
      <ContentFields form={form} />
    </form>
  )
}

const DescriptionFields = ({ form }: { form: UseFormReturn<PackageForm> }) => {
  const t = useTranslations('packages')
  const { errors } = form.formState
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field label={t('titleField')} error={plain(errors.title?.message)}>
        <Input autoFocus autoComplete="off" placeholder={t('titlePlaceholder')} {...form.register('title')} />
      </Field>
      <Field label={t('version')} error={plain(errors.version?.message)}>
        <Input autoComplete="off" placeholder="1.4.0" {...form.register('version')} />
      </Field>
      <Field label={t('profile')} error={errors.profileId?.message}>
        <DeviceProfileSelect none={t('chooseProfile')} {...form.register('profileId')} />
      </Field>
      <Field label={t('type')}>
        <Select {...form.register('type')}>
          {otaPackageTypes.map((type) => (
            <option key={type} value={type}>
              {t(`types.${type}`)}
            </option>
          ))}
        </Select>
      </Field>
      <div className="sm:col-span-2">
        <Field label={t('tag')} hint={t('tagHint')} error={errors.tag?.message}>
          <Input autoComplete="off" {...form.register('tag')} />
        </Field>
      </div>
    </div>
  )
}

const ContentFields = ({ form }: { form: UseFormReturn<PackageForm> }) => {
  const t = useTranslations('packages')
  const { errors } = form.formState
  const from = useWatch({ control: form.control, name: 'from' })
  return (
    <div className="grid gap-4 border-t pt-4">
      <Segmented
        label={t('from')}
        value={from}
        onChange={(value) => form.setValue('from', value, { shouldDirty: true })}
        options={[
          { value: 'file', label: t('fromFile') },
          { value: 'url', label: t('fromUrl') },
        ]}
      />
      {from === 'url' ? (
        <Field label={t('url')} hint={t('urlHint')} error={errors.url?.message}>
          <Input type="url" autoComplete="off" placeholder="https://…" {...form.register('url')} />
        </Field>
      ) : (
        <>
          <Field label={t('file')} error={errors.file?.message}>
            <Input
              type="file"
              className="h-auto py-1.5 file:mr-3 file:rounded-sm file:border-0 file:bg-hover file:px-2 file:py-1 file:text-xs file:font-medium file:text-ink"
              onChange={(event) =>
                form.setValue('file', event.target.files?.[0] ?? null, { shouldDirty: true, shouldValidate: true })
              }
            />
          </Field>
          <div className="grid items-start gap-4 sm:grid-cols-[140px_1fr]">
            <Field label={t('algorithm')}>
              <Select {...form.register('checksumAlgorithm')}>
                {checksumAlgorithms.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label={t('checksum')} hint={t('checksumHint')} error={errors.checksum?.message}>
              <Input
                autoComplete="off"
                spellCheck={false}
                className="font-mono text-xs"
                {...form.register('checksum')}
              />
            </Field>
          </div>
        </>
      )}
    </div>
  )
}
