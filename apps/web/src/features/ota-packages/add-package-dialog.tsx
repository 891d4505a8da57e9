'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { checksumAlgorithms, otaPackageTypes, saveOtaPackageSchema } from '@thingwire/contracts'
import { Button, Dialog, Field, Input, Segmented, Select, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type UseFormReturn, useForm, useWatch } from 'react-hook-form'
import { z } from 'zod'
import { listDeviceProfiles } from '@/api/entities.ts'
import { ApiError } from '@/api/http.ts'
import { createPackage, type PackageContent, packageName } from '@/api/ota-packages.ts'

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
export const AddPackageDialog = ({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) => {
  const t = useTranslations('packages')
  const common = useTranslations('common')
  const [isBusy, setBusy] = useState(false)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('addTitle')}
      description={t('addText')}
      closeLabel={common('close')}
      className="sm:top-[8vh] sm:max-w-lg"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button type="submit" form="add-package" variant="primary" disabled={isBusy}>
            {isBusy ? t('loadingUp') : t('addSubmit')}
          </Button>
        </>
      }
    >
      <AddPackageForm onBusy={setBusy} onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

const AddPackageForm = ({ onBusy, onDone }: { onBusy: (isBusy: boolean) => void; onDone: () => void }) => {
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
  const submit = form.handleSubmit(async (values) => {
    onBusy(true)
    const { title, version, tag, type, profileId } = values
    try {
      const one = await createPackage(
        { title, version, tag: tag || null, type, deviceProfileId: { entityType: 'DEVICE_PROFILE', id: profileId } },
        contentOf(values),
      )
      toast.done(t('added', { name: packageName(one) }))
      await client.invalidateQueries({ queryKey: ['ota-packages'] })
      onDone()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (/file|checksum/i.test(error.message)) form.setError('checksum', { message: error.message })
      else form.setError('title', { message: error.message })
    } finally {
      onBusy(false)
    }
  })
  return (
    <form id="add-package" onSubmit={(event) => void submit(event)} noValidate className="grid gap-4">
      <DescriptionFields form={form} />
      <ContentFields form={form} />
    </form>
  )
}

const DescriptionFields = ({ form }: { form: UseFormReturn<PackageForm> }) => {
  const t = useTranslations('packages')
  const { errors } = form.formState
  const profiles = useQuery({ queryKey: ['device-profiles'], queryFn: ({ signal }) => listDeviceProfiles(signal) })
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Field label={t('titleField')} error={plain(errors.title?.message)}>
        <Input autoFocus autoComplete="off" placeholder={t('titlePlaceholder')} {...form.register('title')} />
      </Field>
      <Field label={t('version')} error={plain(errors.version?.message)}>
        <Input autoComplete="off" placeholder="1.4.0" {...form.register('version')} />
      </Field>
      <Field label={t('profile')} error={errors.profileId?.message}>
        <Select {...form.register('profileId')}>
          <option value="">{t('chooseProfile')}</option>
          {profiles.data?.data.map((profile) => (
            <option key={profile.id.id} value={profile.id.id}>
              {profile.name}
            </option>
          ))}
        </Select>
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
      <Field label={t('tag')} hint={t('tagHint')} error={errors.tag?.message}>
        <Input autoComplete="off" {...form.register('tag')} />
      </Field>
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
