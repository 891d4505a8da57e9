'use client'
import { Button, IconButton, Menu, MenuItem, MenuLabel, MenuSeparator, StatusDot, type Tone } from '@thingwire/ui'
import { Bug, BugOff, ChevronDown, ChevronRight, CircleX, TriangleAlert } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useConnectionState } from '@/live/live-provider.tsx'
import { useEditor, useEditorStore } from '../store/use-editor.ts'
import { useNodeCounters } from './counters.tsx'
import { useAllKeyed, useLiveChain, useNodeLive } from './live-chain.tsx'
import { useNowUntil, useStateText } from './node-badges.tsx'
import { useDebugNow } from './use-debug-now.ts'

/** The running chain in one line: whether it is heard, what enters it, which nodes do not run, what is debugged. */
export const LiveStatus = () => (
  <div className="flex min-w-0 items-center gap-3 text-xs max-sm:gap-1 whitespace-nowrap text-ink-3">
    <NotRunning />
    <Connection />
    <DebugMenu />
  </div>
)

const tones: Readonly<Record<'connecting' | 'live' | 'lost', Tone>> = {
  live: 'ok',
  connecting: 'neutral',
  lost: 'warn',
}

const Connection = () => {
  const t = useTranslations('chainLive')
  const { status } = useConnectionState()
  return (
    <span className="inline-flex items-center gap-1.5 max-sm:hidden">
      <StatusDot tone={tones[status]} />
      {status === 'live' ? <EntryRate /> : t(`status.${status}`)}
    </span>
  )
}

/** Messages that come to the first node: as many enter the chain. */
const EntryRate = () => {
  const t = useTranslations('chainLive')
  const format = useFormatter()
  const entry = useEditor(({ published }) => published.entry)
  const rate = useNodeCounters(entry ?? '')?.perSecond ?? 0
  return (
    <span className="tabular-nums">
      {rate > 0
        ? t('status.rate', { rate: format.number(rate, { notation: 'compact', maximumFractionDigits: 1 }) })
        : t('status.idle')}
    </span>
  )
}

/** Walks to the nodes that do not run, one after the other. */
const NotRunning = () => {
  const t = useTranslations('chainLive')
  const store = useEditorStore()
  const nodes = useAllKeyed(useLiveChain().nodes)
  const document = useEditor(({ history }) => history.present)
  const [shown, setShown] = useState<string | null>(null)
  const ids = document.order.filter((id) => {
    const live = nodes.get(id)
    return (live?.state && live.state.state !== 'starting') || live?.script?.state === 'suspended'
  })
  if (ids.length === 0) return null
  const go = () => {
    const next = ids[(ids.indexOf(shown ?? '') + 1) % ids.length]
    if (next === undefined) return
    setShown(next)
    store.select({ nodes: new Set([next]) })
  }
  const isShown = shown !== null && ids.includes(shown)
  return (
    <>
      <button
        type="button"
        onClick={go}
        className="inline-flex h-7 items-center gap-1.5 rounded-md bg-danger-soft px-2 font-medium text-danger-text hover:brightness-95 pointer-coarse:h-10"
      >
        <TriangleAlert aria-hidden className="size-3.5" />
        <Told count={ids.length}>{t('notRunning', { count: ids.length })}</Told>
        <ChevronRight aria-hidden className="size-3.5" />
      </button>
      {isShown ? (
        <Reason nodeId={shown} name={document.nodes[shown]?.name ?? ''} onClose={() => setShown(null)} />
      ) : null}
    </>
  )
}

/** In words, and on a phone, where the panels need the room, as a number. */
const Told = ({ count, children }: { count: number; children: ReactNode }) => (
  <>
    <span className="max-sm:sr-only">{children}</span>
    {count > 0 ? (
      <span aria-hidden className="tabular-nums sm:hidden">
        {count}
      </span>
    ) : null}
  </>
)

const Reason = ({ nodeId, name, onClose }: { nodeId: string; name: string; onClose: () => void }) => {
  const t = useTranslations('chainLive')
  const format = useFormatter()
  const stateText = useStateText()
  const live = useNodeLive(nodeId)
  const until = live?.script?.suspendedUntil
  const text = live?.state
    ? stateText(live.state)
    : until
      ? t('script.suspendedUntil', { time: format.dateTime(until, { timeStyle: 'medium' }) })
      : t('script.suspended')
  return (
    <span role="status" className="inline-flex min-w-0 items-center gap-1 text-ink-2 max-md:hidden">
      <span className="truncate" title={text}>
        <span className="font-medium text-ink">{name}</span>: {text}
      </span>
      <IconButton label={t('closeReason')} size="icon-sm" onClick={onClose}>
        <CircleX />
      </IconButton>
    </span>
  )
}

const noNodes: ReadonlySet<string> = new Set()

/** Debugging of the running chain, changed at once. */
const DebugMenu = () => {
  const t = useTranslations('chainLive')
  const now = useDebugNow()
  const isReadOnly = useEditor((state) => state.isReadOnly)
  const published = useEditor((state) => state.published)
  const chosen = useEditor(({ selection }) => (selection.nodes.size > 0 ? selection.nodes : noNodes))
  const debugs = Object.values(published.nodes).map((node) => node.debug)
  const latest = Math.max(0, ...debugs.map((debug) => debug.allEnabledUntil))
  const time = useNowUntil(latest)
  const full = debugs.filter((debug) => debug.allEnabledUntil > time).length
  const count = debugs.filter((debug) => debug.failuresEnabled || debug.allEnabledUntil > time).length
  const running = new Set([...chosen].filter((id) => published.nodes[id]))
  const minutes = Math.max(1, Math.ceil((latest - time) / 60_000))
  if (debugs.length === 0) return null
  const label =
    full > 0 ? t('debug.full', { count: full, minutes }) : count > 0 ? t('debug.some', { count }) : t('debug.none')
  return (
    <Menu
      side="top"
      className="w-80 max-w-[calc(100vw-1rem)]"
      trigger={
        <Button size="sm" variant="ghost" disabled={now.isPending || isReadOnly}>
          <Bug aria-hidden className={full > 0 ? 'text-accent-text' : ''} />
          <Told count={full > 0 ? full : count}>{label}</Told>
          <ChevronDown aria-hidden className="-mr-1 text-ink-3" />
        </Button>
      }
    >
      {running.size > 0 ? (
        <>
          <MenuLabel>{t('debug.chosen', { count: running.size })}</MenuLabel>
          <Wishes run={(wish) => now.mutate({ nodeIds: running, wish })} />
          <MenuSeparator />
        </>
      ) : null}
      <MenuLabel>{t('debug.whole')}</MenuLabel>
      <Wishes run={(wish) => now.mutate({ nodeIds: null, wish })} />
      <p className="px-2 pt-1 pb-2 text-xs text-ink-3">{t('debug.hint')}</p>
    </Menu>
  )
}

const Wishes = ({ run }: { run: (wish: 'failures' | 'all' | 'off') => void }) => {
  const t = useTranslations('chainLive')
  return (
    <>
      <MenuItem onSelect={() => run('failures')}>
        <TriangleAlert />
        {t('debug.wish.failures')}
      </MenuItem>
      <MenuItem onSelect={() => run('all')}>
        <Bug />
        {t('debug.wish.all')}
      </MenuItem>
      <MenuItem onSelect={() => run('off')}>
        <BugOff />
        {t('debug.wish.off')}
      </MenuItem>
    </>
  )
}
