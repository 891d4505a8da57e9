'use client'
import type { RuleChainView } from '@/api/rule-chains.ts'
import { cn, IconButton } from '@thingwire/ui'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import dynamic from 'next/dynamic'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { type ComponentType, useEffect, useRef } from 'react'
import { LiveStatus } from './live/live-status.tsx'
import { ProblemCount, ProblemsPanel } from './store/problems-panel.tsx'

export type PanelProps = { chain: RuleChainView }

/** What can be opened below the canvas; each panel belongs to the folder it comes from. Its label is `chainEditor.panel.<id>`. */
export const bottomPanelIds = ['problems', 'trace', 'events', 'tests', 'replay', 'versions', 'search'] as const
export type BottomPanelId = (typeof bottomPanelIds)[number]

const panels: Partial<Record<BottomPanelId, ComponentType<PanelProps>>> = {
  problems: ProblemsPanel,
  trace: dynamic(async () => (await import('./live/trace/trace-panel.tsx')).TracePanel),
  events: dynamic(async () => (await import('./live/events/events-panel.tsx')).EventsPanel),
  tests: dynamic(async () => (await import('./testing/tests-panel.tsx')).TestsPanel),
  replay: dynamic(async () => (await import('./testing/replay-panel.tsx')).ReplayPanel),
  versions: dynamic(async () => (await import('./versions/versions-panel.tsx')).VersionsPanel),
}

/** The open panel stands in the URL: `?panel=trace`. */
export const useBottomPanel = () =>
  useQueryState('panel', parseAsStringLiteral(bottomPanelIds).withOptions({ history: 'replace' }))

/** On phones the row of panels scrolls; the open one is brought into sight. */
const useOpenInView = (open: BottomPanelId | null) => {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (open !== null)
      row.current?.querySelector('[aria-expanded=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [open])
  return row
}

export const BottomPanel = ({ chain }: PanelProps) => {
  const t = useTranslations('chainEditor')
  const [open, setOpen] = useBottomPanel()
  const offered = bottomPanelIds.filter((id) => panels[id])
  const Panel = open === null ? undefined : panels[open]
  return (
    <section aria-label={t('panels')} className="shrink-0 border-t bg-surface">
      <div className="flex h-9 items-center gap-1 px-3 pointer-coarse:h-11">
        <div
          ref={useOpenInView(open)}
          className="tw-fading-x flex min-w-0 items-center gap-1 overflow-x-auto [scrollbar-width:none]"
        >
          {offered.map((id) => (
            <button
              key={id}
              type="button"
              aria-expanded={open === id}
              onClick={() => void setOpen(open === id ? null : id)}
              className={cn(
                'flex h-7 shrink-0 scroll-mx-12 items-center gap-1.5 rounded-md px-2 text-xs text-ink-2 hover:bg-hover pointer-coarse:h-10 pointer-coarse:min-w-10 pointer-coarse:justify-center',
                open === id && 'bg-hover font-medium text-ink',
              )}
            >
              {t(`panel.${id}`)}
              {id === 'problems' ? <ProblemCount /> : null}
            </button>
          ))}
        </div>
        <div className="ml-auto pl-2">
          <LiveStatus />
        </div>
        {Panel ? (
          <IconButton label={t('closePanel')} size="icon-sm" onClick={() => void setOpen(null)}>
            <X />
          </IconButton>
        ) : null}
      </div>
      {Panel ? (
        <div className="h-72 overflow-auto border-t max-sm:h-[min(28rem,54dvh)]">
          <Panel chain={chain} />
        </div>
      ) : null}
    </section>
  )
}
