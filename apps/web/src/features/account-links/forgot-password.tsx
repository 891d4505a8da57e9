'use client'
import { useMutation } from '@tanstack/react-query'
import { Button, Field, Input } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { requestReset } from '@/api/account.ts'
import { Entrance, entranceCard, FormFailure } from '../sign-in/entrance.tsx'
import { ToSignIn } from './to-sign-in.tsx'

/** Asks for a mail to choose a new password with. The answer never tells whether there is such an account. */
export const ForgotPassword = () => {
  const t = useTranslations('accountLinks')
  const [email, setEmail] = useState('')
  const request = useMutation({ mutationFn: () => requestReset(email.trim()) })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    request.mutate()
  }
  return (
    <Entrance heading={t('forgotHeading')} text={request.isSuccess ? undefined : t('forgotText')} below={<ToSignIn />}>
      {request.isSuccess ? (
        <p role="status" className={`${entranceCard} text-sm text-ink-2`}>
          {t('forgotSent', { email: email.trim() })}
        </p>
      ) : (
        <form method="post" onSubmit={submit} noValidate className={entranceCard}>
          <Field label={t('email')}>
            <Input
              type="email"
              autoComplete="username"
              autoFocus
              className="h-9"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          </Field>
          {request.error ? <FormFailure>{request.error.message}</FormFailure> : null}
          <Button type="submit" variant="primary" size="lg" disabled={request.isPending || email.trim() === ''}>
            {t('forgotSubmit')}
          </Button>
        </form>
      )}
    </Entrance>
  )
}
