'use client'
import { cn } from '@thingwire/ui'
import { Check, CloudOff, LoaderCircle, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { signInAgain } from '@/api/http.ts'
import type { SaveState } from './model.ts'

/** Where the edits are: with the server, on their way, or in this browser alone. */
export const SaveStateText = ({ save, isUpToDate }: { save: SaveState<unknown, unknown>; isUpToDate: boolean }) => {
  const t = useTranslations('drafts')
  const { kind } = save
  const refusal = kind === 'kept' || kind === 'unsaved' ? save : null
  const Icon = icons[kind]
  return (
    <span
      role="status"
      title={refusal?.reason}
      className={cn(
        'inline-flex items-center gap-1.5 text-xs whitespace-nowrap text-ink-3 max-lg:sr-only',
        // On a phone in two lines, or no room were left for the title.
        refusal && 'text-warn-text max-lg:not-sr-only max-sm:max-w-24 max-sm:leading-tight max-sm:whitespace-normal',
        // On a phone the button that settles it says so.
        kind === 'conflict' && 'text-danger-text sm:max-lg:not-sr-only',
      )}
    >
      <Icon aria-hidden className={cn('size-3.5', kind === 'saving' && 'animate-spin motion-reduce:animate-none')} />
      {t(`save.${kind === 'saved' && isUpToDate ? 'published' : kind}`)}
      {refusal?.isSignedOut ? (
        <button
          type="button"
          // What waits is tried again by itself.
          onClick={() => void signInAgain()}
          className="relative font-medium text-accent-text before:absolute before:-inset-2.5 before:content-[''] hover:underline"
        >
          {t('signIn')}
        </button>
      ) : null}
    </span>
  )
}

const icons = {
  saved: Check,
  waiting: LoaderCircle,
  saving: LoaderCircle,
  kept: CloudOff,
  unsaved: TriangleAlert,
  conflict: TriangleAlert,
}
