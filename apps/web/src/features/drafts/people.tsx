'use client'
import type { EditedId, OpenEditor } from '@thingwire/contracts'
import { Tooltip } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useLive } from '@/live/live-provider.tsx'
import { initialsOf } from './initials.ts'

const colors = 6
const mostShown = 3

/** Who else has the document open. */
export const People = ({ edited }: { edited: EditedId }) => {
  const t = useTranslations('drafts')
  const [people, setPeople] = useState<readonly OpenEditor[]>([])
  useLive({ kind: 'editors', entityId: edited }, (change) => {
    if (change.kind === 'editors') setPeople(change.people)
  })
  const others = people.filter(({ isSelf }) => !isSelf)
  if (others.length === 0) return null
  return (
    <ul aria-label={t('people')} className="flex items-center -space-x-1.5 max-sm:hidden">
      {others.slice(0, mostShown).map(({ key, name, userId }) => (
        <li key={key}>
          <Tooltip content={t('editsToo', { name })}>
            <span
              className="flex size-6 items-center justify-center rounded-full text-2xs font-medium text-ink ring-2 ring-canvas"
              style={{ background: `color-mix(in oklab, ${colorOf(userId)} 30%, var(--tw-surface))` }}
            >
              <span aria-hidden>{initialsOf(name)}</span>
              <span className="sr-only">{t('editsToo', { name })}</span>
            </span>
          </Tooltip>
        </li>
      ))}
      {others.length > mostShown ? (
        <li className="pl-2.5 text-xs text-ink-3 tabular-nums">+{others.length - mostShown}</li>
      ) : null}
    </ul>
  )
}

/** The same person has the same colour everywhere. */
const colorOf = (userId: string): string => `var(--tw-series-${(Number.parseInt(userId.slice(-4), 16) % colors) + 1})`
