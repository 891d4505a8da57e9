'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Badge, Button, cn, EmptyState, Select, Skeleton, toast } from '@thingwire/ui'
import { History, RotateCcw } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { parseAsInteger, useQueryState } from 'nuqs'
import { useMemo } from 'react'
import { getRuleChainVersion, listRuleChainVersions, type RuleChainVersionView } from '@/api/rule-chains.ts'
import type { PanelProps } from '../bottom-panel.tsx'
import { type ChainDocument, toDocument } from '../model/document.ts'
import { reuse } from '../model/same.ts'
import { useDocument, useEditor, useEditorStore } from '../store/use-editor.ts'
import { DifferenceView } from './difference-view.tsx'

const pageSize = 50
/** The draft in the place of a version. */
const draft = -1

/** All published states of the chain: who made each and when, how any two differ, and the way back to one. */
export const VersionsPanel = ({ chain }: PanelProps) => {
  const t = useTranslations('chainVersions')
  const id = chain.id.id
  const current = useEditor(({ version }) => version)
  const versions = useInfiniteQuery({
    queryKey: ['rule-chain', id, 'versions', current],
    queryFn: ({ pageParam, signal }) =>
      listRuleChainVersions(id, { page: pageParam, pageSize, sortProperty: 'version', sortOrder: 'DESC' }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.hasNext ? pages.length : undefined),
  })
  const [chosen, choose] = useQueryState('version', parseAsInteger.withOptions({ history: 'replace' }))
  const [other, setOther] = useQueryState('with', parseAsInteger.withOptions({ history: 'replace' }))
  const list = versions.data?.pages.flatMap(({ data }) => data)
  if (!list)
    return versions.error ? (
      <EmptyState icon={<History />} title={t('versionsFailed')}>
        {versions.error.message}
      </EmptyState>
    ) : (
      <div className="grid gap-2 p-4">
        <Skeleton className="h-10" />
        <Skeleton className="h-10" />
      </div>
    )
  if (list.length === 0)
    return (
      <EmptyState icon={<History />} title={t('noVersions')}>
        {t('noVersionsText')}
      </EmptyState>
    )
  const selected = list.find(({ version }) => version === chosen) ?? list[0]
  return (
    <div className="h-full min-h-0 max-md:overflow-y-auto md:grid md:grid-cols-[22rem_minmax(0,1fr)]">
      <div className="overflow-y-auto max-md:max-h-44 max-md:border-b md:border-r">
        <ul aria-label={t('versions')}>
          {list.map((one) => (
            <VersionRow
              key={one.version}
              version={one}
              isCurrent={one === list[0]}
              isChosen={one === selected}
              onChoose={() => void choose(one.version)}
            />
          ))}
        </ul>
        {versions.hasNextPage ? (
          <Button variant="ghost" size="sm" className="m-2" onClick={() => void versions.fetchNextPage()}>
            {t('older')}
          </Button>
        ) : null}
      </div>
      {selected ? (
        <Comparison
          key={selected.version}
          ruleChainId={id}
          selected={selected}
          list={list}
          other={other ?? undefined}
          setOther={(version) => void setOther(version)}
        />
      ) : null}
    </div>
  )
}

const VersionRow = (p: {
  version: RuleChainVersionView
  isCurrent: boolean
  isChosen: boolean
  onChoose: () => void
}) => {
  const t = useTranslations('chainVersions')
  const format = useFormatter()
  const { version, createdTime, user, note, nodes, connections } = p.version
  return (
    <li>
      <button
        type="button"
        aria-pressed={p.isChosen}
        onClick={p.onChoose}
        className={cn(
          'grid w-full grid-cols-[minmax(0,1fr)] gap-0.5 border-b px-4 py-2 text-left hover:bg-hover',
          p.isChosen && 'bg-hover',
        )}
      >
        <span className="flex items-center gap-2 text-sm font-medium whitespace-nowrap tabular-nums">
          {t('versionNumber', { version })}
          {p.isCurrent ? <Badge tone="ok">{t('live')}</Badge> : null}
          <span className="ml-auto text-xs font-normal text-ink-3">
            {format.dateTime(createdTime, { dateStyle: 'medium', timeStyle: 'short' })}
          </span>
        </span>
        {note ? <span className="truncate text-sm text-ink-2">{note}</span> : null}
        <span className="flex gap-2 text-xs text-ink-3 tabular-nums">
          <span className="min-w-0 truncate">{user?.name ?? t('platform')}</span>
          <span className="ml-auto whitespace-nowrap">{t('counts', { nodes, connections })}</span>
        </span>
      </button>
    </li>
  )
}

const newId = () => crypto.randomUUID()

const useVersionDocument = (ruleChainId: string, version: number): ChainDocument | undefined => {
  const open = useDocument()
  const published = useEditor((state) => state.published)
  const stored = useQuery({
    queryKey: ['rule-chain', ruleChainId, 'version', version],
    queryFn: ({ signal }) => getRuleChainVersion(ruleChainId, version, signal),
    staleTime: Infinity,
    enabled: version !== draft,
  })
  const document = stored.data?.document
  return useMemo(
    () => (version === draft ? open : document && reuse(toDocument(document, newId), published)),
    [version, open, document, published],
  )
}

const Comparison = (p: {
  ruleChainId: string
  selected: RuleChainVersionView
  list: readonly RuleChainVersionView[]
  other: number | undefined
  setOther: (version: number) => void
}) => {
  const t = useTranslations('chainVersions')
  const store = useEditorStore()
  const { version } = p.selected
  const place = p.list.indexOf(p.selected)
  // Without a choice: what this version changed.
  const before = p.list[place + 1]?.version
  const other = p.other !== undefined && p.other !== version ? p.other : (before ?? draft)
  const [mine, theirs] = [useVersionDocument(p.ruleChainId, version), useVersionDocument(p.ruleChainId, other)]
  const isLater = other === draft || other > version
  const restore = () => {
    if (!mine) return
    store.edit('restore', () => mine)
    toast.undoable(t('restored', { version }), t('undo'), store.undo)
  }
  return (
    <div className="p-4 md:overflow-y-auto">
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <label htmlFor="compare-with" className="flex items-center gap-2 text-sm text-ink-2">
          {t('compareWith', { version })}
          <Select
            id="compare-with"
            className="w-40"
            value={String(other)}
            onChange={(event) => p.setOther(Number(event.target.value))}
          >
            <option value={String(draft)}>{t('theDraft')}</option>
            {p.list.map((one) =>
              one.version === version ? null : (
                <option key={one.version} value={String(one.version)}>
                  {t('versionNumber', { version: one.version })}
                </option>
              ),
            )}
          </Select>
        </label>
        <Button size="sm" className="ml-auto" disabled={!mine} onClick={restore}>
          <RotateCcw />
          {t('restore')}
        </Button>
      </div>
      {mine && theirs ? (
        <DifferenceView before={isLater ? mine : theirs} after={isLater ? theirs : mine} />
      ) : (
        <Skeleton className="h-24" />
      )}
    </div>
  )
}
