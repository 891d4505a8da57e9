'use client'
import { AlarmSeverityMark, AlarmStatusMark } from '@thingwire/widgets/marks'
import { useTranslations } from 'next-intl'
import type { AlarmUser, AlarmView } from '@/api/alarms.ts'

export const SeverityBadge = ({ severity, className }: { severity: AlarmView['severity']; className?: string }) => {
  const t = useTranslations('alarms')
  return <AlarmSeverityMark severity={severity} text={t(`severities.${severity}`)} {...(className && { className })} />
}

export const AlarmStatus = ({ status }: { status: AlarmView['status'] }) => {
  const t = useTranslations('alarms')
  return <AlarmStatusMark status={status} text={t(`statuses.${status}`)} />
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
