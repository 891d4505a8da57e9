'use client'
import { cn, Input } from '@thingwire/ui'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'

export type ComboOption = {
  id: string
  /** What it is found and read by. */
  text: string
  /** Above the first of a kind. */
  group?: string
  /** How it stands in the list, where that is more than its text. */
  shown?: ReactNode
}

type Props = {
  label: string
  placeholder?: string
  /** What is typed. */
  value: string
  options: readonly ComboOption[]
  onType: (text: string) => void
  onPick: (option: ComboOption) => void
  /** Enter where no option is pointed at. */
  onEnter?: () => void
  onBlur?: () => void
  /** Where the label stands above, as that of a field. */
  isLabelled?: boolean
  isWide?: boolean
  className?: string
}

/** A text with a list of what it can be below it. Arrows and Enter choose, Escape puts the list away. */
export const ComboBox = (p: Props) => {
  const listId = useId()
  const [isOpen, setOpen] = useState(false)
  const [at, setAt] = useState(-1)
  const { options } = p
  const current = at < options.length ? at : -1
  const pick = (option: ComboOption) => {
    setOpen(false)
    setAt(-1)
    p.onPick(option)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!isOpen) return setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      return setAt(options.length === 0 ? -1 : (current + step + options.length) % options.length)
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      const option = isOpen ? options[current] : undefined
      if (option) return pick(option)
      setOpen(false)
      return p.onEnter?.()
    }
    if (event.key === 'Escape' && isOpen) {
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
    }
  }
  const shows = isOpen && options.length > 0
  return (
    <div className={cn('relative min-w-0', p.className)}>
      <Input
        {...(p.isLabelled ? {} : { 'aria-label': p.label })}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shows}
        aria-controls={shows ? listId : undefined}
        aria-activedescendant={shows && current >= 0 ? `${listId}-${current}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={p.placeholder}
        value={p.value}
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
        onChange={({ target }) => {
          setOpen(true)
          setAt(-1)
          p.onType(target.value)
        }}
        onBlur={() => {
          setOpen(false)
          p.onBlur?.()
        }}
        onKeyDown={onKeyDown}
      />
      {shows ? (
        <div
          id={listId}
          role="listbox"
          aria-label={p.label}
          className={cn(
            'absolute top-full left-0 z-40 mt-1 max-h-72 animate-pop-in overflow-y-auto rounded-lg bg-raised p-1 shadow-pop',
            p.isWide ? 'right-0' : 'w-max max-w-72 min-w-full',
          )}
        >
          {options.map((option, index) => (
            <div key={option.id} role="presentation">
              {option.group !== undefined && option.group !== options[index - 1]?.group ? (
                <p role="presentation" className="px-2 pt-1.5 pb-1 text-2xs font-medium text-ink-3">
                  {option.group}
                </p>
              ) : null}
              <Option
                id={`${listId}-${index}`}
                isCurrent={index === current}
                onPick={() => pick(option)}
                text={option.text}
              >
                {option.shown ?? option.text}
              </Option>
            </div>
          ))}
        </div>
      ) : null}
    </div>
  )
}

const Option = (p: { id: string; text: string; isCurrent: boolean; onPick: () => void; children: ReactNode }) => (
  // Keys are those of the input, which keeps the focus.
  // biome-ignore lint/a11y/useKeyWithClickEvents: as said
  // biome-ignore lint/a11y/useFocusableInteractive: as said
  <div
    id={p.id}
    ref={(element) => {
      if (p.isCurrent) element?.scrollIntoView({ block: 'nearest' })
    }}
    role="option"
    aria-selected={p.isCurrent}
    // Before the input is left, which would put the list away.
    onPointerDown={(event) => event.preventDefault()}
    onClick={p.onPick}
    className={cn(
      'cursor-default rounded-md px-2 py-1.5 pointer-coarse:py-2.5 text-sm hover:bg-hover',
      p.isCurrent && 'bg-hover',
    )}
  >
    {p.children}
  </div>
)
