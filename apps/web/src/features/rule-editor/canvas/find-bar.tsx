'use client'
import { cn, IconButton } from '@thingwire/ui'
import { ChevronDown, ChevronUp, Search, StickyNote, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { createFinder, type Found } from '../model/find.ts'
import { useDocument } from '../store/use-editor.ts'
import { useCanvas } from './canvas-context.ts'
import { NodeGlyph } from './node-glyph.tsx'
import { lookOf } from './node-look.ts'

/** Search within the chain, over its upper right corner: Enter goes to the next place. */
export const FindBar = () => {
  const { find } = useCanvas()
  const isOpen = useSyncExternalStore(find.subscribe, find.get, find.get)
  return isOpen ? <OpenBar /> : null
}

const OpenBar = () => {
  const t = useTranslations('chainCanvas.find')
  const { find, show, refocus } = useCanvas()
  const document = useDocument()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState<number | null>(null)
  const [search] = useState(() => createFinder((className) => lookOf(className).typeName))
  const found = useMemo(() => search(document, query), [search, document, query])
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const now = at === null ? null : Math.min(at, found.length - 1)
  const go = (index: number) => {
    const one = found[(index + found.length) % found.length]
    if (!one) return
    setAt((index + found.length) % found.length)
    show(one.id)
  }
  const close = () => {
    find.set(false)
    refocus()
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f') event.preventDefault()
    if (event.key === 'Escape') close()
    else if (event.key === 'Enter' || event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const isBack = event.key === 'ArrowUp' || (event.key === 'Enter' && event.shiftKey)
      go(now === null ? (isBack ? -1 : 0) : now + (isBack ? -1 : 1))
    } else return
    event.stopPropagation()
  }
  return (
    <search
      aria-label={t('title')}
      className="absolute top-3 right-3 z-10 w-80 max-w-[calc(100%-5rem)] animate-fade-in rounded-lg bg-raised shadow-pop"
    >
      <div className="flex h-10 items-center gap-1.5 pr-1.5 pl-3 pointer-coarse:h-11 pointer-coarse:gap-0">
        <Search aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        <input
          ref={field}
          aria-label={t('title')}
          placeholder={t('search')}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(null)
          }}
          onKeyDown={onKeyDown}
          className="min-w-0 flex-1 self-stretch bg-transparent px-1.5 text-sm text-ink outline-none placeholder:text-ink-3"
        />
        <span aria-live="polite" className="shrink-0 text-2xs text-ink-3 tabular-nums">
          {query.trim() === ''
            ? null
            : found.length === 0
              ? t('nothing')
              : t('count', { at: now === null ? 0 : now + 1, all: found.length })}
        </span>
        <IconButton
          label={t('previous')}
          size="icon-sm"
          className="size-6 pointer-coarse:size-10 pointer-coarse:before:inset-0"
          disabled={found.length === 0}
          onClick={() => go((now ?? 0) - 1)}
        >
          <ChevronUp />
        </IconButton>
        <IconButton
          label={t('next')}
          size="icon-sm"
          className="size-6 pointer-coarse:size-10 pointer-coarse:before:inset-0"
          disabled={found.length === 0}
          onClick={() => go(now === null ? 0 : now + 1)}
        >
          <ChevronDown />
        </IconButton>
        <IconButton
          label={t('close')}
          size="icon-sm"
          className="size-6 pointer-coarse:size-10 pointer-coarse:before:inset-0"
          onClick={close}
        >
          <X />
        </IconButton>
      </div>
      {found.length > 0 ? <Places found={found} now={now} onGo={go} /> : null}
    </search>
  )
}

const mostShown = 50

const Places = ({ found, now, onGo }: { found: readonly Found[]; now: number | null; onGo: (at: number) => void }) => {
  const { nodes } = useDocument()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    if (now !== null) list.current?.children[now]?.scrollIntoView({ block: 'nearest' })
  }, [now])
  return (
    <ul ref={list} className="max-h-64 overflow-y-auto border-t p-1">
      {found.slice(0, mostShown).map((one, index) => {
        const node = nodes[one.id]
        return (
          <li key={one.id}>
            <button
              type="button"
              tabIndex={-1}
              onClick={() => onGo(index)}
              className={cn(
                'flex w-full items-center gap-2 rounded-md px-2 py-1 text-left hover:bg-hover pointer-coarse:min-h-10',
                index === now && 'bg-hover',
              )}
            >
              {node ? <NodeGlyph look={lookOf(node.className)} /> : <StickyNote className="size-4 text-ink-3" />}
              <span className="min-w-0 flex-1">
                {node ? <span className="block truncate text-sm text-ink">{node.name}</span> : null}
                {one.where === 'name' ? null : <Excerpt of={one} />}
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

const Excerpt = ({ of: { excerpt, at, length } }: { of: Found }) => (
  <span className="block truncate text-2xs text-ink-3">
    {excerpt.slice(0, at)}
    <mark className="bg-accent-soft text-accent-text">{excerpt.slice(at, at + length)}</mark>
    {excerpt.slice(at + length)}
  </span>
)
