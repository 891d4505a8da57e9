'use client'
import type { EditedId, OpenEditor } from '@thingwire/contracts'
import { Button, Popover, Tooltip } from '@thingwire/ui'
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
  const [first] = others
  if (!first) return null
  return (
    <>
      <ul aria-label={t('people')} className="flex items-center -space-x-1.5 max-sm:hidden">
        {others.slice(0, mostShown).map((one) => (
          <li key={one.key}>
            <Tooltip content={t('editsToo', { name: one.name })}>
              <span>
                <Face of={one} />
                <span className="sr-only">{t('editsToo', { name: one.name })}</span>
              </span>
            </Tooltip>
          </li>
        ))}
        {others.length > mostShown ? (
          <li className="pl-2.5 text-xs text-ink-3 tabular-nums">+{others.length - mostShown}</li>
        ) : null}
      </ul>
      {/* On a phone there is room for one, and nothing to point with: names open with a tap. */}
      <Popover
        label={t('people')}
        className="max-w-72"
        trigger={
          <Button variant="ghost" aria-label={t('people')} className="gap-0.5 px-1 sm:hidden">
            <Face of={first} />
            {others.length > 1 ? <span className="text-xs tabular-nums">+{others.length - 1}</span> : null}
          </Button>
        }
      >
        <ul className="grid gap-2">
          {others.map((one) => (
            <li key={one.key} className="flex items-center gap-2 text-sm wrap-anywhere">
              <Face of={one} />
              {t('editsToo', { name: one.name })}
            </li>
          ))}
        </ul>
      </Popover>
    </>
  )
}

const Face = ({ of: { name, userId } }: { of: OpenEditor }) => (
  <span
    aria-hidden
    className="flex size-6 shrink-0 items-center justify-center rounded-full text-2xs font-medium text-ink ring-2 ring-canvas"
    style={{ background: `color-mix(in oklab, ${colorOf(userId)} 30%, var(--tw-surface))` }}
  >
    {initialsOf(name)}
  </span>
)

/** The same person has the same colour everywhere. */
const colorOf = (userId: string): string => `var(--tw-series-${(Number.parseInt(userId.slice(-4), 16) % colors) + 1})`
