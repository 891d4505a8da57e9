import type { AlarmData } from '@thingwire/contracts'
import { Badge, cn, StatusDot, type Tone } from '@thingwire/ui'
import { CircleAlert, CircleHelp, Diamond, OctagonAlert, TriangleAlert } from 'lucide-react'

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
export const AlarmSeverityMark = (p: { severity: AlarmData['severity']; text: string; className?: string }) => {
  const Icon = icons[p.severity]
  return (
    <Badge tone={tones[p.severity]} className={cn('gap-1 pl-1.5', p.className)}>
      <Icon aria-hidden className="size-3! shrink-0 stroke-[2.25] text-current!" />
      {p.text}
    </Badge>
  )
}

const statusTones = {
  ACTIVE_UNACK: 'danger',
  ACTIVE_ACK: 'warn',
  CLEARED_UNACK: 'neutral',
  CLEARED_ACK: 'ok',
} as const satisfies Record<AlarmData['status'], Tone>

export const AlarmStatusMark = (p: { status: AlarmData['status']; text: string; className?: string }) => (
  <span className={cn('inline-flex items-center gap-2 whitespace-nowrap', p.className)}>
    <StatusDot tone={statusTones[p.status]} />
    {p.text}
  </span>
)
