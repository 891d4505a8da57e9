'use client'
import { useQuery } from '@tanstack/react-query'
import { Card, CardHeader, CopyButton, IconButton, Skeleton } from '@thingwire/ui'
import { Eye, EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { getCredentials } from '@/api/entities.ts'
import { useCopyLabels } from '@/components/table-texts.ts'
import { LoadError } from '@/shell/page.tsx'

export const Credentials = ({ deviceId }: { deviceId: string }) => {
  const t = useTranslations('credentials')
  const query = useQuery({
    queryKey: ['device', deviceId, 'credentials'],
    queryFn: ({ signal }) => getCredentials(deviceId, signal),
  })
  return (
    <div className="max-w-2xl p-4 sm:p-6">
      <Card>
        <CardHeader title={t('title')} description={t('text')} />
        {query.data ? (
          <dl className="divide-y">
            <div className="grid gap-1 px-4 py-3 sm:grid-cols-[140px_1fr] sm:items-center">
              <dt className="text-sm text-ink-3">{t('type')}</dt>
              <dd className="text-sm">{t(`types.${query.data.credentialsType}`)}</dd>
            </div>
            <Secret
              label={t(query.data.credentialsType === 'ACCESS_TOKEN' ? 'token' : 'id')}
              secret={query.data.credentialsId}
            />
            {query.data.credentialsValue ? <Secret label={t('value')} secret={query.data.credentialsValue} /> : null}
          </dl>
        ) : query.error ? (
          <LoadError error={query.error} retry={() => void query.refetch()} />
        ) : (
          <div aria-busy className="grid gap-4 p-4">
            <Skeleton className="h-4 w-1/2" />
            <Skeleton className="h-4 w-2/3" />
          </div>
        )}
      </Card>
    </div>
  )
}

const Secret = ({ label, secret }: { label: string; secret: string }) => {
  const t = useTranslations('credentials')
  const copy = useCopyLabels()
  const [isShown, setShown] = useState(false)
  return (
    <div className="grid gap-1 px-4 py-2 sm:grid-cols-[140px_1fr] sm:items-center">
      <dt className="text-sm text-ink-3">{label}</dt>
      <dd className="flex min-w-0 items-center gap-1">
        <span className="min-w-0 flex-1 font-mono text-xs break-all">{isShown ? secret : '•'.repeat(20)}</span>
        <IconButton
          size="icon-sm"
          label={isShown ? t('hide') : t('show')}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? <EyeOff /> : <Eye />}
        </IconButton>
        <CopyButton text={secret} labels={copy} />
      </dd>
    </div>
  )
}
