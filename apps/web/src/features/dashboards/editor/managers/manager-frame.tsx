'use client'
import { Badge, Button, cn, EmptyState, IconButton, SearchInput } from '@thingwire/ui'
import { ArrowLeft, Plus, SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useEditorStore } from '../store/use-editor.ts'

export type ManagerProps = { id: string | null; choose: (id: string | null) => void }

/** One of the things that a manager has. */
export type Managed = { id: string; name: string; note?: string; mark?: ReactNode; hasError?: boolean }

/** A list of named things and, beside it (on phones in its place), the one that is open. */
export const ManagerFrame = (p: {
  label: string
  items: readonly Managed[]
  id: string | null
  choose: (id: string | null) => void
  add: { label: string; onAdd: () => void }
  empty: { icon: ReactNode; title: string; text: string }
  children: ReactNode
}) => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const [search, setSearch] = useState('')
  const typed = search.trim().toLowerCase()
  const shown = p.items.filter(({ name, id }) => `${name} ${id}`.toLowerCase().includes(typed))
  const open = p.items.find(({ id }) => id === p.id)
  if (p.items.length === 0)
    return (
      <EmptyState
        icon={p.empty.icon}
        title={p.empty.title}
        className="m-auto"
        action={<AddButton {...p.add} isPrimary />}
      >
        {p.empty.text}
      </EmptyState>
    )
  return (
    <div className="flex min-h-0 flex-1">
      <nav
        aria-label={p.label}
        className={cn(
          'flex min-h-0 w-60 shrink-0 flex-col border-r max-sm:w-full max-sm:border-r-0',
          open && 'max-sm:hidden',
        )}
      >
        <div className="grid gap-2 p-3">
          <AddButton {...p.add} />
          {p.items.length > 6 ? (
            <SearchInput
              aria-label={t('search')}
              placeholder={t('search')}
              value={search}
              onChange={({ target }) => setSearch(target.value)}
            />
          ) : null}
        </div>
        <ul className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
          {shown.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                aria-current={one.id === p.id}
                onClick={() => p.choose(one.id)}
                className={cn(
                  'flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-10',
                  one.id === p.id && 'bg-accent-soft text-accent-text hover:bg-accent-soft',
                )}
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{one.name || t('untitled')}</span>
                  {one.note ? <span className="block truncate text-xs text-ink-3">{one.note}</span> : null}
                </span>
                {one.mark}
                {one.hasError ? <Badge tone="danger">!</Badge> : null}
              </button>
            </li>
          ))}
          {shown.length === 0 ? (
            <li>
              <EmptyState icon={<SearchX />} title={t('nothingFits')} />
            </li>
          ) : null}
        </ul>
      </nav>
      <section
        aria-label={open?.name || t('untitled')}
        // What is typed into one field is one step; the next field begins another.
        onBlur={() => store.endStep()}
        className={cn('min-h-0 min-w-0 flex-1 overflow-y-auto', !open && 'max-sm:hidden')}
      >
        {open ? (
          <>
            <div className="border-b px-2 py-1.5 sm:hidden">
              <Button variant="ghost" onClick={() => p.choose(null)}>
                <ArrowLeft />
                {t('all')}
              </Button>
            </div>
            <div key={open.id} className="grid grid-cols-[minmax(0,1fr)] gap-4 p-4 sm:p-5">
              {p.children}
            </div>
          </>
        ) : null}
      </section>
    </div>
  )
}

const AddButton = (p: { label: string; onAdd: () => void; isPrimary?: boolean }) => (
  <Button variant={p.isPrimary ? 'primary' : 'secondary'} onClick={p.onAdd}>
    <Plus />
    {p.label}
  </Button>
)

/** The buttons beside the name of what is open. */
export const ManagedActions = ({ children }: { children: ReactNode }) => (
  <div className="flex items-center justify-end gap-1">{children}</div>
)

export const ManagedAction = (p: { label: string; icon: ReactNode; onClick: () => void; disabled?: boolean }) => (
  <IconButton label={p.label} onClick={p.onClick} disabled={p.disabled ?? false}>
    {p.icon}
  </IconButton>
)
