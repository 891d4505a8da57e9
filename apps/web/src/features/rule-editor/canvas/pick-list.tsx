'use client'
import { cn } from '@thingwire/ui'
import { Search } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'

export type PickItem = {
  id: string
  label: string
  detail?: string | undefined
  icon?: ReactNode
  /** Stands before the first item of the same heading. */
  heading?: string | undefined
  isMarked?: boolean
  isDisabled?: boolean
}

type Props = {
  items: readonly PickItem[]
  query: string
  onQuery: (query: string) => void
  onPick: (id: string) => void
  /** Enter, where it is something else than a click. */
  onEnter?: (id: string) => void
  /** Space marks instead of typing, where the query is empty. */
  onMark?: (id: string) => void
  label: string
  placeholder: string
  nothing: string
  className?: string
}

/** A field and a list below it: what is typed narrows the list, arrows walk in it, Enter takes what is pointed at. */
export const PickList = (p: Props) => {
  const listId = useId()
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const now = Math.min(at, p.items.length - 1)
  const chosen = p.items[now]
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const scrollTo = (index: number) =>
    list.current?.querySelectorAll('[role=option]')[index]?.scrollIntoView({ block: 'nearest' })
  const go = (index: number) => {
    setAt(index)
    scrollTo(index)
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    event.stopPropagation()
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (by !== undefined) {
      event.preventDefault()
      const count = Math.max(1, p.items.length)
      go(Math.abs(by) === 1 ? (now + by + count) % count : Math.min(count - 1, Math.max(0, now + by)))
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      if (chosen && !chosen.isDisabled) (p.onEnter ?? p.onPick)(chosen.id)
    } else if (event.key === ' ' && p.onMark && p.query === '') {
      event.preventDefault()
      if (chosen) p.onMark(chosen.id)
    }
  }
  return (
    <div className={cn('flex min-h-0 flex-col', p.className)}>
      <div className="flex h-9 shrink-0 items-center gap-2 border-b px-3 pointer-coarse:h-11">
        <Search aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        <input
          role="combobox"
          aria-label={p.label}
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={chosen ? `${listId}-${chosen.id}` : undefined}
          autoComplete="off"
          ref={field}
          value={p.query}
          placeholder={p.placeholder}
          onChange={(event) => {
            setAt(0)
            p.onQuery(event.target.value)
          }}
          onKeyDown={onKeyDown}
          className="h-full min-w-0 flex-1 bg-transparent text-sm text-ink outline-none placeholder:text-ink-3"
        />
      </div>
      <div ref={list} id={listId} role="listbox" aria-label={p.label} className="min-h-0 flex-1 overflow-y-auto p-1">
        {p.items.map((item, index) => (
          <PickRow
            key={item.id}
            id={`${listId}-${item.id}`}
            item={item}
            isFirst={item.heading !== undefined && item.heading !== p.items[index - 1]?.heading}
            isChosen={index === now}
            onPoint={() => setAt(index)}
            onPick={() => p.onPick(item.id)}
            {...(p.onMark && { onMark: () => p.onMark?.(item.id) })}
          />
        ))}
        {p.items.length === 0 ? <p className="px-2 py-6 text-center text-sm text-ink-3">{p.nothing}</p> : null}
      </div>
    </div>
  )
}

type RowProps = {
  id: string
  item: PickItem
  isFirst: boolean
  isChosen: boolean
  onPoint: () => void
  onPick: () => void
  onMark?: () => void
}

const PickRow = ({ id, item, isFirst, isChosen, onPoint, onPick, onMark }: RowProps) => (
  <>
    {isFirst ? (
      <p role="presentation" className="px-2 pt-2 pb-1 text-2xs font-medium text-ink-3">
        {item.heading}
      </p>
    ) : null}
    {/* The field keeps the focus and has the keys. */}
    {/* biome-ignore lint/a11y/useFocusableInteractive: as said */}
    {/* biome-ignore lint/a11y/useKeyWithClickEvents: as said */}
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      aria-disabled={item.isDisabled}
      onPointerMove={onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={(event) => {
        if (item.isDisabled) return
        if (onMark && (event.ctrlKey || event.metaKey || event.shiftKey)) onMark()
        else onPick()
      }}
      className={cn(
        'flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2 py-1 text-sm text-ink pointer-coarse:min-h-10',
        isChosen && 'bg-hover',
        item.isDisabled && 'opacity-50',
      )}
    >
      {item.icon}
      <span className="min-w-0 truncate">{item.label}</span>
      {item.detail ? (
        <span className="ml-auto max-w-[55%] shrink-0 truncate pl-3 text-xs text-ink-3">{item.detail}</span>
      ) : null}
    </div>
  </>
)
