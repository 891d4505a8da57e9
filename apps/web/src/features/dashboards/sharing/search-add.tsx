'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { PageLink } from '@thingwire/contracts'
import { Button, Popover, SearchInput, Skeleton } from '@thingwire/ui'
import { Check, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useDeferredValue, useState } from 'react'

export type Found = { id: string; name: string; more?: string }

const mostFound = 20

/** A button that lists what can be added, by search; several can be taken one after the other. */
export const SearchAdd = (p: {
  /** Of the button and the list. */
  label: string
  icon?: ReactNode
  search: string
  queryKey: readonly unknown[]
  find: (link: PageLink, signal: AbortSignal) => Promise<readonly Found[]>
  /** Marked, and not to be taken again. */
  taken: ReadonlySet<string>
  take: (found: Found) => void
  /** One is enough: the list closes with it. */
  closes?: boolean
}) => {
  const [isOpen, setOpen] = useState(false)
  const take = (found: Found) => {
    if (p.closes) setOpen(false)
    p.take(found)
  }
  return (
    <Popover
      label={p.label}
      align="start"
      open={isOpen}
      onOpenChange={setOpen}
      className="w-72 p-1"
      trigger={
        <Button>
          {p.icon ?? <Plus />}
          {p.label}
        </Button>
      }
    >
      <FoundList {...p} take={take} />
    </Popover>
  )
}

const FoundList = (p: Parameters<typeof SearchAdd>[0]) => {
  const t = useTranslations('dashboardSharing')
  const [text, setText] = useState('')
  const textSearch = useDeferredValue(text.trim())
  const query = useQuery({
    queryKey: [...p.queryKey, textSearch],
    queryFn: ({ signal }) => p.find({ page: 0, pageSize: mostFound, textSearch: textSearch || undefined }, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <div className="grid gap-1">
      <SearchInput
        aria-label={p.search}
        placeholder={p.search}
        value={text}
        onChange={({ target }) => setText(target.value)}
        className="mb-1"
      />
      <ul className="max-h-60 overflow-y-auto">
        {query.data?.map((found) => {
          const isTaken = p.taken.has(found.id)
          return (
            <li key={found.id}>
              <button
                type="button"
                disabled={isTaken}
                onClick={() => p.take(found)}
                className="flex min-h-8 pointer-coarse:min-h-10 w-full items-center gap-2 rounded-md px-2 py-1 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2 disabled:text-ink-3"
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate">{found.name}</span>
                  {found.more ? <span className="block truncate text-xs text-ink-3">{found.more}</span> : null}
                </span>
                {isTaken ? <Check aria-hidden className="size-4 shrink-0" /> : null}
              </button>
            </li>
          )
        })}
      </ul>
      {query.error ? (
        <p role="alert" className="px-2 py-1.5 text-xs text-danger-text">
          {query.error.message}
        </p>
      ) : query.data ? null : (
        <Skeleton className="m-2 h-4 w-32" />
      )}
      {query.data?.length === 0 ? <p className="px-2 py-1.5 text-xs text-ink-3">{t('nothingFound')}</p> : null}
    </div>
  )
}
