'use client'
import { Button, cn, Dialog, IconButton } from '@thingwire/ui'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { imageAddress } from '../host/addresses.ts'
import { PictureChoice } from './picture-choice.tsx'
import { PictureThumb } from './picture-thumb.tsx'

type Props = {
  label: string
  /** A stored picture's link or data; empty: none. */
  value: string
  onChange: (link: string) => void
  hint?: string
  error?: string | undefined
  /** Where what it is for stands before it already. */
  isBare?: boolean
}

/** A picture: seen, chosen among those that are stored, uploaded, named by its address, or taken away. */
export const PictureField = ({ label, value, onChange, hint, isBare, ...p }: Props) => {
  const t = useTranslations('pictures')
  const [isOpen, setOpen] = useState(false)
  const noteId = useId()
  const address = value === '' ? null : imageAddress(value)
  const error = p.error ?? (value !== '' && address === null ? t('unreadable') : undefined)
  const note = error ?? hint
  return (
    <fieldset aria-label={label} aria-describedby={note ? noteId : undefined} className="grid min-w-0 gap-1.5">
      {isBare ? null : (
        <p aria-hidden className="text-xs font-medium text-ink-2">
          {label}
        </p>
      )}
      <div className={cn('flex items-center gap-2.5 rounded-md border p-1.5', error && 'border-danger')}>
        <PictureThumb address={address} className="size-10 shrink-0 rounded" />
        <p
          className={cn('min-w-0 flex-1 truncate text-xs', value === '' ? 'text-ink-3' : 'text-ink-2')}
          title={value.slice(0, 300)}
        >
          {value === '' ? t('none') : value.startsWith('data:') ? t('own') : nameOf(value)}
        </p>
        <Button size="sm" aria-label={t('chooseFor', { label })} onClick={() => setOpen(true)}>
          {t('choose')}
        </Button>
        {value === '' ? null : (
          <IconButton size="icon-sm" label={t('removeFor', { label })} onClick={() => onChange('')}>
            <X />
          </IconButton>
        )}
      </div>
      {note ? (
        <p
          id={noteId}
          role={error ? 'alert' : undefined}
          className={cn('text-xs', error ? 'text-danger-text' : 'text-ink-3')}
        >
          {note}
        </p>
      ) : null}
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t('title')}
        closeLabel={t('close')}
        className="sm:top-[8vh] sm:max-h-[84vh] sm:max-w-3xl"
      >
        <PictureChoice
          value={value}
          onChoose={(link) => {
            setOpen(false)
            onChange(link)
          }}
        />
      </Dialog>
    </fieldset>
  )
}

const nameOf = (link: string): string => decodeURIComponentSafely(link.split('/').at(-1) || link)

const decodeURIComponentSafely = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
