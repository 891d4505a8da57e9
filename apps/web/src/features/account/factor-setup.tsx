'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { TwoFaAccountConfig } from '@thingwire/contracts'
import { Button, CopyButton, Field, Input, Skeleton } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useState } from 'react'
import { draftFactor, type FactorDraft, keepFactor, submitFactor } from '@/api/account.ts'
import { useCopyLabels } from '@/components/table-texts.ts'
import { FormFailure } from '../sign-in/entrance.tsx'
import { QrCode } from '@/components/qr-code.tsx'

type SetupType = 'TOTP' | 'EMAIL' | 'BACKUP_CODE'
type Draft<T extends SetupType> = Extract<FactorDraft, { providerType: T }>
type Steps = { onKept: () => void; onCancel: () => void }

/** Sets up one second factor, from the draft of the server to the code that proves it. */
export const FactorSetup = ({ type, ...steps }: { type: SetupType } & Steps) => {
  const draft = useQuery({
    queryKey: ['factor-draft', type],
    queryFn: () => draftFactor(type),
    // Every draft is a new secret: the one on the screen must stay the one that is kept.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  if (draft.error) return <FormFailure>{draft.error.message}</FormFailure>
  if (!draft.data) return <Skeleton className="mx-auto size-44" />
  switch (draft.data.providerType) {
    case 'TOTP':
      return <AppSetup draft={draft.data} {...steps} />
    case 'EMAIL':
      return <MailSetup draft={draft.data} {...steps} />
    case 'BACKUP_CODE':
      return <BackupCodes draft={draft.data} {...steps} />
    default:
      return null
  }
}

const AppSetup = ({ draft, ...steps }: { draft: Draft<'TOTP'> } & Steps) => {
  const t = useTranslations('factors')
  const copy = useCopyLabels()
  const secret = new URL(draft.authUrl).searchParams.get('secret') ?? ''
  return (
    <ProveForm {...steps} config={{ ...draft, useByDefault: true }} label={t('codeOfApp')}>
      <p className="text-sm text-ink-2">{t('scan')}</p>
      <QrCode text={draft.authUrl} label={t('qrLabel')} className="mx-auto size-44" />
      <div className="grid gap-1">
        <span className="text-xs text-ink-3">{t('typeInstead')}</span>
        <span className="flex items-center gap-1">
          <code className="min-w-0 flex-1 font-mono text-xs break-all">{secret}</code>
          <CopyButton text={secret} labels={copy} />
        </span>
      </div>
    </ProveForm>
  )
}

const MailSetup = ({ draft, ...steps }: { draft: Draft<'EMAIL'> } & Steps) => {
  const t = useTranslations('factors')
  const [config, setConfig] = useState<TwoFaAccountConfig | null>(null)
  const [email, setEmail] = useState(draft.email ?? '')
  const send = useMutation({
    mutationFn: async () => {
      const wanted = { providerType: 'EMAIL' as const, useByDefault: true, email }
      await submitFactor(wanted)
      return wanted
    },
    onSuccess: setConfig,
  })
  if (config)
    return (
      <ProveForm {...steps} config={config} label={t('codeOfMail')}>
        <p className="text-sm text-ink-2">{t('mailSent', { email })}</p>
      </ProveForm>
    )
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <Field label={t('address')} hint={t('addressHint')}>
        <Input type="email" value={email} onChange={(event) => setEmail(event.target.value)} autoFocus />
      </Field>
      {send.error ? <FormFailure>{send.error.message}</FormFailure> : null}
      <Buttons onCancel={steps.onCancel} isBusy={send.isPending} submit={t('sendCode')} />
    </form>
  )
}

const BackupCodes = ({ draft, onKept, onCancel }: { draft: Draft<'BACKUP_CODE'> } & Steps) => {
  const t = useTranslations('factors')
  const copy = useCopyLabels()
  const keep = useMutation({ mutationFn: () => keepFactor({ ...draft, useByDefault: false }), onSuccess: onKept })
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        keep.mutate()
      }}
    >
      <p className="text-sm text-ink-2">{t('backupText')}</p>
      <div className="relative rounded-md border bg-canvas p-3">
        <ul className="grid grid-cols-2 gap-x-4 gap-y-1 font-mono text-xs">
          {draft.codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <div className="absolute top-1.5 right-1.5">
          <CopyButton text={draft.codes.join('\n')} labels={copy} />
        </div>
      </div>
      {keep.error ? <FormFailure>{keep.error.message}</FormFailure> : null}
      <Buttons onCancel={onCancel} isBusy={keep.isPending} submit={t('backupSubmit')} />
    </form>
  )
}

/** The code that shows that the factor works, before it can lock anybody out. */
const ProveForm = (p: Steps & { config: TwoFaAccountConfig; label: string; children: ReactNode }) => {
  const t = useTranslations('factors')
  const [code, setCode] = useState('')
  const keep = useMutation({
    mutationFn: () => keepFactor(p.config, code.replace(/\s/g, '')),
    onSuccess: p.onKept,
    onError: () => setCode(''),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    keep.mutate()
  }
  return (
    <form noValidate className="grid gap-4" onSubmit={submit}>
      {p.children}
      <Field label={p.label}>
        <Input
          autoFocus
          inputMode="numeric"
          autoComplete="one-time-code"
          className="h-9 font-mono tracking-[0.2em]"
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </Field>
      {keep.error ? <FormFailure>{keep.error.message}</FormFailure> : null}
      <Buttons onCancel={p.onCancel} isBusy={keep.isPending || code.trim() === ''} submit={t('turnOn')} />
    </form>
  )
}

const Buttons = (p: { onCancel: () => void; isBusy: boolean; submit: string }) => {
  const common = useTranslations('common')
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={p.onCancel}>{common('cancel')}</Button>
      <Button type="submit" variant="primary" disabled={p.isBusy}>
        {p.submit}
      </Button>
    </div>
  )
}
