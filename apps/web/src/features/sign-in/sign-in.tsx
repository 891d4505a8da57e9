'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { loginSchema } from '@thingwire/contracts'
import { Button, Field, Input } from '@thingwire/ui'
import { Building2, ShieldCheck, UserRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState, useSyncExternalStore } from 'react'
import { useForm } from 'react-hook-form'
import { ApiError } from '@/api/http.ts'
import { getSignInInfo, signIn } from '@/api/session.ts'
import { Logo } from '@/shell/logo.tsx'

const roleIcons = { SYS_ADMIN: ShieldCheck, TENANT_ADMIN: Building2, CUSTOMER_USER: UserRound }

export const SignIn = ({ next }: { next: string }) => {
  const t = useTranslations('signIn')
  const router = useRouter()
  const client = useQueryClient()
  const [failure, setFailure] = useState<string | null>(null)
  const form = useForm({ resolver: zodResolver(loginSchema), defaultValues: { username: '', password: '' } })
  const { errors, isSubmitting } = form.formState
  const isInteractive = useIsInteractive()

  const submit = form.handleSubmit(async (credentials) => {
    setFailure(null)
    try {
      client.setQueryData(['session'], await signIn(credentials))
      router.replace(next)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      setFailure(error.status === 401 ? t('refused') : error.isUnreachable ? t('unreachable') : error.message)
    }
  })

  return (
    <main className="relative flex min-h-dvh items-center justify-center overflow-hidden px-4 py-10">
      <Wires />
      <div className="relative w-full max-w-[360px]">
        <div className="mb-8 flex flex-col items-center gap-4 text-center">
          <Logo className="size-11" />
          <div>
            <h1 className="text-xl font-semibold tracking-tight">{t('heading')}</h1>
            <p className="mt-1 text-sm text-ink-2">{t('subheading')}</p>
          </div>
        </div>
        <form
          // Only a script may send it; should a browser ever do so by itself, the password must not stand in the address.
          method="post"
          onSubmit={(event) => void submit(event)}
          noValidate
          className="grid gap-4 rounded-xl border bg-surface p-5 shadow-card"
        >
          <Field label={t('email')} error={errors.username ? t('emailMissing') : undefined}>
            <Input type="email" autoComplete="username" autoFocus className="h-9" {...form.register('username')} />
          </Field>
          <Field label={t('password')} error={errors.password ? t('passwordMissing') : undefined}>
            <Input type="password" autoComplete="current-password" className="h-9" {...form.register('password')} />
          </Field>
          {failure ? (
            <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-xs text-danger-text">
              {failure}
            </p>
          ) : null}
          <Button type="submit" variant="primary" size="lg" disabled={isSubmitting || !isInteractive}>
            {isSubmitting ? t('submitting') : t('submit')}
          </Button>
        </form>
        <DemoAccounts
          onPick={(account) => {
            form.reset(account)
            void submit()
          }}
        />
      </div>
    </main>
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

/** Faint wires behind the form; decoration only. */
const Wires = () => (
  <svg
    aria-hidden
    viewBox="0 0 1200 800"
    preserveAspectRatio="xMidYMid slice"
    className="absolute inset-0 size-full text-line-strong/70 [mask-image:radial-gradient(ellipse_420px_480px_at_center,transparent_70%,black)]"
  >
    <g fill="none" stroke="currentColor" strokeWidth="1.25">
      <path d="M-20 160h260c60 0 60 90 120 90h180M-20 250h140c60 0 60-90 120-90M1220 560H960c-60 0-60-90-120-90H680M1220 470h-140c-60 0-60 90-120 90M-20 640h200c60 0 60-70 120-70h120M1220 180h-180c-60 0-60 70-120 70H800" />
    </g>
    <g fill="currentColor">
      {[
        [240, 160],
        [540, 250],
        [120, 250],
        [960, 560],
        [680, 470],
        [1080, 470],
        [420, 570],
        [800, 250],
      ].map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r="3.5" />
      ))}
    </g>
  </svg>
)
