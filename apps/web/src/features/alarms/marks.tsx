'use client'
import { Badge, cn, StatusDot, type Tone } from '@thingwire/ui'
import { CircleAlert, CircleHelp, Diamond, OctagonAlert, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { AlarmUser, AlarmView } from '@/api/alarms.ts'

const icons = {
  CRITICAL: OctagonAlert,
  MAJOR: TriangleAlert,
  MINOR: Diamond,
  WARNING: CircleAlert,
  INDETERMINATE: CircleHelp,
} as const
const tones = {
  CRITICAL: 'danger',
  MAJOR: 'alert',
  MINOR: 'warn',
  WARNING: 'info',
  INDETERMINATE: 'neutral',
} as const satisfies Record<AlarmView['severity'], Tone>

/** Colour, shape and word: each alone says it. */
export const SeverityBadge = ({ severity, className }: { severity: AlarmView['severity']; className?: string }) => {
  const t = useTranslations('alarms')
  const Icon = icons[severity]
  return (
    <Badge tone={tones[severity]} className={cn('gap-1 pl-1.5', className)}>
      <Icon aria-hidden className="size-3! shrink-0 stroke-[2.25] text-current!" />
      {t(`severities.${severity}`)}
    </Badge>
  )
}

const statusTones = {
  ACTIVE_UNACK: 'danger',
  ACTIVE_ACK: 'warn',
  CLEARED_UNACK: 'neutral',
  CLEARED_ACK: 'ok',
} as const satisfies Record<AlarmView['status'], Tone>

export const AlarmStatus = ({ status }: { status: AlarmView['status'] }) => {
  const t = useTranslations('alarms')
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <StatusDot tone={statusTones[status]} />
      {t(`statuses.${status}`)}
    </span>
  )
}

type Person = Pick<AlarmUser, 'email' | 'firstName' | 'lastName'>

export const personName = ({ email, firstName, lastName }: Person): string =>
  [firstName, lastName].filter((part) => part?.trim()).join(' ') || email

const initials = (person: Person): string => {
  const parts = [person.firstName, person.lastName].filter((part) => part?.trim())
  return (
    parts.length > 0 ? parts.map((part) => part?.trim().charAt(0)).join('') : person.email.charAt(0)
  ).toUpperCase()
}

export const Avatar = ({ person }: { person: Person }) => (
  <span
    aria-hidden
    className="inline-flex size-5 shrink-0 items-center justify-center rounded-full bg-accent-soft text-[10px] font-semibold text-accent-text"
  >
    {initials(person)}
  </span>
)
