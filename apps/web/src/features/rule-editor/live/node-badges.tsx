'use client'
import { cn } from '@thingwire/ui'
import { Bug, CircleAlert, CirclePause, CirclePlay, Eye } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useState } from 'react'
import type { NodeScript, NodeState } from '@/api/rule-debug.ts'
import { useEditor } from '../store/use-editor.ts'
import { useNodeLive } from './live-chain.tsx'

/** The present moment as long as `untilMs` lies ahead, every few seconds; then it stands still. */
export const useNowUntil = (untilMs: number): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (untilMs <= now) return
    const timer = setTimeout(() => setNow(Date.now()), Math.min(5_000, untilMs - now + 50))
    return () => clearTimeout(timer)
  }, [untilMs, now])
  return now
}

/** What the platform says of a running node: whether it runs, whether its script may, what of it is debugged. */
export const NodeBadges = ({ nodeId }: { nodeId: string }) => {
  const live = useNodeLive(nodeId)
  return (
    <>
      {live?.state ? <StateBadge state={live.state} /> : null}
      {live?.script ? <ScriptBadge script={live.script} /> : null}
      <DebugBadge nodeId={nodeId} />
    </>
  )
}

const Mark = ({ text, className, children }: { text: string; className: string; children: ReactNode }) => (
  <span title={text} className={cn('inline-flex shrink-0 items-center gap-0.5 [&_svg]:size-3.5', className)}>
    <span aria-hidden className="contents">
      {children}
    </span>
    <span className="sr-only">{text}</span>
  </span>
)

const useClock = () => {
  const format = useFormatter()
  return (ms: number) => format.dateTime(ms, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
}

/** Why a node does not run, and what comes next, in words. */
export const useStateText = () => {
  const t = useTranslations('chainLive')
  const clock = useClock()
  return ({ state, reason, nextAttempt }: NodeState): string =>
    [
      t(`state.${state}`),
      reason,
      nextAttempt !== null
        ? t('state.nextAttempt', { time: clock(nextAttempt) })
        : state === 'failed' || state === 'suspended'
          ? t('state.noAttempt')
          : null,
    ]
      .filter((part) => part !== null && part !== '')
      .join(' ')
}

const StateBadge = ({ state }: { state: NodeState }) => {
  const text = useStateText()(state)
  if (state.state === 'starting')
    return (
      <Mark text={text} className="text-ink-3">
        <CirclePlay />
      </Mark>
    )
  return (
    <Mark text={text} className={state.state === 'failed' ? 'text-danger-text' : 'text-warn-text'}>
      {state.state === 'failed' ? <CircleAlert /> : <CirclePause />}
    </Mark>
  )
}

const ScriptBadge = ({ script }: { script: NodeScript }) => {
  const t = useTranslations('chainLive')
  const clock = useClock()
  if (script.state === 'watched')
    return (
      <Mark text={t('script.watched')} className="text-warn-text">
        <Eye />
      </Mark>
    )
  const until = script.suspendedUntil
  return (
    <Mark
      text={until === null ? t('script.suspended') : t('script.suspendedUntil', { time: clock(until) })}
      className="text-warn-text"
    >
      <CirclePause />
    </Mark>
  )
}

/** How a node of the published chain is debugged; null: it is not there. */
export const useNodeDebug = (nodeId: string) => useEditor(({ published }) => published.nodes[nodeId]?.debug ?? null)

const DebugBadge = ({ nodeId }: { nodeId: string }) => {
  const t = useTranslations('chainLive')
  const debug = useNodeDebug(nodeId)
  const until = debug?.allEnabledUntil ?? 0
  const left = until - useNowUntil(until)
  if (left > 0) {
    const minutes = Math.ceil(left / 60_000)
    return (
      <Mark text={t('debug.all', { minutes })} className="text-accent-text">
        <Bug />
        <span className="text-2xs font-medium tabular-nums">{t('debug.left', { minutes })}</span>
      </Mark>
    )
  }
  if (!debug?.failuresEnabled) return null
  return (
    <Mark text={t('debug.failures')} className="text-ink-3">
      <Bug />
    </Mark>
  )
}
