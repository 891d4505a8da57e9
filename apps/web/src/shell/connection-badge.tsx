'use client'
import { cn, StatusDot, type Tone, Tooltip } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useConnectionState } from '@/live/live-provider.tsx'

const tones: Record<'connecting' | 'live' | 'lost', Tone> = { connecting: 'neutral', live: 'ok', lost: 'warn' }

/** Whether values on the screen are coming in by themselves. */
export const ConnectionBadge = ({ compact }: { compact: boolean }) => {
  const t = useTranslations('connection')
  const { status } = useConnectionState()
  const badge = (
    <div
      role="status"
      aria-label={compact ? t(status) : undefined}
      className={cn('flex h-7 items-center gap-2.5 rounded-md px-2.5 text-xs text-ink-3', compact && 'px-2')}
    >
      <StatusDot tone={tones[status]} />
      {compact ? null : t(status)}
    </div>
  )
  return (
    <Tooltip content={t(`${status}Hint`)} side="right">
      {badge}
    </Tooltip>
  )
}
