'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Badge, Button, Card, CardHeader, Dialog, Skeleton, toast } from '@thingwire/ui'
import { KeyRound, Mail, Smartphone } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type FactorsView, getFactors, listFactorTypes, preferFactor, removeFactor } from '@/api/account.ts'
import { LoadError } from '@/shell/page.tsx'
import { FactorSetup } from './factor-setup.tsx'

const types = ['TOTP', 'EMAIL', 'BACKUP_CODE'] as const
type FactorType = (typeof types)[number]
const icons = { TOTP: Smartphone, EMAIL: Mail, BACKUP_CODE: KeyRound }

const factorsKey = ['factors'] as const

/** Second factors of the account: what is on, what can be added, and which is asked for first. */
export const Factors = () => {
  const t = useTranslations('factors')
  const common = useTranslations('common')
  const client = useQueryClient()
  const offered = useQuery({ queryKey: ['factor-types'], queryFn: ({ signal }) => listFactorTypes(signal) })
  const factors = useQuery({ queryKey: factorsKey, queryFn: async ({ signal }) => (await getFactors(signal)) ?? null })
  const [adding, setAdding] = useState<FactorType | null>(null)
  const [removing, setRemoving] = useState<FactorType | null>(null)
  const refresh = () => client.invalidateQueries({ queryKey: factorsKey })
  const remove = useMutation({
    mutationFn: removeFactor,
    onSuccess: refresh,
    onError: (error) => toast.failed(t('failed'), error.message),
    onSettled: () => setRemoving(null),
  })
  const prefer = useMutation({
    mutationFn: preferFactor,
    onSuccess: refresh,
    onError: (error) => toast.failed(t('failed'), error.message),
  })
  const error = offered.error ?? factors.error
  const configs = factors.data?.configs ?? {}
  // Spare codes alone would be a second factor that runs out.
  const hasMain = Boolean(configs.TOTP ?? configs.EMAIL ?? configs.SMS)
  const shown = types.filter(
    (type) => configs[type] || (offered.data?.includes(type) && (type !== 'BACKUP_CODE' || hasMain)),
  )

  return (
    <Card>
      <CardHeader title={t('title')} description={t('text')} />
      {error ? (
        <LoadError error={error} retry={() => void Promise.all([offered.refetch(), factors.refetch()])} />
      ) : factors.data === undefined || !offered.data ? (
        <div aria-busy className="p-4">
          <Skeleton className="h-8 w-full" />
        </div>
      ) : shown.length === 0 ? (
        <p className="p-4 text-sm text-ink-3">{t('none')}</p>
      ) : (
        <ul className="divide-y">
          {shown.map((type) => (
            <Factor
              key={type}
              type={type}
              config={configs[type]}
              onAdd={() => setAdding(type)}
              onRemove={() => setRemoving(type)}
              onPrefer={() => prefer.mutate(type)}
            />
          ))}
        </ul>
      )}
      <Dialog
        open={adding !== null}
        onOpenChange={(open) => !open && setAdding(null)}
        title={adding ? t(`setup.${adding}`) : ''}
        closeLabel={common('close')}
      >
        {adding ? (
          <FactorSetup
            type={adding}
            onCancel={() => setAdding(null)}
            onKept={() => {
              setAdding(null)
              toast.done(t('kept'))
              void refresh()
            }}
          />
        ) : null}
      </Dialog>
      <Dialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={removing ? t('removeTitle', { name: t(`names.${removing}`) }) : ''}
        closeLabel={common('close')}
        footer={
          <>
            <Button onClick={() => setRemoving(null)}>{common('cancel')}</Button>
            <Button variant="danger" disabled={remove.isPending} onClick={() => removing && remove.mutate(removing)}>
              {t('remove')}
            </Button>
          </>
        }
      >
        <p className="text-sm text-ink-2">{t('removeText')}</p>
      </Dialog>
    </Card>
  )
}

type Config = NonNullable<FactorsView>['configs'][string]

const Factor = (p: {
  type: FactorType
  config: Config | undefined
  onAdd: () => void
  onRemove: () => void
  onPrefer: () => void
}) => {
  const t = useTranslations('factors')
  const { type, config } = p
  const Icon = icons[type]
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
      <Icon aria-hidden className="size-4 stroke-[1.75] text-ink-3" />
      <div className="min-w-40 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          {t(`names.${type}`)}
          {config ? <Badge tone="ok">{t('on')}</Badge> : null}
          {config?.useByDefault ? <Badge>{t('default')}</Badge> : null}
        </p>
        <p className="text-xs text-ink-3">
          {config?.providerType === 'BACKUP_CODE'
            ? t('codesLeft', { count: config.codesLeft ?? 0 })
            : config?.providerType === 'EMAIL'
              ? config.email
              : t(`about.${type}`)}
        </p>
      </div>
      <div className="flex gap-2">
        {config && type !== 'BACKUP_CODE' && !config.useByDefault ? (
          <Button size="sm" onClick={p.onPrefer}>
            {t('prefer')}
          </Button>
        ) : null}
        {config && type !== 'BACKUP_CODE' ? null : (
          <Button size="sm" onClick={p.onAdd}>
            {t(config ? 'renew' : 'add')}
          </Button>
        )}
        {config ? (
          <Button size="sm" onClick={p.onRemove}>
            {t('remove')}
          </Button>
        ) : null}
      </div>
    </li>
  )
}
