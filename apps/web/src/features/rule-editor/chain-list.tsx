'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Badge, type Column, DataTable, TableMessage } from '@thingwire/ui'
import { SearchX, Workflow } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { listRuleChains } from '@/api/entities.ts'
import type { RuleChainView } from '@/api/entities.ts'
import { Timestamp } from '@/components/age.tsx'
import { useTableTexts } from '@/components/table-texts.ts'
import { useTableUrl } from '@/components/table-url.ts'
import { LoadError, Page } from '@/shell/page.tsx'
import { ImportChain } from './import-chain.tsx'

export const ChainList = () => {
  const t = useTranslations('ruleChains')
  const router = useRouter()
  const texts = useTableTexts(t('search'))
  const table = useTableUrl('name')
  const query = useQuery({
    queryKey: ['rule-chains', table.link],
    queryFn: ({ signal }) => listRuleChains(table.link, signal),
    placeholderData: keepPreviousData,
  })
  const columns: Column<RuleChainView>[] = [
    {
      id: 'name',
      header: t('name'),
      fixed: true,
      onPhone: true,
      sortable: true,
      csv: (chain) => chain.name,
      cell: (chain) => (
        <Link
          href={`/rule-chains/${chain.id.id}`}
          className="inline-flex items-center gap-2.5 font-medium hover:text-accent-text"
        >
          <Workflow aria-hidden className="size-4 stroke-[1.75] text-ink-3" />
          {chain.name}
        </Link>
      ),
    },
    {
      id: 'root',
      header: t('role'),
      onPhone: true,
      csv: (chain) => (chain.root ? t('root') : ''),
      cell: (chain) => (chain.root ? <Badge tone="accent">{t('root')}</Badge> : null),
    },
    {
      id: 'createdTime',
      header: t('created'),
      sortable: true,
      csv: (chain) => new Date(chain.createdTime).toISOString(),
      className: 'text-ink-2 tabular-nums',
      cell: (chain) => <Timestamp ts={chain.createdTime} />,
    },
  ]
  return (
    <Page fixed crumbs={[{ label: t('title') }]} actions={<ImportChain />}>
      <DataTable
        name="rule-chains"
        label={t('title')}
        columns={columns}
        rows={query.data?.data}
        total={query.data?.totalElements ?? 0}
        isRefreshing={query.isPlaceholderData}
        state={table.state}
        onStateChange={table.onStateChange}
        rowId={(chain) => chain.id.id}
        onOpen={(chain) => router.push(`/rule-chains/${chain.id.id}`)}
        texts={texts}
        {...(query.error && !query.data
          ? { error: <LoadError error={query.error} retry={() => void query.refetch()} /> }
          : {})}
        empty={
          table.state.search ? (
            <TableMessage icon={<SearchX />} title={t('noneFound')} />
          ) : (
            <TableMessage icon={<Workflow />} title={t('none')} text={t('noneText')} action={<ImportChain />} />
          )
        }
      />
    </Page>
  )
}
