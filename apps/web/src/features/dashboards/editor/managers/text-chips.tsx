'use client'
import { Field, IconButton } from '@thingwire/ui'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { wholeText } from '@/components/schema-form/completion.ts'
import { SuggestInput } from '@/components/schema-form/suggest-input.tsx'

type Props = {
  label: string
  hint?: string
  error?: string | undefined
  items: readonly string[]
  offered: readonly string[]
  onChange: (items: readonly string[]) => void
}

/** Texts as chips. What is typed counts when Enter is pressed or the control is left. */
export const TextChips = ({ label, hint, error, items, offered, onChange }: Props) => {
  const t = useTranslations('dashboardManagers')
  const [typed, setTyped] = useState('')
  const take = (given: string) => {
    const text = given.trim()
    setTyped('')
    if (text !== '' && !items.includes(text)) onChange([...items, text])
  }
  return (
    <Field label={label} hint={hint} error={error}>
      {items.length > 0 ? (
        <ul className="flex flex-wrap gap-1.5">
          {items.map((item) => (
            <li
              key={item}
              className="flex min-w-0 items-center gap-0.5 rounded-md bg-sunken pl-2 text-xs ring-1 ring-line"
            >
              <span className="min-w-0 py-1 break-all">{item}</span>
              <IconButton
                label={t('removeNamed', { what: item })}
                size="icon-sm"
                className="size-6"
                onClick={() => onChange(items.filter((one) => one !== item))}
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : null}
      <SuggestInput
        value={typed}
        maxLength={255}
        complete={(text) =>
          wholeText(
            offered.filter((one) => !items.includes(one)),
            text,
          )
        }
        onChange={setTyped}
        onPick={take}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          take(typed)
        }}
        onBlur={() => take(typed)}
      />
    </Field>
  )
}
