'use client'
import { useQuery } from '@tanstack/react-query'
import type { EntityType } from '@thingwire/contracts'
import { cn, Field, IconButton, Input } from '@thingwire/ui'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type ReactNode, useDeferredValue, useId, useState } from 'react'
import { type FoundEntity, findEntities, findEntity } from '../../../../api/choices.ts'

type Props = {
  label: string
  hint?: string
  error?: string | undefined
  entityType: EntityType
  id: string | null
  onChange: (id: string | null) => void
  onDone: () => void
  aside?: ReactNode
}

/** An entity by its name. Typing searches; what is stored stays until another is chosen. */
export const EntityPicker = ({ label, hint, error, entityType, id, onChange, onDone, aside }: Props) => {
  const t = useTranslations('chainPanels.pick')
  const listId = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const search = useDeferredValue(typed ?? '')
  const isOpen = typed !== null
  const current = useQuery({
    queryKey: ['entity-name', entityType, id],
    enabled: id !== null,
    queryFn: ({ signal }) => findEntity(entityType, id ?? '', signal),
    retry: false,
  })
  const found = useQuery({
    queryKey: ['entities-named', entityType, search],
    enabled: isOpen,
    queryFn: ({ signal }) => findEntities(entityType, search, signal),
    placeholderData: (before) => before,
    retry: false,
  })
  const options = found.data ?? []
  const pick = (one: FoundEntity | undefined) => {
    setTyped(null)
    if (one) onChange(one.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!isOpen) return setTyped('')
      const step = event.key === 'ArrowDown' ? 1 : -1
      return setAt((now) => (options.length === 0 ? 0 : (now + step + options.length) % options.length))
    }
    if (event.key === 'Enter' && isOpen) {
      event.preventDefault()
      pick(options[at])
    }
    if (event.key === 'Escape' && isOpen) {
      event.preventDefault()
      event.stopPropagation()
      setTyped(null)
    }
  }
  const isLost = id !== null && current.isFetched && !current.data
  const shown = id === null ? '' : (current.data?.name ?? (current.isPending ? '' : id))
  return (
    <Field label={label} hint={hint} error={error ?? (isLost ? t('lost') : undefined)} aside={aside}>
      <div className="relative">
        <Input
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={isOpen && options[at] ? `${listId}-${at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={t('search')}
          value={typed ?? shown}
          className={cn(id !== null && 'pr-8')}
          onFocus={(event) => event.target.select()}
          onClick={() => setTyped((now) => now ?? '')}
          onBlur={() => {
            setTyped(null)
            onDone()
          }}
          onChange={({ target }) => {
            setAt(0)
            setTyped(target.value)
          }}
          onKeyDown={onKeyDown}
        />
        {id !== null ? (
          <IconButton
            label={t('clear', { what: label })}
            size="icon-sm"
            className="absolute top-0.5 right-0.5"
            onClick={() => onChange(null)}
          >
            <X />
          </IconButton>
        ) : null}
        {isOpen ? (
          <div
            id={listId}
            role="listbox"
            aria-label={label}
            className="absolute inset-x-0 top-full z-30 mt-1 max-h-60 animate-pop-in overflow-y-auto rounded-lg bg-raised p-1 shadow-pop"
          >
            {options.map((one, index) => (
              // Keys are those of the input, which keeps the focus.
              // biome-ignore lint/a11y/useKeyWithClickEvents: as said
              // biome-ignore lint/a11y/useFocusableInteractive: as said
              <div
                key={one.id}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={one.id === id}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => pick(one)}
                className={cn(
                  'cursor-default truncate rounded-md px-2 py-1.5 text-sm hover:bg-hover',
                  index === at && 'bg-hover',
                  one.id === id && 'font-medium',
                )}
              >
                {one.name}
              </div>
            ))}
            {options.length === 0 ? (
              <p className="px-2 py-1.5 text-sm text-ink-3">{t(found.isFetching ? 'searching' : 'nothing')}</p>
            ) : null}
          </div>
        ) : null}
      </div>
    </Field>
  )
}
