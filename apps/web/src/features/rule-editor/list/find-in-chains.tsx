'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { RuleNodeMatch } from '@thingwire/contracts'
import { type Column, DataTable, TableMessage } from '@thingwire/ui'
import { FileSearch, SearchX } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { searchChains } from '@/api/rule-chain-list.ts'
import { useTableTexts } from '@/components/table-texts.ts'
import { useTableUrl } from '@/components/table-url.ts'
import { LoadError } from '@/shell/page.tsx'
import { categoryColor, findManifest, iconOf } from '../catalogue.ts'
import { marked } from './marked.ts'

const mostMatches = 100
const pathOf = ({ ruleChainId, ruleNodeId }: RuleNodeMatch) => `/rule-chains/${ruleChainId}?node=${ruleNodeId}`

/** Nodes of all chains in whose name, description, settings or scripts a text stands. */
export const FindInChains = ({ toolbar }: { toolbar: ReactNode }) => {
  const t = useTranslations('chainList')
  const router = useRouter()
  const { state, onStateChange } = useTableUrl('name')
  const texts = useTableTexts(t('find.search'))
  const text = state.search.trim()
  const query = useQuery({
    queryKey: ['rule-chains', 'search', text],
    queryFn: ({ signal }) => searchChains(text, signal),
    placeholderData: keepPreviousData,
    enabled: text !== '',
  })
  const rows = text === '' ? [] : query.data
  return (
    <DataTable
      name="rule-chain-nodes"
      label={t('find.title')}
      columns={useColumns(text)}
      rows={rows}
      total={rows?.length ?? 0}
      isRefreshing={query.isPlaceholderData}
      state={{ ...state, page: 0, pageSize: mostMatches, sort: null }}
      onStateChange={onStateChange}
      rowId={({ ruleNodeId }) => ruleNodeId}
      onOpen={(match) => router.push(pathOf(match))}
      texts={texts}
      toolbar={
        <>
          {toolbar}
          {rows?.length === mostMatches ? <span className="text-xs text-ink-3">{t('find.first')}</span> : null}
        </>
      }
      {...(query.error && !query.data
        ? { error: <LoadError error={query.error} retry={() => void query.refetch()} /> }
        : {})}
      empty={
        text === '' ? (
          <TableMessage icon={<FileSearch />} title={t('find.begin')} text={t('find.beginText')} />
        ) : (
          <TableMessage icon={<SearchX />} title={t('find.none')} text={t('find.noneText', { text })} />
        )
      }
    />
  )
}

const useColumns = (text: string): Column<RuleNodeMatch>[] => {
  const t = useTranslations('chainList')
  return [
    {
      id: 'node',
      header: t('find.node'),
      fixed: true,
      onPhone: true,
      csv: (match) => match.ruleNodeName,
      cell: (match) => <NodeName match={match} text={text} />,
    },
    {
      id: 'chain',
      header: t('find.chain'),
      onPhone: true,
      csv: (match) => match.ruleChainName,
      className: 'text-ink-2 max-w-60 truncate',
      cell: (match) => match.ruleChainName,
    },
    {
      id: 'where',
      header: t('find.where'),
      csv: (match) => match.where,
      className: 'text-ink-2 whitespace-nowrap',
      cell: (match) => t(`find.in.${match.where}`),
    },
    {
      id: 'excerpt',
      header: t('find.excerpt'),
      csv: (match) => match.excerpt,
      className: 'max-w-xl truncate font-mono text-xs text-ink-2',
      cell: (match) => (match.where === 'name' ? null : <Marked text={match.excerpt} sought={text} />),
    },
  ]
}

const NodeName = ({ match, text }: { match: RuleNodeMatch; text: string }) => {
  const manifest = findManifest(match.type)
  const Icon = iconOf(manifest?.icon ?? '')
  return (
    <span className="flex items-center gap-2.5">
      <Icon aria-hidden className="size-4 shrink-0" style={{ color: categoryColor(manifest?.category ?? 'unknown') }} />
      <span className="min-w-0">
        <Link href={pathOf(match)} className="block truncate font-medium text-ink hover:text-accent-text">
          <Marked text={match.ruleNodeName} sought={text} />
        </Link>
        <span className="block truncate text-xs text-ink-3">{manifest?.name ?? match.type}</span>
      </span>
    </span>
  )
}

const Marked = ({ text, sought }: { text: string; sought: string }) =>
  marked(text, sought).map(({ part, isMatch }, index) =>
    isMatch ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other name
      <mark key={index} className="rounded-xs bg-warn-soft text-warn-text">
        {part}
      </mark>
    ) : (
      part
    ),
  )
