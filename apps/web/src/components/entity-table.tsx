'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { PageLink } from '@thingwire/contracts'
import { Button, type Column, DataTable, TableMessage } from '@thingwire/ui'
import { SearchX } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import type { Page as PageOf } from '@/api/entities.ts'
import type { messages } from '@/i18n/messages.ts'
import { LoadError } from '@/shell/page.tsx'
import { BulkDelete } from './bulk-run.tsx'
import { useTableTexts } from './table-texts.ts'
import { useTableUrl } from './table-url.ts'

const exportPageSize = 1_000

type Load<T> = (link: PageLink, signal?: AbortSignal) => Promise<PageOf<T>>

/** A page of entities as the URL asks for it. `queryKey` names the list with its filters; the page is added to it. */
export const useEntityList = <T,>(p: {
  queryKey: readonly unknown[]
  defaultSort: string
  load: Load<T>
  refreshMs?: number
}) => {
  const table = useTableUrl(p.defaultSort)
  const queryKey = [...p.queryKey, table.link]
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => p.load(table.link, signal),
    placeholderData: keepPreviousData,
    ...(p.refreshMs ? { refetchInterval: p.refreshMs } : {}),
  })
  return { table, queryKey, query, rows: query.data?.data, loadAll: () => allPages(p.load, table.link) }
}

/** Everything that fits the present search, for export. */
const allPages = async <T,>(load: Load<T>, link: PageLink): Promise<T[]> => {
  const rows: T[] = []
  for (let page = 0; ; page += 1) {
    const answer = await load({ ...link, page, pageSize: exportPageSize })
    rows.push(...answer.data)
    if (!answer.hasNext) return rows
  }
}

export type EntityWords = { title: string; search: string; none: string; noneText: string; noneFound: string }

/** The kinds of entities that have all of these words in a namespace of their own. */
type Kind = {
  [Name in keyof typeof messages]: (typeof messages)[Name] extends EntityWords ? Name : never
}[keyof typeof messages]

export const useEntityWords = (kind: Kind): EntityWords => {
  const t = useTranslations(kind)
  return {
    title: t('title'),
    search: t('search'),
    none: t('none'),
    noneText: t('noneText'),
    noneFound: t('noneFound'),
  }
}

/** The list of one kind of entity: its table with search, order, pages and export, and what stands where it is empty. */
export const EntityTable = <T,>(p: {
  /** Of the remembered columns. */
  name: string
  list: ReturnType<typeof useEntityList<T>>
  words: EntityWords
  icon: ReactNode
  columns: readonly Column<T>[]
  rowId: (row: T) => string
  /** A page to open, or what to do instead. */
  open: ((row: T) => string) | ((row: T) => void)
  /** The next step where there is nothing yet. */
  action?: ReactNode
  toolbar?: ReactNode
  rowActions?: ((row: T) => ReactNode) | undefined
  rowClass?: (row: T) => string | undefined
  /** Rows as cards instead. */
  card?: ((row: T) => ReactNode) | undefined
  /** Filters beside the search are set. */
  isNarrowed?: boolean
  onClearFilters?: () => void
  /** Ticked rows can be deleted together; undefined where the person may not. */
  bulk?:
    | {
        nameOf: (row: T) => string
        remove: (id: string) => Promise<unknown>
        queryKey: readonly string[]
        /** What else can be done with the ticked rows. */
        more?: (rows: readonly T[]) => ReactNode
      }
    | undefined
}) => {
  const t = useTranslations('table')
  const router = useRouter()
  const texts = useTableTexts(p.words.search)
  const { table, query, rows } = p.list
  const selection = useBulkSelection(rows, p.rowId, p.bulk)
  const onOpen = (row: T) => {
    const href = p.open(row)
    if (typeof href === 'string') router.push(href)
  }
  const clear = () => {
    table.onStateChange({ search: '', page: 0 })
    p.onClearFilters?.()
  }
  return (
    <DataTable
      name={p.name}
      label={p.words.title}
      columns={p.columns}
      rows={rows}
      total={query.data?.totalElements ?? 0}
      isRefreshing={query.isPlaceholderData}
      state={table.state}
      onStateChange={table.onStateChange}
      rowId={p.rowId}
      onOpen={onOpen}
      texts={texts}
      loadAll={p.list.loadAll}
      toolbar={p.toolbar}
      selection={selection}
      {...(p.rowActions ? { rowActions: p.rowActions } : {})}
      rowClass={p.rowClass}
      card={p.card}
      {...(query.error && !query.data
        ? { error: <LoadError error={query.error} retry={() => void query.refetch()} /> }
        : {})}
      empty={
        table.state.search || p.isNarrowed ? (
          <TableMessage
            icon={<SearchX />}
            title={p.words.noneFound}
            text={t('noneFoundText')}
            action={<Button onClick={clear}>{t('clear')}</Button>}
          />
        ) : (
          <TableMessage icon={p.icon} title={p.words.none} text={p.words.noneText} action={p.action} />
        )
      }
    />
  )
}

/** Ticks belong to the rows that are shown: what is not there any more is not deleted by a later click. */
const useBulkSelection = <T,>(
  rows: readonly T[] | undefined,
  rowId: (row: T) => string,
  bulk: Parameters<typeof EntityTable<T>>[0]['bulk'],
) => {
  const t = useTranslations('table')
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  if (!bulk) return undefined
  const chosen = (rows ?? []).filter((row) => ticked.has(rowId(row)))
  return {
    ids: new Set(chosen.map(rowId)),
    onChange: setTicked,
    label: (row: T) => t('select', { name: bulk.nameOf(row) }),
    actions: (
      <>
        {bulk.more?.(chosen)}
        <BulkDelete
          rows={chosen.map((row) => ({ id: rowId(row), name: bulk.nameOf(row) }))}
          remove={bulk.remove}
          queryKey={bulk.queryKey}
          onDeleted={(ids) => setTicked((known) => new Set([...known].filter((id) => !ids.includes(id))))}
        />
      </>
    ),
  }
}
