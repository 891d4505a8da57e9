'use client'
import { provisionTypes } from '@thingwire/contracts'
import { Button, Card, CardHeader, CodeBlock, CopyButton, Field, Input, Select, Textarea } from '@thingwire/ui'
import { RefreshCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { SwitchRow } from '@/components/switch-row.tsx'
import { useCopyLabels } from '@/components/table-texts.ts'
import type { ProfileForm } from './profile-form.ts'
import { randomWord } from './random-word.ts'

type Fields = { form: UseFormReturn<ProfileForm> }
const keyLength = 20

export const ProvisioningFields = ({ form, storedKey }: Fields & { storedKey: string | null }) => {
  const t = useTranslations('profiles')
  const type = useWatch({ control: form.control, name: 'provisionType' })
  const choose = (value: ProfileForm['provisionType']) => {
    form.setValue('provisionType', value, { shouldDirty: true })
    // A strategy that needs key and secret gets good ones at once; both may be changed.
    for (const field of ['provisionKey', 'provisionSecret'] as const)
      if (needsKey(value) && !form.getValues(field)) form.setValue(field, randomWord(keyLength), { shouldDirty: true })
  }
  return (
    <div className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4 p-4 sm:p-6">
      <Card>
        <div className="p-4">
          <Field label={t('fields.provisionType')} hint={t(`strategyHints.${type}`)}>
            <Select
              value={type}
              onChange={(event) => choose(provisionTypes.find((known) => known === event.target.value) ?? 'DISABLED')}
            >
              {provisionTypes.map((value) => (
                <option key={value} value={value}>
                  {t(`strategies.${value}`)}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        {needsKey(type) ? (
          <div className="grid gap-4 border-t p-4">
            <WordField form={form} field="provisionKey" />
            <WordField form={form} field="provisionSecret" />
          </div>
        ) : null}
      </Card>
      {type === 'X509_CERTIFICATE_CHAIN' ? <ChainFields form={form} storedKey={storedKey} /> : null}
      {needsKey(type) ? (
        <Card>
          <CardHeader title={t('howDevicesAsk')} description={t('howDevicesAskText')} />
          <div className="p-4">
            <RequestExample form={form} />
          </div>
        </Card>
      ) : null}
    </div>
  )
}

const needsKey = (type: ProfileForm['provisionType']) =>
  type === 'ALLOW_CREATE_NEW_DEVICES' || type === 'CHECK_PRE_PROVISIONED_DEVICES'

const WordField = ({ form, field }: Fields & { field: 'provisionKey' | 'provisionSecret' }) => {
  const t = useTranslations('profiles')
  const copy = useCopyLabels()
  const name = t(`fields.${field}`)
  const value = useWatch({ control: form.control, name: field })
  return (
    <Field
      label={name}
      error={form.formState.errors[field]?.message}
      aside={
        <span className="flex items-center gap-1">
          <Button
            size="sm"
            variant="ghost"
            aria-label={t('generateOf', { field: name })}
            onClick={() => form.setValue(field, randomWord(keyLength), { shouldDirty: true, shouldValidate: true })}
          >
            <RefreshCw />
            {t('generate')}
          </Button>
          <CopyButton text={value} labels={{ ...copy, copy: t('copyOf', { field: name }) }} />
        </span>
      }
    >
      <Input autoComplete="off" spellCheck={false} className="font-mono text-xs" {...form.register(field)} />
    </Field>
  )
}

const RequestExample = ({ form }: Fields) => {
  const t = useTranslations('profiles')
  const copy = useCopyLabels()
  const [provisionDeviceKey, provisionDeviceSecret] = useWatch({
    control: form.control,
    name: ['provisionKey', 'provisionSecret'],
  })
  const request = {
    deviceName: t('exampleName'),
    provisionDeviceKey,
    provisionDeviceSecret,
  }
  const command = `curl -X POST ${window.location.origin}/api/v1/provision -H 'Content-Type: application/json' -d '${JSON.stringify(request)}'`
  return <CodeBlock wrap code={command} labels={copy} />
}

const ChainFields = ({ form, storedKey }: Fields & { storedKey: string | null }) => {
  const t = useTranslations('profiles')
  const createsByCertificate = useWatch({ control: form.control, name: 'createsByCertificate' })
  const { errors } = form.formState
  return (
    <Card>
      <CardHeader title={t('authority')} description={t('authorityText')} />
      <div className="grid gap-4 p-4">
        <Field label={t('fields.certificate')} error={errors.certificate?.message} hint={t('certificateHint')}>
          <Textarea
            spellCheck={false}
            className="min-h-40 font-mono text-xs"
            placeholder={'-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----'}
            {...form.register('certificate')}
          />
        </Field>
        <Field label={t('fields.namePattern')} error={errors.namePattern?.message} hint={t('namePatternHint')}>
          <Input
            autoComplete="off"
            spellCheck={false}
            className="font-mono text-xs"
            {...form.register('namePattern')}
          />
        </Field>
        <SwitchRow
          label={t('fields.createsByCertificate')}
          hint={t('createsByCertificateHint')}
          checked={createsByCertificate}
          onChange={(value) => form.setValue('createsByCertificate', value, { shouldDirty: true })}
        />
        {storedKey ? (
          <p className="text-xs break-all text-ink-3">
            {t('fingerprint')} <span className="font-mono">{storedKey}</span>
          </p>
        ) : null}
      </div>
    </Card>
  )
}
