'use client'
import type { AlarmData } from '@thingwire/contracts'
import { Badge, StatusDot, type Tone } from '@thingwire/ui'
import { CircleAlert, CircleHelp, Diamond, OctagonAlert, TriangleAlert } from 'lucide-react'
import { useWords } from '../texts/use-texts.ts'
import { alarmWords } from './words.ts'

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
} as const satisfies Record<AlarmData['severity'], Tone>

/** Colour, shape and word: each alone says it. */
export const SeverityMark = ({ severity }: { severity: AlarmData['severity'] }) => {
  const words = useWords('alarms-table', alarmWords)
  const Icon = icons[severity]
  return (
    <Badge tone={tones[severity]} className="gap-1 pl-1.5">
      <Icon aria-hidden className="size-3! shrink-0 stroke-[2.25] text-current!" />
      {words(severity)}
    </Badge>
  )
}

const statusTones = {
  ACTIVE_UNACK: 'danger',
  ACTIVE_ACK: 'warn',
  CLEARED_UNACK: 'neutral',
  CLEARED_ACK: 'ok',
} as const satisfies Record<AlarmData['status'], Tone>

export const StatusMark = ({ status }: { status: AlarmData['status'] }) => {
  const words = useWords('alarms-table', alarmWords)
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap text-ink-2">
      <StatusDot tone={statusTones[status]} />
      {words(status)}
    </span>
  )
}
