'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Card, CardHeader, Field, Input, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { changePassword, getPasswordPolicy } from '@/api/account.ts'
import { useUnsaved } from '@/shell/unsaved.tsx'
import { FormFailure } from '../sign-in/entrance.tsx'
import { PasswordRules } from './password-rules.tsx'

export const ChangePassword = () => {
  const t = useTranslations('account')
  const client = useQueryClient()
  const policy = useQuery({ queryKey: ['password-policy'], queryFn: ({ signal }) => getPasswordPolicy(signal) })
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = useMutation({
    mutationFn: () => changePassword(current, password),
    onSuccess: (session) => {
      client.setQueryData(['session'], session)
      setCurrent('')
      setPassword('')
      toast.done(t('passwordChanged'))
    },
  })
  useUnsaved(current !== '' || password !== '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate()
  }
  return (
    <Card>
      <CardHeader title={t('password')} description={t('passwordText')} />
      <form method="post" noValidate className="grid gap-4 p-4 sm:grid-cols-2" onSubmit={submit}>
        <Field label={t('currentPassword')}>
          <Input
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
        <div className="grid content-start gap-2">
          <Field label={t('newPassword')}>
            <Input
              type="password"
              autoComplete="new-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </Field>
          {policy.data && password !== '' ? <PasswordRules policy={policy.data} password={password} /> : null}
        </div>
        {change.error ? (
          <div className="sm:col-span-2">
            <FormFailure>{change.error.message}</FormFailure>
          </div>
        ) : null}
        <div className="flex justify-end sm:col-span-2">
          <Button type="submit" variant="primary" disabled={change.isPending || current === '' || password === ''}>
            {t('changePassword')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
