'use client'
import { useQuery } from '@tanstack/react-query'
import type { OtaPackageType } from '@thingwire/contracts'
import { Card, CardHeader, Field, Input, Select, Textarea } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { listQueues } from '@/api/device-profiles.ts'
import { listRuleChains } from '@/api/rule-chains.ts'
import { listPackagesOf, packageName } from '@/api/ota-packages.ts'
import type { ProfileForm } from './profile-form.ts'

type Fields = { form: UseFormReturn<ProfileForm> }

export const GeneralFields = ({ form, profileId }: Fields & { profileId: string }) => {
  const t = useTranslations('profiles')
  const { errors } = form.formState
  return (
    <div className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4 p-4 sm:p-6">
      <Card>
        <div className="grid gap-4 p-4">
          <Field label={t('fields.name')} error={errors.name?.message}>
            <Input autoComplete="off" {...form.register('name')} />
          </Field>
          <Field label={t('fields.description')} error={errors.description?.message}>
            <Textarea {...form.register('description')} />
          </Field>
        </div>
      </Card>
      <MessageFields form={form} />
      <Card>
        <CardHeader title={t('packages')} description={t('packagesText')} />
        <div className="grid gap-4 p-4 sm:grid-cols-2">
          <PackageField form={form} profileId={profileId} field="firmwareId" type="FIRMWARE" />
          <PackageField form={form} profileId={profileId} field="softwareId" type="SOFTWARE" />
        </div>
      </Card>
    </div>
  )
}

const MessageFields = ({ form }: Fields) => {
  const t = useTranslations('profiles')
  const chains = useQuery({
    queryKey: ['rule-chains', 'choice'],
    queryFn: ({ signal }) => listRuleChains({ page: 0, pageSize: 100, sortProperty: 'name' }, signal),
  })
  const queues = useQuery({ queryKey: ['queues'], queryFn: ({ signal }) => listQueues(signal) })
  return (
    <Card>
      <CardHeader title={t('messages')} description={t('messagesText')} />
      <div className="grid gap-4 p-4 sm:grid-cols-2">
        <Choice
          form={form}
          field="ruleChainId"
          none={t('rootChain')}
          options={chains.data?.data.map((chain) => ({ value: chain.id.id, label: chain.name }))}
        />
        <Choice
          form={form}
          field="queueName"
          none={t('mainQueue')}
          options={queues.data?.data.map(({ name }) => ({ value: name, label: name }))}
        />
      </div>
    </Card>
  )
}

const PackageField = (p: Fields & { profileId: string; field: 'firmwareId' | 'softwareId'; type: OtaPackageType }) => {
  const t = useTranslations('profiles')
  const packages = useQuery({
    queryKey: ['ota-packages', 'of', p.profileId, p.type],
    queryFn: ({ signal }) => listPackagesOf(p.profileId, p.type, signal),
  })
  return (
    <Choice
      form={p.form}
      field={p.field}
      none={t('noPackage')}
      options={packages.data?.data.map((one) => ({ value: one.id.id, label: packageName(one) }))}
    />
  )
}

/** What is stored can always be chosen, also while the options are loading and when there are more of them than are shown. */
const Choice = (
  p: Fields & {
    field: 'ruleChainId' | 'queueName' | 'firmwareId' | 'softwareId'
    none: string
    options: { value: string; label: string }[] | undefined
  },
) => {
  const t = useTranslations('profiles')
  const value = useWatch({ control: p.form.control, name: p.field })
  const options = p.options ?? []
  const isMissing = value !== '' && !options.some((option) => option.value === value)
  return (
    <Field label={t(`fields.${p.field}`)} error={p.form.formState.errors[p.field]?.message}>
      <Select {...p.form.register(p.field)}>
        <option value="">{p.none}</option>
        {[...(isMissing ? [{ value, label: t('asStored') }] : []), ...options].map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </Field>
  )
}
