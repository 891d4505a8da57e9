'use client'
import type { Widget } from '@thingwire/contracts'
import { cn } from '@thingwire/ui'
import { type ControlState, findWidget, type WidgetManifest, type WidgetState } from '@thingwire/widgets/manifests'
import { WidgetNotice, widgetViews } from '@thingwire/widgets/views'
import { useLocale, useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { Component, type ReactNode, Suspense, useMemo, useState } from 'react'
import { useConnectionState } from '@/live/live-provider.tsx'
import { bucketRange, durationOf, toPlan } from '@/live/series-plan.ts'
import { useSeries } from '@/live/use-series.ts'
import { openStateAction } from './actions.ts'
import { fromFile, tickMs, type WindowChoice } from './time-window.ts'
import type { AliasAnswer } from './use-aliases.ts'
import { type RunningPlan, useControl } from './use-control.ts'
import { useLatestSlots } from './use-latest-slots.ts'
import { useElementSize, useTick } from './use-measure.ts'
import { useWidgetTexts } from './use-widget-texts.ts'
import { keysByDevice, type Resolved, sourcesOf, targetOf, toSlots } from './widget-needs.ts'

type TileProps = {
  widget: Widget
  aliases: ReadonlyMap<string, AliasAnswer>
  choice: WindowChoice
  onOpenState: (target: { state: string; entityId: string }) => void
  onOpenEntity: (entityId: string) => void
}

/** Frame of one widget: title, fence, and the state it is in. */
export const WidgetTile = (p: TileProps) => {
  const { config } = p.widget
  const title = config.showTitle ? config.title : ''
  return (
    <section
      aria-label={config.title || undefined}
      className="flex h-full min-h-0 flex-col overflow-hidden rounded-lg border bg-surface shadow-card"
    >
      {title ? (
        <header className="flex h-9 shrink-0 items-center px-4 pt-1">
          <h2 className="truncate text-sm font-semibold">{title}</h2>
        </header>
      ) : null}
      <div className={cn('min-h-0 flex-1', title && 'pb-1')}>
        <WidgetBody {...p} />
      </div>
    </section>
  )
}

/** The widget alone, within its fence. */
export const WidgetBody = (p: TileProps) => (
  <Fence>
    <TileContent {...p} />
  </Fence>
)

const TileContent = (p: TileProps) => {
  const t = useTranslations('widget')
  const manifest = findWidget(p.widget.typeFullFqn)
  const blocked = useBlocked(p)
  if (!manifest) {
    return <WidgetNotice state={{ status: 'empty', reason: t('unknown', { type: p.widget.typeFullFqn }) }} />
  }
  if (blocked) return <WidgetNotice state={blocked} />
  if (manifest.data === 'control') return <ControlWidget {...p} manifest={manifest} />
  return manifest.data === 'series' ? (
    <SeriesWidget {...p} manifest={manifest} />
  ) : (
    <LatestWidget {...p} manifest={manifest} />
  )
}

/** Why there is nothing to ask for yet, or at all; null when there is. */
const useBlocked = ({ widget, aliases }: TileProps): Exclude<WidgetState, { status: 'ready' }> | null => {
  const t = useTranslations('widget')
  const sources = sourcesOf(widget)
  if (sources.length === 0) return { status: 'empty', reason: t('noDatasource') }
  const answers = sources.map((source) => (source ? aliases.get(source.id) : undefined))
  if (answers.every((answer) => answer === undefined)) {
    return { status: 'empty', reason: t('unsupportedSource', { type: widget.config.datasources[0]?.type ?? '' }) }
  }
  for (const answer of answers) {
    if (answer?.status === 'unsupported') {
      return { status: 'empty', reason: t('unsupportedAlias', { alias: answer.alias, type: answer.filterType }) }
    }
    if (answer?.status === 'failed') return { status: 'failed', reason: answer.reason }
    if (answer?.status === 'loading') return { status: 'loading' }
  }
  const isEmpty = answers.every((answer) => answer?.status === 'ready' && answer.entities.length === 0)
  return isEmpty ? { status: 'empty', reason: t('noEntity') } : null
}

const useSlots = ({ widget, aliases }: TileProps) =>
  useMemo(() => {
    const resolved: Resolved = new Map(
      [...aliases].map(([id, answer]) => [id, answer.status === 'ready' ? answer.entities : []]),
    )
    return toSlots(widget, resolved)
  }, [widget, aliases])

const SeriesWidget = (p: TileProps & { manifest: WidgetManifest }) => {
  const slots = useSlots(p)
  const own = p.widget.config.useDashboardTimewindow ? null : p.widget.config.timewindow
  const choice = own ? fromFile(own) : p.choice
  const plan = toPlan(choice.window, choice.agg, choice.limit)
  const needs = useMemo(
    () => [...keysByDevice(slots, 'timeseries')].map(([deviceId, keys]) => ({ deviceId, keys })),
    [slots],
  )
  const snapshots = useSeries(needs, plan)
  const now = useTick(choice.window.kind === 'last' ? tickMs(durationOf(choice.window)) : null)
  const { status: connection, since } = useConnectionState()
  const range = bucketRange(plan, now)

  const state = useMemo((): WidgetState => {
    const failed = snapshots.find((snapshot) => snapshot.status === 'failed')
    if (failed?.status === 'failed') return { status: 'failed', reason: failed.reason }
    if (snapshots.some((snapshot) => snapshot.status === 'loading')) return { status: 'loading' }
    const byDevice = new Map(needs.map(({ deviceId }, index) => [deviceId, snapshots[index]]))
    const series = slots
      .filter((slot) => slot.dataKey.type === 'timeseries')
      .map(({ id, entity, dataKey }) => {
        const snapshot = byDevice.get(entity.id)
        const points = snapshot?.status === 'ready' ? (snapshot.points[dataKey.name] ?? []) : []
        return { id, entityId: entity.id, entityName: entity.name, dataKey, points }
      })
    return { status: 'ready', series, staleSince: connection === 'lost' ? since : null }
  }, [snapshots, needs, slots, connection, since])
  const start = plan.window.kind === 'last' ? now - durationOf(plan.window) : range.startTs
  return <View {...p} state={state} window={{ startTs: start, endTs: range.endTs }} interval={plan.interval} />
}

const LatestWidget = (p: TileProps & { manifest: WidgetManifest }) => {
  const slots = useSlots(p)
  const { series, hasAnswer, refused } = useLatestSlots(slots)
  const { status: connection, since } = useConnectionState()
  const state: WidgetState = refused
    ? { status: 'failed', reason: refused }
    : hasAnswer
      ? { status: 'ready', series, staleSince: connection === 'lost' ? since : null }
      : { status: 'loading' }
  return <View {...p} state={state} window={{ startTs: 0, endTs: 0 }} interval={0} />
}

const ControlWidget = (p: TileProps & { manifest: WidgetManifest }) => {
  const t = useTranslations('widget')
  const { manifest, widget, aliases } = p
  const plan = useMemo(
    () => manifest.control?.(manifest.settings.parse(widget.config.settings)),
    [manifest, widget.config.settings],
  )
  const target = targetOf(widget)
  const answer = target ? aliases.get(target.id) : undefined
  const device = answer?.status === 'ready' ? answer.entities[0] : undefined
  if (!plan || !device) return <WidgetNotice state={{ status: 'empty', reason: t('noTarget') }} />
  if ('unsupported' in plan)
    return <WidgetNotice state={{ status: 'empty', reason: t('unsupportedSetting', { setting: plan.unsupported }) }} />
  // Another device is another control: nothing said of one may stand on the next.
  return <RunningControl key={device.id} {...p} deviceId={device.id} plan={plan} />
}

const RunningControl = (p: TileProps & { manifest: WidgetManifest; deviceId: string; plan: RunningPlan }) => {
  const control = useControl(p.deviceId, p.plan)
  const { status: connection, since } = useConnectionState()
  const state: WidgetState = { status: 'ready', series: [], staleSince: connection === 'lost' ? since : null }
  return <View {...p} state={state} control={control} window={{ startTs: 0, endTs: 0 }} interval={0} />
}

const View = (
  p: TileProps & {
    manifest: WidgetManifest
    state: WidgetState
    control?: ControlState
    window: { startTs: number; endTs: number }
    interval: number
  },
) => {
  const { resolvedTheme } = useTheme()
  const locale = useLocale()
  const texts = useWidgetTexts()
  const [box, setBox] = useState<HTMLDivElement | null>(null)
  const size = useElementSize(box)
  const stored = p.widget.config.settings
  const settings = useMemo(() => p.manifest.settings.parse(stored), [p.manifest, stored])
  const ViewComponent = widgetViews[p.manifest.type]
  const action = openStateAction(p.widget)
  if (!ViewComponent) return null
  return (
    <div ref={setBox} className="size-full">
      <Suspense fallback={<WidgetNotice state={{ status: 'loading' }} />}>
        {size.width > 0 ? (
          <ViewComponent
            settings={settings}
            state={p.state}
            title={p.widget.config.title}
            window={p.window}
            interval={p.interval}
            size={size}
            theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
            texts={texts}
            locale={locale}
            {...(p.control ? { control: p.control } : {})}
            onOpenEntity={(entityId) =>
              action ? p.onOpenState({ state: action, entityId }) : p.onOpenEntity(entityId)
            }
          />
        ) : null}
      </Suspense>
    </div>
  )
}

/** A widget that throws becomes a note with the reason; the rest of the board lives. */
class Fence extends Component<{ children: ReactNode }, { reason: string | null }> {
  override state = { reason: null }

  static getDerivedStateFromError(error: unknown) {
    return { reason: error instanceof Error ? error.message : String(error) }
  }

  override render() {
    const { reason } = this.state
    return reason === null ? this.props.children : <WidgetNotice state={{ status: 'failed', reason }} />
  }
}
