'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { loginSchema } from '@thingwire/contracts'
import { Button, cn, Field, Input } from '@thingwire/ui'
import { Building2, ShieldCheck, UserRound } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState, useSyncExternalStore } from 'react'
import { useForm } from 'react-hook-form'
import { getSignInInfo, isPending, type PendingView, type SessionView } from '@/api/session.ts'
import { startPath } from '../dashboards/sharing/home-choice.ts'
import { DemandedFactor } from './demanded-factor.tsx'
import { Entrance, entranceCard, FormFailure } from './entrance.tsx'
import { SecondFactor } from './second-factor.tsx'
import { usePassword } from './use-password.ts'

/** What brought somebody here who did not ask for it. */
type Why = 'newPassword' | 'ended' | null

const roleIcons = { SYS_ADMIN: ShieldCheck, TENANT_ADMIN: Building2, CUSTOMER_USER: UserRound }

/** The steps of signing in; each goes on to the next or to the page that was asked for. */
export const SignIn = ({ next, why }: { next: string; why: Why }) => {
  const router = useRouter()
  const client = useQueryClient()
  const [pending, setPending] = useState<PendingView | null>(null)

  const enter = (session: SessionView) => {
    client.setQueryData(['session'], session)
    // Whoever asked for a page gets that.
    router.replace(next === '/' ? (startPath(session.user.additionalInfo) ?? next) : next)
  }
  const onAnswer = (answer: SessionView | PendingView) => (isPending(answer) ? setPending(answer) : enter(answer))
  const restart = () => setPending(null)

  if (pending?.scope === 'PRE_VERIFICATION_TOKEN') return <SecondFactor onDone={enter} onRestart={restart} />
  if (pending) return <DemandedFactor onDone={enter} onRestart={restart} />
  return <PasswordStep onAnswer={onAnswer} why={why} />
}

const PasswordStep = (p: { onAnswer: (answer: SessionView | PendingView) => void; why: Why }) => {
  const t = useTranslations('signIn')
  const { failure, enter } = usePassword(p.onAnswer)
  const form = useForm({ resolver: zodResolver(loginSchema), defaultValues: { username: '', password: '' } })
  const { errors, isSubmitting } = form.formState
  const isInteractive = useIsInteractive()

  const submit = form.handleSubmit(enter)

  return (
    <Entrance
      heading={t('heading')}
      text={t('subheading')}
      below={
        <DemoAccounts
          onPick={(account) => {
            form.reset(account)
            void submit()
          }}
        />
      }
    >
      <form
        // Only a script may send it; should a browser ever do so by itself, the password must not stand in the address.
        method="post"
        onSubmit={(event) => void submit(event)}
        noValidate
        className={entranceCard}
      >
        {p.why ? (
          <p
            role="status"
            className={cn(
              'rounded-md px-3 py-2 text-xs',
              p.why === 'ended' ? 'bg-warn-soft text-warn-text' : 'bg-ok-soft text-ok-text',
            )}
          >
            {t(p.why)}
          </p>
        ) : null}
        <Field label={t('email')} error={errors.username ? t('emailMissing') : undefined}>
          <Input type="email" autoComplete="username" autoFocus className="h-9" {...form.register('username')} />
        </Field>
        <Field
          label={t('password')}
          error={errors.password ? t('passwordMissing') : undefined}
          aside={
            <Link href="/login/resetPasswordRequest" className="text-xs text-accent-text hover:underline">
              {t('forgot')}
            </Link>
          }
        >
          <Input type="password" autoComplete="current-password" className="h-9" {...form.register('password')} />
        </Field>
        {failure ? <FormFailure>{failure}</FormFailure> : null}
        <Button type="submit" variant="primary" size="lg" disabled={isSubmitting || !isInteractive}>
          {isSubmitting ? t('submitting') : t('submit')}
        </Button>
      </form>
    </Entrance>
  )
}

const nothing = () => () => {}
/** False until the page's script has taken over: before that Enter would make the browser send the form by itself. */
const useIsInteractive = () =>
  useSyncExternalStore(
    nothing,
    () => true,
    () => false,
  )

const DemoAccounts = ({ onPick }: { onPick: (account: { username: string; password: string }) => void }) => {
  const t = useTranslations('signIn')
  const role = useTranslations('user.role')
  const info = useQuery({ queryKey: ['sign-in-info'], queryFn: getSignInInfo, staleTime: Infinity })
  const accounts = info.data?.demoAccounts ?? []
  if (accounts.length === 0) return null
  return (
    <section aria-labelledby="demo" className="mt-6">
      <h2 id="demo" className="mb-2 text-center text-xs text-ink-3">
        {t('demo')}
      </h2>
      <ul className="divide-y overflow-hidden rounded-xl border bg-surface shadow-card">
        {accounts.map(({ username, password, role: authority }) => {
          const Icon = roleIcons[authority]
          return (
            <li key={username}>
              <button
                type="button"
                onClick={() => onPick({ username, password })}
                className="flex w-full items-center gap-3 px-4 py-2.5 text-left transition-colors duration-100 hover:bg-hover focus-visible:-outline-offset-2"
              >
                <Icon aria-hidden className="size-4 stroke-[1.75] text-ink-3" />
                <span className="min-w-0 flex-1">
                  <span className="block text-sm font-medium">{role(authority)}</span>
                  <span className="block truncate text-xs text-ink-3">{username}</span>
                </span>
                <span aria-hidden className="text-xs text-ink-3">
                  →
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
