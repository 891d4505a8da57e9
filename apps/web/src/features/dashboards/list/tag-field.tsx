'use client'
import { cn, IconButton } from '@thingwire/ui'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'

const longest = 64
const most = 50

/** Tags as chips: Enter or a comma ends one, Backspace takes the last back. `known`: offered while typing. */
export const TagField = (p: {
  label: string
  tags: readonly string[]
  known: readonly string[]
  onChange: (tags: readonly string[]) => void
}) => {
  const t = useTranslations('dashboardList')
  const id = useId()
  const [text, setText] = useState('')
  const problem = /[<>]/.test(text) ? t('tagMarkup') : p.tags.length >= most ? t('tagsFull', { count: most }) : null
  const add = (given: string) => {
    const tag = given.trim().slice(0, longest)
    if (tag === '' || problem !== null) return
    p.onChange([...new Set([...p.tags, tag])])
    setText('')
  }
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-xs font-medium text-ink-2">
        {p.label}
      </label>
      <div
        className={cn(
          'flex flex-wrap items-center gap-1 rounded-md border border-line-strong bg-surface p-1 shadow-card focus-within:border-accent focus-within:outline-2 focus-within:outline-accent/30',
          problem && 'border-danger',
        )}
      >
        {p.tags.map((tag) => (
          <span key={tag} className="inline-flex h-6 max-w-full items-center rounded-full bg-hover pl-2.5 text-xs">
            <span className="truncate">{tag}</span>
            <IconButton
              size="icon-sm"
              label={t('removeTag', { tag })}
              className="size-6 rounded-full [&_svg]:size-3"
              onClick={() => p.onChange(p.tags.filter((one) => one !== tag))}
            >
              <X />
            </IconButton>
          </span>
        ))}
        <input
          id={id}
          value={text}
          list={`${id}-known`}
          maxLength={longest}
          autoComplete="off"
          aria-invalid={problem !== null || undefined}
          aria-describedby={`${id}-note`}
          className="h-6 min-w-24 flex-1 bg-transparent px-1.5 text-sm outline-none"
          onChange={({ target }) => {
            // What is chosen of the list comes whole; a comma ends what is typed.
            const isChosen = p.known.includes(target.value) && target.value.length > text.length + 1
            if (isChosen || target.value.endsWith(',')) add(target.value.replace(/,$/, ''))
            else setText(target.value)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && text.trim() !== '') {
              event.preventDefault()
              add(text)
            }
            if (event.key === 'Backspace' && text === '') p.onChange(p.tags.slice(0, -1))
          }}
          onBlur={() => add(text)}
        />
        <datalist id={`${id}-known`}>
          {p.known
            .filter((tag) => !p.tags.includes(tag))
            .map((tag) => (
              <option key={tag} value={tag} />
            ))}
        </datalist>
      </div>
      <p
        id={`${id}-note`}
        role={problem ? 'alert' : undefined}
        className={cn('text-xs', problem ? 'text-danger-text' : 'text-ink-3')}
      >
        {problem ?? t('tagHint')}
      </p>
    </div>
  )
}
