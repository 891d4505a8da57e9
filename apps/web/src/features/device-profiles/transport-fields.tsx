'use client'
import { Card, CardHeader, Field, Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { SwitchRow } from '@/components/switch-row.tsx'
import type { ProfileForm } from './profile-form.ts'

const offered = ['DEFAULT', 'MQTT', 'COAP'] as const
const topics = ['telemetryTopic', 'attributesTopic', 'attributesSubscribeTopic'] as const

export const TransportFields = ({ form }: { form: UseFormReturn<ProfileForm> }) => {
  const t = useTranslations('profiles')
  const { errors } = form.formState
  const type = useWatch({ control: form.control, name: 'transportType' })
  const acknowledgesInvalid = useWatch({ control: form.control, name: 'acknowledgesInvalid' })
  // An imported profile may have a type that is not served yet; it stays as it is until another is chosen.
  const kept = form.formState.defaultValues?.transportType
  const types = kept && !offered.some((known) => known === kept) ? [...offered, kept] : offered
  return (
    <div className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4 p-4 sm:p-6">
      <Card>
        <div className="grid gap-4 p-4">
          <Field label={t('fields.transportType')} hint={t(`transportHints.${type}`)}>
            <Select {...form.register('transportType')}>
              {types.map((value) => (
                <option key={value} value={value}>
                  {t(`transports.${value}`)}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      </Card>
      {type === 'MQTT' ? (
        <Card>
          <CardHeader title={t('topics')} description={t('topicsText')} />
          <div className="grid gap-4 p-4">
            {topics.map((name) => (
              <Field
                key={name}
                label={t(`fields.${name}`)}
                error={errors[name]?.message}
                hint={t(`topicHints.${name}`)}
              >
                <Input autoComplete="off" spellCheck={false} className="font-mono text-xs" {...form.register(name)} />
              </Field>
            ))}
            <SwitchRow
              label={t('fields.acknowledgesInvalid')}
              hint={t('acknowledgesInvalidHint')}
              checked={acknowledgesInvalid}
              onChange={(value) => form.setValue('acknowledgesInvalid', value, { shouldDirty: true })}
            />
          </div>
        </Card>
      ) : null}
    </div>
  )
}
