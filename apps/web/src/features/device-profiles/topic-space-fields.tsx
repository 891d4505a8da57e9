'use client'
import { Card, Field, Textarea } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { SwitchRow } from '@/components/switch-row.tsx'
import type { ProfileForm } from './profile-form.ts'

export const TopicSpaceFields = ({ form }: { form: UseFormReturn<ProfileForm> }) => {
  const t = useTranslations('profiles')
  const { errors } = form.formState
  const isOpen = useWatch({ control: form.control, name: 'isSpaceOpen' })
  return (
    <div className="grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-4 p-4 sm:p-6">
      <Card>
        <div className="p-4">
          <SwitchRow
            label={t('fields.isSpaceOpen')}
            hint={t('isSpaceOpenHint')}
            checked={isOpen}
            onChange={(value) => form.setValue('isSpaceOpen', value, { shouldDirty: true })}
          />
        </div>
        {isOpen ? (
          <div className="grid gap-4 border-t p-4">
            {(['publishFilters', 'subscribeFilters'] as const).map((name) => (
              <Field
                key={name}
                label={t(`fields.${name}`)}
                error={errors[name]?.message}
                hint={t(`filterHints.${name}`)}
              >
                <Textarea
                  spellCheck={false}
                  className="min-h-24 font-mono text-xs"
                  placeholder={name === 'publishFilters' ? 'plant/{deviceName}/#' : 'plant/+/state'}
                  {...form.register(name)}
                />
              </Field>
            ))}
            <p className="text-xs text-ink-3">{t('reservedTopics')}</p>
          </div>
        ) : null}
      </Card>
    </div>
  )
}
