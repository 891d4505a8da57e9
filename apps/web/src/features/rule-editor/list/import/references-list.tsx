'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button, Popover, SearchInput, Skeleton } from '@thingwire/ui'
import { CircleCheck, CircleDashed, Link2Off, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { type MappableType, searchNamed } from '@/api/rule-chain-list.ts'
import { type Entry, type ReferenceState, stateOf, type Tie } from './plan.ts'
import type { Reference } from './references.ts'
import { type Import, isMappable, type Preview } from './use-import.ts'

/** Things that nodes name by an id of where they come from, and what stands in for them here. */
export const References = ({ entry, preview, work }: { entry: Entry; preview: Preview; work: Import }) => {
  const t = useTranslations('chainList')
  const { here, ties, entries } = preview
  const states = entry.report.references.map((reference) => ({
    reference,
    state: stateOf(reference, { here, ties, entries, isMappable }),
  }))
  const missing = states.filter(({ state }) => state.is === 'missing').length
  return (
    <div>
      <h3 className="mb-1 text-xs font-medium text-ink-2">
        {missing > 0 ? t('import.missingTitle', { count: missing }) : t('import.referencesTitle')}
      </h3>
      <ul className="divide-y border-y">
        {states.map(({ reference, state }) => (
          <ReferenceRow key={reference.id} entry={entry} reference={reference} state={state} work={work} />
        ))}
      </ul>
    </div>
  )
}

const icons: Record<ReferenceState['is'], typeof Link2Off> = {
  here: CircleCheck,
  inFile: CircleCheck,
  tied: CircleCheck,
  missing: Link2Off,
  unchecked: CircleDashed,
}

const ReferenceRow = (p: { entry: Entry; reference: Reference; state: ReferenceState; work: Import }) => {
  const t = useTranslations('chainList')
  const { entityType, id, nodes } = p.reference
  const { state } = p
  const Icon = icons[state.is]
  const isMissing = state.is === 'missing'
  const names = [...new Set(nodes.map((index) => p.entry.report.file?.metadata.nodes[index]?.name ?? ''))]
  const kind = isMappable(entityType) ? t(`import.kind.${entityType}`) : entityType.toLowerCase().replaceAll('_', ' ')
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2 text-sm">
      <Icon aria-hidden className={`size-4 shrink-0 ${isMissing ? 'text-warn' : 'text-ink-3'}`} />
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate">
          {state.is === 'here' || state.is === 'inFile'
            ? t(`import.state.${state.is}`, { kind, name: state.name })
            : state.is === 'tied'
              ? t('import.state.tied', { kind, name: state.to.name })
              : t(`import.state.${state.is}`, { kind })}
        </p>
        <p className="truncate text-xs text-ink-3" title={id}>
          {t('import.namedBy', { names: names.slice(0, 3).join(', '), more: Math.max(0, names.length - 3) })}
        </p>
      </div>
      {isMappable(entityType) && (isMissing || state.is === 'tied') ? (
        <TiePicker
          type={entityType}
          kind={kind}
          tie={state.is === 'tied' ? state.to : null}
          onChange={(to) => p.work.tie(id, to)}
        />
      ) : null}
    </li>
  )
}

const TiePicker = (p: { type: MappableType; kind: string; tie: Tie | null; onChange: (tie: Tie | null) => void }) => {
  const t = useTranslations('chainList')
  const [open, setOpen] = useState(false)
  return (
    <div className="flex items-center gap-1">
      <Popover
        label={t('import.pick', { kind: p.kind })}
        open={open}
        onOpenChange={setOpen}
        className="w-72 p-1"
        trigger={
          <Button size="sm" className="max-w-56">
            <span className="truncate">{p.tie?.name ?? t('import.pick', { kind: p.kind })}</span>
          </Button>
        }
      >
        <Candidates
          type={p.type}
          onChoose={(tie) => {
            p.onChange(tie)
            setOpen(false)
          }}
        />
      </Popover>
      {p.tie ? (
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={t('import.untie', { name: p.tie.name })}
          title={t('import.untie', { name: p.tie.name })}
          onClick={() => p.onChange(null)}
        >
          <X />
        </Button>
      ) : null}
    </div>
  )
}

const Candidates = ({ type, onChoose }: { type: MappableType; onChoose: (tie: Tie) => void }) => {
  const t = useTranslations('chainList')
  const [search, setSearch] = useState('')
  const text = useDeferredValue(search.trim())
  const query = useQuery({
    queryKey: ['named', type, text],
    queryFn: ({ signal }) => searchNamed(type, text, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <div className="grid gap-1">
      <SearchInput
        aria-label={t('import.searchNamed')}
        placeholder={t('import.searchNamed')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className="max-h-60 overflow-y-auto">
        {query.data?.map((one) => (
          <button
            key={one.id}
            type="button"
            onClick={() => onChoose(one)}
            className="flex h-8 w-full items-center rounded-md px-2 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-10"
          >
            <span className="truncate">{one.name}</span>
          </button>
        ))}
        {query.error ? (
          <p role="alert" className="px-2 py-1.5 text-xs text-danger-text">
            {query.error.message}
          </p>
        ) : query.data ? null : (
          <Skeleton className="m-2 h-4 w-32" />
        )}
        {query.data?.length === 0 ? <p className="px-2 py-1.5 text-xs text-ink-3">{t('import.noneFound')}</p> : null}
      </div>
    </div>
  )
}
