'use client'
import { useQuery } from '@tanstack/react-query'
import { Card, CardHeader, Facts, Skeleton } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { getSystemInfo } from '@/api/entities.ts'
import { valueText } from '@/components/value-text.ts'
import { LoadError, Page } from '@/shell/page.tsx'
import { figuresClass } from './figure.tsx'
import { ledgerQuery } from './ledger-query.ts'
import { TrafficFigures } from './traffic-figures.tsx'

export const SystemHome = () => {
  const t = useTranslations('home')
  const query = useQuery({ queryKey: ['system-info'], queryFn: ({ signal }) => getSystemInfo(signal) })
  const ledger = useQuery(ledgerQuery)
  return (
    <Page crumbs={[{ label: t('title') }]}>
      <div className="grid w-full max-w-[1360px] gap-4 p-4 sm:p-6">
        <div className={figuresClass}>
          <TrafficFigures ledger={ledger.data} />
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
