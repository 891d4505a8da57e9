'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Field, Input } from '@thingwire/ui'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { activate, getPasswordPolicy, resetPassword } from '@/api/account.ts'
import { PasswordRules } from '../account/password-rules.tsx'
import { Entrance, entranceCard, FormFailure } from '../sign-in/entrance.tsx'
import { ToSignIn } from './to-sign-in.tsx'

/** Where the links of mails lead: the first password of an account, or a new one. */
export const ChoosePassword = ({ kind, token }: { kind: 'activate' | 'reset'; token: string }) => {
  const t = useTranslations('accountLinks')
  const router = useRouter()
  const policy = useQuery({ queryKey: ['password-policy'], queryFn: ({ signal }) => getPasswordPolicy(signal) })
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [isDifferent, setDifferent] = useState(false)
  const save = useMutation({
    mutationFn: async () => void (await (kind === 'activate' ? activate : resetPassword)(token, password)),
    onSuccess: () => router.replace('/sign-in?password=new'),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setDifferent(password !== again)
    if (password === again) save.mutate()
  }
  return (
    <Entrance heading={t(`${kind}Heading`)} text={t(`${kind}Text`)} below={<ToSignIn />}>
      <form method="post" onSubmit={submit} noValidate className={entranceCard}>
        <Field label={t('password')}>
          <Input
            type="password"
            autoComplete="new-password"
            autoFocus
            className="h-9"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        {policy.data ? <PasswordRules policy={policy.data} password={password} /> : null}
        <Field label={t('again')} error={isDifferent ? t('different') : undefined}>
          <Input
            type="password"
            autoComplete="new-password"
            className="h-9"
            value={again}
            onChange={(event) => setAgain(event.target.value)}
          />
        </Field>
        {save.error ? <FormFailure>{save.error.message}</FormFailure> : null}
        <Button
          type="submit"
          variant="primary"
          size="lg"
          disabled={save.isPending || password === '' || again === '' || token === ''}
        >
          {t(`${kind}Submit`)}
        </Button>
      </form>
    </Entrance>
  )
}
