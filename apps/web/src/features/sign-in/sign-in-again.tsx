'use client'
import { Barrier, Button, Field, Input } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { type FormEvent, useEffect, useState } from 'react'
import { getSession, isPending, type PendingView, type SessionView } from '@/api/session.ts'
import type { EndedSession } from '@/session/ended-session.ts'
import { useLeave } from '@/shell/unsaved.tsx'
import { DemandedFactor } from './demanded-factor.tsx'
import { FormFailure, OverPage } from './entrance.tsx'
import { SecondFactor } from './second-factor.tsx'
import { usePassword } from './use-password.ts'

/** Asks for the password over the page on which the session ended, and goes on where it was. */
export const SignInAgain = ({ user, goOn, leave }: EndedSession) => {
  const t = useTranslations('signInAgain')
  const askFirst = useLeave()
  const [pending, setPending] = useState<PendingView | null>(null)
  const restart = () => setPending(null)
  useSignedInElsewhere(goOn)
  return (
    <Barrier title={t('title')} description={t('text')}>
      <OverPage>
        {pending?.scope === 'PRE_VERIFICATION_TOKEN' ? (
          <SecondFactor onDone={goOn} onRestart={restart} />
        ) : pending ? (
          <DemandedFactor onDone={goOn} onRestart={restart} />
        ) : (
          <PasswordForm
            username={user.email}
            onAnswer={(answer) => (isPending(answer) ? setPending(answer) : goOn(answer))}
            onLeave={() => askFirst('page', leave)}
          />
        )}
      </OverPage>
    </Barrier>
  )
}

type PasswordProps = {
  username: string
  onAnswer: (answer: SessionView | PendingView) => void
  onLeave: () => void
}

const PasswordForm = ({ username, onAnswer, onLeave }: PasswordProps) => {
  const t = useTranslations('signInAgain')
  const words = useTranslations('signIn')
  const { failure, enter } = usePassword(onAnswer)
  const [password, setPassword] = useState('')
  const [isMissing, setMissing] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setMissing(password === '')
    if (password === '') return
    setBusy(true)
    await enter({ username, password }).finally(() => setBusy(false))
  }
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="grid gap-4">
      <Field label={words('email')}>
        <Input type="email" autoComplete="username" readOnly value={username} className="bg-sunken text-ink-2" />
      </Field>
      <Field label={words('password')} error={isMissing ? words('passwordMissing') : undefined}>
        <Input
          type="password"
          autoComplete="current-password"
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      {failure ? <FormFailure>{failure}</FormFailure> : null}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button variant="ghost" onClick={onLeave} className="-ml-3">
          {t('somebodyElse')}
        </Button>
        <Button type="submit" variant="primary" disabled={isBusy}>
          {isBusy ? words('submitting') : words('submit')}
        </Button>
      </div>
    </form>
  )
}

/** Another tab may have the session back by now. */
const useSignedInElsewhere = (goOn: (session: SessionView) => void) => {
  useEffect(() => {
    const look = () => {
      if (document.hidden) return
      // Nobody is signed in there either, or the server is away: the form stays.
      getSession().then(goOn, () => undefined)
    }
    const stop = new AbortController()
    addEventListener('focus', look, { signal: stop.signal })
    document.addEventListener('visibilitychange', look, { signal: stop.signal })
    return () => stop.abort()
  }, [goOn])
}
