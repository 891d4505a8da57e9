'use client'
import { cn, Input } from '@thingwire/ui'
import { type ComponentProps, type KeyboardEvent, useId, useRef, useState } from 'react'
import type { Completion } from './completion.ts'

type Props = Omit<ComponentProps<'input'>, 'value' | 'onChange'> & {
  value: string
  onChange: (text: string) => void
  /** What could stand at this place of the text. */
  complete: (text: string, at: number) => Completion | null
  /** A text was chosen rather than typed; without it the text just changes. */
  onPick?: (text: string) => void
}

/** A text that may be any, with a list of what it is likely to be. Arrows and Enter choose, Escape puts the list away. */
export const SuggestInput = ({ value, onChange, complete, onPick, className, ...props }: Props) => {
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const [open, setOpen] = useState<{ completion: Completion; at: number } | null>(null)
  const look = (text: string, at: number) => {
    const completion = complete(text, at)
    setOpen(completion && { completion, at: -1 })
  }
  const caret = () => input.current?.selectionStart ?? value.length
  const pick = (option: string) => {
    if (!open) return
    const { from, to } = open.completion
    setOpen(null)
    const text = `${value.slice(0, from)}${option}${value.slice(to)}`
    if (onPick) return onPick(text)
    onChange(text)
    const end = from + option.length
    requestAnimationFrame(() => input.current?.setSelectionRange(end, end))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const options = open?.completion.options ?? []
    if (event.key === 'ArrowDown' && !open) {
      event.preventDefault()
      return look(value, caret())
    }
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      return setOpen({ ...open, at: (open.at + step + options.length) % options.length })
    }
    const chosen = open ? options[open.at] : undefined
    if (chosen !== undefined && (event.key === 'Enter' || event.key === 'Tab')) {
      event.preventDefault()
      return pick(chosen)
    }
    if (open && event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      return setOpen(null)
    }
    props.onKeyDown?.(event)
  }
  return (
    <div className={cn('relative min-w-0', className)}>
      <Input
        spellCheck={false}
        {...props}
        ref={input}
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={open !== null}
        aria-controls={open ? listId : undefined}
        aria-activedescendant={open && open.at >= 0 ? `${listId}-${open.at}` : undefined}
        value={value}
        onChange={({ target }) => {
          onChange(target.value)
          look(target.value, target.selectionStart ?? target.value.length)
        }}
        onFocus={(event) => {
          props.onFocus?.(event)
          if (value === '') look('', 0)
        }}
        onBlur={(event) => {
          setOpen(null)
          props.onBlur?.(event)
        }}
        onKeyDown={onKeyDown}
      />
      {open ? (
        <div
          id={listId}
          role="listbox"
          className="absolute inset-x-0 top-full z-30 mt-1 max-h-56 animate-pop-in overflow-y-auto rounded-lg bg-raised p-1 shadow-pop"
        >
          {open.completion.options.map((option, index) => (
            <Option
              key={option}
              id={`${listId}-${index}`}
              text={option}
              isCurrent={index === open.at}
              onPick={() => pick(option)}
            />
          ))}
        </div>
      ) : null}
    </div>
  )
}

const Option = (p: { id: string; text: string; isCurrent: boolean; onPick: () => void }) => (
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
      'cursor-default truncate rounded-md px-2 py-1 font-mono text-xs hover:bg-hover',
      p.isCurrent && 'bg-hover',
    )}
  >
    {p.text}
  </div>
)
