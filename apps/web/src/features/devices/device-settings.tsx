'use client'
import { Card, CardHeader, Field, Input, Textarea } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { DeviceProfileSelect, useDeviceProfiles } from '@/components/device-profile-select.tsx'
import { ConflictDialog, RefusedNote } from '@/components/edit-form-parts.tsx'
import { SwitchRow } from '@/components/switch-row.tsx'
import type { DeviceEdit } from './use-device-edit.ts'

/** What a device is called, what it is, and when it counts as silent. */
export const DeviceSettings = ({ edit }: { edit: DeviceEdit }) => {
  const t = useTranslations('settings')
  const { form, base } = edit
  const { errors } = form.formState
  const [isGateway, profileId] = useWatch({ control: form.control, name: ['isGateway', 'profileId'] })
  const { device } = base
  const losesPackages = profileId !== device.deviceProfileId.id && !!(device.firmwareId || device.softwareId)
  return (
    <form
      noValidate
      onSubmit={(event) => void edit.submit(event)}
      className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4 p-4 sm:p-6"
    >
      <RefusedNote reason={edit.refused} />
      <Card>
        <div className="grid items-start gap-4 p-4 sm:grid-cols-2">
          <Field label={t('fields.name')} error={errors.name?.message}>
            <Input autoComplete="off" {...form.register('name')} />
          </Field>
          <Field label={t('fields.label')} hint={t('labelHint')} error={errors.label?.message}>
            <Input autoComplete="off" {...form.register('label')} />
          </Field>
          <div className="sm:col-span-2">
            <Field label={t('fields.description')}>
              <Textarea {...form.register('description')} />
            </Field>
          </div>
        </div>
      </Card>
      <Card>
        <CardHeader title={t('behaviour')} description={t('behaviourText')} />
        <div className="grid gap-4 p-4">
          <Field
            label={t('fields.profileId')}
            hint={losesPackages ? t('losesPackages') : t('profileHint')}
            error={errors.profileId?.message}
          >
            <DeviceProfileSelect
              stored={{ id: device.deviceProfileId.id, name: device.deviceProfileName || device.type }}
              {...form.register('profileId')}
            />
          </Field>
          <SwitchRow
            label={t('fields.isGateway')}
            hint={t('gatewayHint')}
            checked={isGateway}
            onChange={(value) => form.setValue('isGateway', value, { shouldDirty: true })}
          />
        </div>
      </Card>
      <Card>
        <CardHeader title={t('activity')} description={t('activityText')} />
        <div className="p-4">
          <Field label={t('fields.timeout')} hint={t('timeoutHint')} error={errors.timeout?.message}>
            <Input
              inputMode="decimal"
              autoComplete="off"
              placeholder={t('timeoutDefault')}
              className="max-w-60 tabular-nums"
              {...form.register('timeout')}
            />
          </Field>
        </div>
      </Card>
      <button type="submit" className="hidden" tabIndex={-1} aria-hidden />
    </form>
  )
}

/** Stands beside the tabs, so that it is seen from whichever of them somebody saved. */
export const DeviceConflict = ({ edit }: { edit: DeviceEdit }) => {
  const t = useTranslations('settings')
  const { nameOf } = useDeviceProfiles()
  return (
    <ConflictDialog
      edit={edit}
      fieldName={(field) => t(`fields.${field}`)}
      valueText={(field, value) => (field === 'profileId' ? nameOf(String(value)) : undefined)}
    />
  )
}
