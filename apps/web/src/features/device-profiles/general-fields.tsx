'use client'
import { useQuery } from '@tanstack/react-query'
import type { OtaPackageType } from '@thingwire/contracts'
import { Card, CardHeader, Field, Input, Select, Textarea } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import type { UseFormReturn } from 'react-hook-form'
import { listQueues } from '@/api/device-profiles.ts'
import { listRuleChains } from '@/api/entities.ts'
import { listPackagesOf } from '@/api/ota-packages.ts'
import type { ProfileForm } from './profile-form.ts'

export const GeneralFields = ({ form, profileId }: { form: UseFormReturn<ProfileForm>; profileId: string }) => {
  const t = useTranslations('profiles')
  const { errors } = form.formState
  const chains = useQuery({
    queryKey: ['rule-chains', 'choice'],
    queryFn: ({ signal }) => listRuleChains({ page: 0, pageSize: 100, sortProperty: 'name' }, signal),
  })
  const queues = useQuery({ queryKey: ['queues'], queryFn: ({ signal }) => listQueues(signal) })
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
      <Card>
        <CardHeader title={t('messages')} description={t('messagesText')} />
        <div className="grid gap-4 p-4 sm:grid-cols-2">
          <Field label={t('fields.ruleChainId')}>
            {/* A choice exists once its options do; before that the stored value would show as the first one. */}
            <Select key={chains.status} {...form.register('ruleChainId')}>
              <option value="">{t('rootChain')}</option>
              {chains.data?.data.map((chain) => (
                <option key={chain.id.id} value={chain.id.id}>
                  {chain.name}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={t('fields.queueName')} error={errors.queueName?.message}>
            <Select key={queues.status} {...form.register('queueName')}>
              <option value="">{t('mainQueue')}</option>
              {queues.data?.data.map((queue) => (
                <option key={queue.name} value={queue.name}>
                  {queue.name}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      </Card>
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

const PackageField = (p: {
  form: UseFormReturn<ProfileForm>
  profileId: string
  field: 'firmwareId' | 'softwareId'
  type: OtaPackageType
}) => {
  const t = useTranslations('profiles')
  const packages = useQuery({
    queryKey: ['ota-packages', 'of', p.profileId, p.type],
    queryFn: ({ signal }) => listPackagesOf(p.profileId, p.type, signal),
  })
  return (
    <Field label={t(`fields.${p.field}`)}>
      <Select key={packages.status} {...p.form.register(p.field)}>
        <option value="">{t('noPackage')}</option>
        {packages.data?.data.map((one) => (
          <option key={one.id.id} value={one.id.id}>
            {one.title} {one.version}
          </option>
        ))}
      </Select>
    </Field>
  )
}
