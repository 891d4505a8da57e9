'use client'
import { useQuery } from '@tanstack/react-query'
import { Badge, Card, CardHeader, cn, EmptyState, Skeleton, TableHead } from '@thingwire/ui'
import { Scale } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { getLedger, type LedgerView } from '@/api/ledger.ts'
import { LoadError, Page } from '@/shell/page.tsx'
import { sumByMinute } from './sum.ts'

const hourMs = 3_600_000
const columns = ['accepted', 'stored', 'finished', 'deadLettered', 'rejected'] as const

/** What was accepted and what became of it: the platform's own proof that nothing was lost. */
export const LedgerPage = () => {
  const t = useTranslations('ledger')
  const query = useQuery({
    queryKey: ['ledger'],
    queryFn: ({ signal }) => {
      const now = Date.now()
      return getLedger({ fromMs: now - hourMs, toMs: now }, signal)
    },
    refetchInterval: 5_000,
  })
  return (
    <Page crumbs={[{ label: t('title') }]} actions={query.data ? <Verdict ledger={query.data} /> : null}>
      <div className="grid w-full max-w-[1360px] gap-4 p-4 sm:p-6">
        {query.data ? (
          <LedgerTables ledger={query.data} />
        ) : query.error ? (
          <LoadError error={query.error} retry={() => void query.refetch()} />
        ) : (
          <Skeleton className="h-24 w-full rounded-lg" />
        )}
      </div>
    </Page>
  )
}

const Verdict = ({ ledger }: { ledger: LedgerView }) => {
  const t = useTranslations('ledger')
  return <Badge tone={ledger.isBalanced ? 'ok' : 'warn'}>{t(ledger.isBalanced ? 'balanced' : 'unbalanced')}</Badge>
}

const LedgerTables = ({ ledger }: { ledger: LedgerView }) => {
  const t = useTranslations('ledger')
  const format = useFormatter()
  const minutes = sumByMinute(ledger.rows)
  const queued = ledger.tenants.reduce((sum, tenant) => sum + tenant.queued, 0)
  const total = (name: (typeof columns)[number]) => ledger.tenants.reduce((sum, tenant) => sum + tenant[name], 0)
  return (
    <>
      <dl className="grid grid-cols-2 overflow-hidden rounded-lg border bg-surface shadow-card sm:grid-cols-3 lg:grid-cols-6">
        {[...columns.map((name) => ({ name, value: total(name) })), { name: 'queued' as const, value: queued }].map(
          ({ name, value }) => (
            <div key={name} className="-mr-px -mb-px border-r border-b px-5 py-4">
              <dt className="text-xs font-medium text-ink-3">{t(name)}</dt>
              <dd
                className={cn(
                  'mt-1 text-xl font-semibold tracking-tight tabular-nums',
                  name === 'deadLettered' && value > 0 && 'text-danger-text',
                )}
              >
                {format.number(value)}
              </dd>
            </div>
          ),
        )}
      </dl>
      <Card className="overflow-hidden">
        <CardHeader title={t('byMinute')} description={t('text')} />
        {minutes.length === 0 ? (
          <EmptyState icon={<Scale />} title={t('none')}>
            {t('noneText')}
          </EmptyState>
        ) : (
          <div className="overflow-x-auto">
            <table className="w-full text-sm">
              <TableHead
                columns={[
                  { id: 'minute', label: t('minute') },
                  ...columns.map((name) => ({
                    id: name,
                    label: t(name),
                    className: 'px-4 text-right max-sm:px-1.5 max-sm:py-1.5 max-sm:align-bottom sm:whitespace-nowrap',
                  })),
                ]}
              />
              <tbody>
                {minutes.map((row) => (
                  <tr key={row.minuteMs} className="border-t hover:bg-hover">
                    <th
                      scope="row"
                      className="h-9 pl-4 text-left font-normal whitespace-nowrap text-ink-2 tabular-nums"
                    >
                      {format.dateTime(row.minuteMs, { hour: '2-digit', minute: '2-digit' })}
                    </th>
                    {columns.map((name) => (
                      <td
                        key={name}
                        className={cn(
                          'h-9 px-4 text-right tabular-nums last:pr-4 max-sm:px-1.5',
                          row[name] === 0 && 'text-ink-3',
                          name === 'deadLettered' && row[name] > 0 && 'font-medium text-danger-text',
                        )}
                      >
                        {format.number(row[name])}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
    </>
  )
}
