'use client'
import { useQuery } from '@tanstack/react-query'
import { Card, CardHeader, Facts, Skeleton } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { getSystemInfo } from '@/api/entities.ts'
import { valueText } from '@/components/value-text.ts'
import { Sparkline } from '@/features/devices/sparkline.tsx'
import { LoadError, Page } from '@/shell/page.tsx'
import { Figure, figuresClass } from './figure.tsx'
import { ledgerQuery } from './ledger-query.ts'
import { toTraffic } from './traffic.ts'

export const SystemHome = () => {
  const t = useTranslations('home')
  const query = useQuery({ queryKey: ['system-info'], queryFn: ({ signal }) => getSystemInfo(signal) })
  const ledger = useQuery(ledgerQuery)
  const traffic = ledger.data ? toTraffic(ledger.data, Date.now()) : null
  return (
    <Page crumbs={[{ label: t('title') }]}>
      <div className="grid w-full max-w-[1360px] gap-4 p-4 sm:p-6">
        <div className={figuresClass}>
          <Figure
            label={t('messages')}
            value={traffic?.lastMinute}
            href="/ledger"
            aside={<Sparkline points={traffic?.course ?? []} width={88} height={28} />}
          />
          <Figure
            label={t('deadLetters')}
            value={traffic?.deadLettered}
            href="/ledger"
            note={ledger.data?.isBalanced ? t('balanced') : undefined}
            tone={traffic ? (traffic.deadLettered > 0 ? 'danger' : 'ok') : undefined}
          />
        </div>
        <Card className="max-w-2xl">
          <CardHeader title={t('system')} description={t('systemText')} />
          <div className="p-4">
            {query.data ? (
              <Facts
                items={[
                  { term: t('product'), value: valueText(query.data.name) },
                  { term: t('version'), value: valueText(query.data.version) },
                ]}
              />
            ) : query.error ? (
              <LoadError error={query.error} retry={() => void query.refetch()} />
            ) : (
              <Skeleton className="h-4 w-1/2" />
            )}
          </div>
        </Card>
      </div>
    </Page>
  )
}
