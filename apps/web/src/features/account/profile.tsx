'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Card, CardHeader, Field, Input, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useForm } from 'react-hook-form'
import { type Profile, saveProfile } from '@/api/account.ts'
import { useUser } from '@/session/session-provider.tsx'
import { useUnsaved } from '@/shell/unsaved.tsx'

export const ProfileCard = () => {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const user = useUser()
  const client = useQueryClient()
  const form = useForm<Profile>({
    values: { firstName: user.firstName ?? '', lastName: user.lastName ?? '', phone: user.phone ?? '' },
  })
  useUnsaved(form.formState.isDirty)
  const save = useMutation({
    mutationFn: (profile: Profile) => saveProfile(user, profile),
    onSuccess: async () => {
      toast.done(t('saved'))
      await client.invalidateQueries({ queryKey: ['session'] })
    },
    onError: (error) => toast.failed(t('notSaved'), error.message),
  })
  return (
    <Card>
      <CardHeader title={t('profile')} description={user.email} />
      <form
        noValidate
        className="grid gap-4 p-4 sm:grid-cols-2"
        onSubmit={(event) => void form.handleSubmit((profile) => save.mutate(profile))(event)}
      >
        <Field label={t('firstName')}>
          <Input autoComplete="given-name" maxLength={255} {...form.register('firstName')} />
        </Field>
        <Field label={t('lastName')}>
          <Input autoComplete="family-name" maxLength={255} {...form.register('lastName')} />
        </Field>
        <Field label={t('phone')}>
          <Input type="tel" autoComplete="tel" maxLength={255} {...form.register('phone')} />
        </Field>
        <div className="flex items-end justify-end">
          <Button type="submit" variant="primary" disabled={save.isPending || !form.formState.isDirty}>
            {common('save')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
