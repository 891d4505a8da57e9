'use client'
import {
  type DashboardDocument,
  type DashboardWidget,
  isTimeZone,
  msOfInterval,
  type StateEntry,
  type TimeWindowModel,
} from '@thingwire/dashboards'
import type { TimeRange, WidgetManifest, WidgetState } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { canonical } from './canonical.ts'
import { useDashboardData } from './data-provider.tsx'
import { barePlan, createDresser } from './dress.ts'
import type { FilterValues } from './resolve.ts'
import { systemOfViewer } from './units.ts'
import { useAwake } from './use-awake.ts'
import { useSame } from './use-same.ts'
import { useUnresolvedText } from './use-unresolved-text.ts'
import { createWidgetFeed, type FeedSnapshot } from './widget-feed.ts'
import { askedOf, planWidget, type WidgetPlan } from './widget-plan.ts'

type WidgetDataRequest = {
  widget: DashboardWidget
  manifest: WidgetManifest
  document: Pick<DashboardDocument, 'aliases' | 'filters'>
  /** Of states; the last one's parameters count. */
  stack: readonly StateEntry[]
  /** The one that holds for the widget: its own, or the dashboard's, with a zoom applied. */
  window: TimeWindowModel
  /** What the viewer set in filters. */
  filters: FilterValues
  /** Whether it is in view, or near it. Data stand still while it is not. */
  isVisible: boolean
}

export type WidgetData = {
  state: WidgetState
  window: TimeRange
  comparison?: TimeRange
  /** It changes too often for anybody to see one value move to the next. */
  isQuick: boolean
  /** What is shown is of a former question; the answer to this one is on its way. */
  isFormer: boolean
  /** Width of buckets, ms; 0: raw points. */
  interval: number
  /** IANA name. */
  timeZone: string
}

/** About two pixels a column, of each at most four points. */
const thinToOfScreen = () => 4 * Math.min(1_200, Math.ceil(globalThis.innerWidth / 200) * 100)

let zoneOfPage: string | null = null
/** IANA name of the clock that the viewer's browser has. */
export const viewerZone = () => {
  if (zoneOfPage !== null) return zoneOfPage
  // Each widget asks, and to be told takes a millisecond.
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  zoneOfPage = isTimeZone(zone) ? zone : 'UTC'
  return zoneOfPage
}

const usePlan = ({ widget, manifest, document, stack, window, filters }: WidgetDataRequest): WidgetPlan => {
  const { picks } = useDashboardData()
  // While a dashboard is edited it is another document with each step; what plans ask of it seldom changes.
  const { aliases, filters: narrowing } = document
  const made = useMemo(
    () =>
      planWidget({
        ...{ widget, manifest, window, context: { document: { aliases, filters: narrowing }, stack, filters, picks } },
        ...{ now: Date.now(), viewerZone: viewerZone(), thinTo: thinToOfScreen() },
        system: systemOfViewer(navigator.language, viewerZone()),
      }),
    [widget, manifest, aliases, narrowing, stack, window, filters, picks],
  )
  return useSame(made)
}

const paused = () => () => {}

/**
 * What a widget shows: its sources resolved, asked for together with the other widgets of the board, and live. Draws at
 * most once a frame, and only when something of its own has changed.
 */
export const useWidgetData = (request: WidgetDataRequest): WidgetData => {
  const t = useTranslations('boardData')
  const sayUnresolved = useUnresolvedText()
  const { runtime } = useDashboardData()
  const plan = usePlan(request)
  const isRunning = useAwake() && request.isVisible
  const last = useRef<{ asked: string; snapshot: FeedSnapshot } | null>(null)
  const asked = useMemo(() => canonical(askedOf(plan)), [plan])
  // Another label or colour is no reason to read anything.
  const bare = useSame(useMemo(() => (plan.status === 'ready' ? barePlan(plan) : null), [plan]))
  const feed = useMemo(() => {
    if (!runtime || !bare) return null
    const former = last.current?.asked === asked ? last.current.snapshot : null
    return createWidgetFeed(bare, runtime, former)
  }, [runtime, bare, asked])
  const snapshot = useSyncExternalStore(
    feed && isRunning ? feed.listen : paused,
    () => feed?.read() ?? null,
    () => null,
  )
  if (snapshot) last.current = { asked, snapshot }

  const [dress] = useState(createDresser)
  const bareState = snapshot?.state
  const state = useMemo((): WidgetState => {
    if (plan.status === 'empty') return { status: 'empty', reason: sayUnresolved(plan.why) }
    if (!bareState) return { status: 'loading' }
    if (bareState.status === 'nobody') return { status: 'empty', reason: t('noEntity') }
    if (bareState.status !== 'ready') return bareState
    const series = dress(bareState.series, plan)
    return series ? { ...bareState, series } : { status: 'loading' }
  }, [plan, bareState, dress, t, sayUnresolved])
  const series = plan.status === 'ready' ? plan.series : null
  const group = series?.group ?? 0
  return {
    state,
    window: snapshot?.window ?? nothingYet,
    ...(snapshot?.comparison && { comparison: snapshot.comparison }),
    isQuick: snapshot?.isQuick ?? false,
    isFormer: snapshot?.isFormer ?? false,
    interval: group === 0 ? 0 : msOfInterval(group),
    timeZone: series?.zone ?? viewerZone(),
  }
}

const nothingYet: TimeRange = { startTs: 0, endTs: 0 }
