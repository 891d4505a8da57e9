'use client'
import type { PageLink, RuleChainSummary } from '@thingwire/contracts'
import { Badge, type Column } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { summariesOfChains } from '@/api/rule-chain-list.ts'
import { listRuleChains, type RuleChainView } from '@/api/rule-chains.ts'
import { Timestamp } from '@/components/age.tsx'
import { nameColumn, useCreatedColumn } from '@/components/entity-columns.tsx'
import { descriptionOf } from './rename-chain-dialog.tsx'

/** A chain as the list has it. Null: what there is to tell beside its name could not be read. */
export type ListedChain = RuleChainView & { summary: RuleChainSummary | null }

export const pathOfChain = (chain: RuleChainView) => `/rule-chains/${chain.id.id}`

/** The code of the editor. Who opens it asks again, and says what went wrong. */
const loadEditor = async () => (await import('../editor-layout.tsx')).loadCanvas()

/** A page of chains. It is shown without summaries rather than not at all. */
export const loadChains = async (link: PageLink, signal?: AbortSignal) => {
  const page = await listRuleChains(link, signal)
  const ids = page.data.map(({ id }) => id.id)
  const summaries = ids.length > 0 ? await summariesOfChains(ids, signal).catch(() => []) : []
  const byId = new Map(summaries.map((summary) => [summary.ruleChainId, summary]))
  return { ...page, data: page.data.map((chain) => ({ ...chain, summary: byId.get(chain.id.id) ?? null })) }
}

/** When a chain last changed for the messages in it, and by whom. */
const changeOf = ({ summary, createdTime }: ListedChain) => summary?.published ?? { time: createdTime, user: null }

export const useChainColumns = (): Column<ListedChain>[] => {
  const t = useTranslations('chainList')
  return [
    nameColumn<ListedChain>({
      id: 'name',
      header: t('name'),
      text: (chain) => chain.name,
      href: pathOfChain,
      ahead: () => void loadEditor().catch(() => {}),
      after: (chain) => <Marks chain={chain} />,
    }),
    {
      id: 'description',
      header: t('description'),
      csv: descriptionOf,
      className: 'text-ink-2 max-w-72 truncate',
      cell: descriptionOf,
    },
    {
      id: 'nodes',
      header: t('nodes'),
      align: 'right',
      csv: (chain) => chain.summary?.nodes,
      cell: (chain) => chain.summary?.nodes ?? '—',
    },
    {
      id: 'uses',
      header: t('uses'),
      align: 'right',
      csv: (chain) => chain.summary?.uses,
      cell: (chain) => chain.summary?.uses || <span className="text-ink-3">—</span>,
    },
    {
      id: 'changed',
      header: t('changed'),
      csv: (chain) => new Date(changeOf(chain).time).toISOString(),
      className: 'text-ink-2 whitespace-nowrap tabular-nums',
      cell: (chain) => <Timestamp ts={changeOf(chain).time} />,
    },
    {
      id: 'changedBy',
      header: t('changedBy'),
      csv: (chain) => changeOf(chain).user?.name ?? '',
      className: 'text-ink-2 max-w-48 truncate',
      cell: (chain) => changeOf(chain).user?.name ?? <span className="text-ink-3">—</span>,
    },
    { ...useCreatedColumn<ListedChain>(), initiallyHidden: true },
  ]
}

const Marks = ({ chain }: { chain: ListedChain }) => {
  const t = useTranslations('chainList')
  const draft = chain.summary?.draft
  return (
    <>
      {chain.root ? <Badge tone="accent">{t('rootBadge')}</Badge> : null}
      {draft ? (
        <Badge tone="warn" title={draft.user ? t('draftBy', { name: draft.user.name }) : t('draftText')}>
          {t('draftBadge')}
        </Badge>
      ) : null}
    </>
  )
}
