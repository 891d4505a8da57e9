'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { TwoFaProviderType } from '@thingwire/contracts'
import { Button, Field, Input, Skeleton } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useState } from 'react'
import { ApiError } from '@/api/http.ts'
import { listProviders, type ProviderView, sendCode, type SessionView, verifyCode } from '@/api/session.ts'
import { Entrance, entranceCard, FormFailure } from './entrance.tsx'

/** The second step of signing in: a code from the app, a mail, or the list of spare codes. */
export const SecondFactor = (p: { onDone: (session: SessionView) => void; onRestart: () => void }) => {
  const t = useTranslations('secondFactor')
  const providers = useQuery({
    queryKey: ['sign-in', 'providers'],
    queryFn: ({ signal }) => listProviders(signal),
    gcTime: 0,
  })
  const [chosen, setChosen] = useState<TwoFaProviderType | null>(null)
  const list = providers.data ?? []
  const provider = list.find(({ type }) => type === chosen) ?? list.find((one) => one.default) ?? list[0]
  const others = list.filter((one) => one !== provider)

  return (
    <Entrance
      heading={t('heading')}
      text={provider ? t(`text.${provider.type}`, { contact: provider.contact ?? '' }) : undefined}
      below={
        <div className="mt-6 grid justify-items-center gap-2">
          {others.map(({ type }) => (
            <Button key={type} variant="link" onClick={() => setChosen(type)}>
              {t(`instead.${type}`)}
            </Button>
          ))}
          <Button variant="link" onClick={p.onRestart}>
            {t('restart')}
          </Button>
        </div>
      }
    >
      {provider ? (
        <CodeForm key={provider.type} provider={provider} {...p} />
      ) : providers.error ? (
        <div className={entranceCard}>
          <FormFailure>{providers.error.message}</FormFailure>
        </div>
      ) : (
        <div aria-busy className={entranceCard}>
          <Skeleton className="h-9 w-full" />
        </div>
      )}
    </Entrance>
  )
}

const isSent = ({ type }: ProviderView) => type === 'EMAIL' || type === 'SMS'

const CodeForm = (p: { provider: ProviderView; onDone: (session: SessionView) => void; onRestart: () => void }) => {
  const t = useTranslations('secondFactor')
  const { provider } = p
  const [code, setCode] = useState('')
  const verify = useMutation({
    mutationFn: () => verifyCode(provider.type, code.replace(/\s/g, '')),
    onSuccess: p.onDone,
    onError: (error) => {
      setCode('')
      // The time for the second step is over: only the password helps now.
      if (error instanceof ApiError && error.status === 401) p.onRestart()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code.trim() !== '') verify.mutate()
  }
  return (
    <form method="post" onSubmit={submit} noValidate className={entranceCard}>
      <Field label={t(provider.type === 'BACKUP_CODE' ? 'backupCode' : 'code')}>
        <Input
          autoFocus
          inputMode={provider.type === 'BACKUP_CODE' ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          spellCheck={false}
          className="h-11 text-center font-mono text-lg tracking-[0.3em]"
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </Field>
      {verify.error ? <FormFailure>{verify.error.message}</FormFailure> : null}
      <Button type="submit" variant="primary" size="lg" disabled={verify.isPending || code.trim() === ''}>
        {verify.isPending ? t('checking') : t('submit')}
      </Button>
      {isSent(provider) ? <SendAgain provider={provider} /> : null}
    </form>
  )
}

/** Sends the first code by itself, and further ones no more often than the server allows. */
const SendAgain = ({ provider }: { provider: ProviderView }) => {
  const t = useTranslations('secondFactor')
  const [waitSeconds, setWaitSeconds] = useState(0)
  const send = useMutation({
    mutationFn: () => sendCode(provider.type),
    onSuccess: () => setWaitSeconds(provider.minVerificationCodeSendPeriod ?? 30),
  })
  const { mutate } = send
  useEffect(() => mutate(), [mutate])
  useEffect(() => {
    if (waitSeconds <= 0) return
    const timer = setTimeout(() => setWaitSeconds(waitSeconds - 1), 1_000)
    return () => clearTimeout(timer)
  }, [waitSeconds])
  return (
    <div className="grid gap-2">
      {send.error ? <FormFailure>{send.error.message}</FormFailure> : null}
      <Button disabled={send.isPending || waitSeconds > 0} onClick={() => send.mutate()}>
        {waitSeconds > 0 ? t('sendIn', { seconds: waitSeconds }) : t('send')}
      </Button>
    </div>
  )
}
