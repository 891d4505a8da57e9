'use client'
import { IconButton, Input } from '@thingwire/ui'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useWords } from '../../texts/use-texts.ts'
import { mapWords } from './words.ts'

const mostListed = 100

/** Places by name, for those who do not see or point at a map, and to find one among many. */
export const PlaceList = <P extends { id: string }>(p: {
  title: string
  places: readonly P[]
  labelOf: (place: P) => string
  /** Said where there is none. */
  nothing: string
  chosen: string | null
  onChoose: (place: P) => void
  onClose: () => void
}) => {
  const words = useWords('map', mapWords)
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = wanted === '' ? p.places : p.places.filter((one) => p.labelOf(one).toLowerCase().includes(wanted))
  const listed = found.slice(0, mostListed)
  return (
    <section
      aria-label={p.title}
      className="absolute inset-y-0 right-0 z-20 flex w-60 max-w-full flex-col border-l border-border bg-surface"
      onKeyDown={(event) => event.key === 'Escape' && p.onClose()}
    >
      <p className="px-3 pt-2 text-xs font-medium text-ink-2">{p.title}</p>
      <div className="flex items-center gap-1 border-b border-border p-2">
        <Input
          autoFocus
          type="search"
          aria-label={words('search')}
          placeholder={words('search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <IconButton label={words('close')} size="icon-sm" onClick={p.onClose}>
          <X />
        </IconButton>
      </div>
      {listed.length === 0 ? (
        <p className="p-3 text-xs text-ink-3">{p.places.length === 0 ? p.nothing : words('noMatch')}</p>
      ) : (
        <ul className="min-h-0 flex-1 overflow-auto py-1">
          {listed.map((place) => (
            <li key={place.id}>
              <button
                type="button"
                aria-pressed={place.id === p.chosen}
                className="w-full truncate px-3 py-1.5 text-left text-sm text-ink hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent-text"
                onClick={() => p.onChoose(place)}
              >
                {p.labelOf(place)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {found.length > mostListed ? (
        <p className="border-t border-border px-3 py-2 text-xs text-ink-3">
          {words('more', { count: found.length - mostListed })}
        </p>
      ) : null}
    </section>
  )
}
