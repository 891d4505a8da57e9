'use client'
import { type DashboardWidget, withExtrasOf } from '@thingwire/dashboards'
import { Button } from '@thingwire/ui'
import type { ControlPlan, ControlState, WidgetHost, WidgetManifest, WidgetState } from '@thingwire/widgets/manifests'
import { type Scheme, useWidgetView, WidgetHostProvider, WidgetNotice } from '@thingwire/widgets/views'
import { CircleAlert } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { type CSSProperties, useMemo, useState } from 'react'
import { useLiveClient } from '@/live/live-provider.tsx'
import { plainName } from '../data/settings.ts'
import type { WidgetData } from '../data/use-widget-data.ts'
import { needsTarget } from '../host/control/control-run.ts'
import { useControl } from '../host/control/use-control.ts'
import type { Target } from '../host/control/use-target.ts'
import { useTravel } from '../scrubber/travel-context.ts'
import { useElementSize } from '../use-measure.ts'
import { useWidgetTexts } from '../use-widget-texts.ts'
import { useStateScope } from './board-context.ts'
import { useSettings } from './use-settings.ts'

type BodyProps = {
  widget: DashboardWidget
  manifest: WidgetManifest
  host: WidgetHost
  data: WidgetData
  target: Target
  theme: Scheme
}

/** The widget's own view, in the state it is in. */
export const WidgetBody = (p: BodyProps) => {
  const { manifest, widget } = p
  const fqn = plainName(widget)
  const prepared = useSettings(widget, manifest)
  if (p.data.state.status === 'failed') return <FailedNotice state={p.data.state} />
  if (!prepared) return <WidgetNotice state={{ status: 'loading' }} />
  const { settings } = prepared
  if (manifest.data === 'control') return <ControlBody {...p} settings={settings} fqn={fqn} />
  return <View {...p} settings={settings} fqn={fqn} />
}

const FailedNotice = ({ state }: { state: Extract<WidgetState, { status: 'failed' }> }) => {
  const t = useTranslations('board')
  return (
    <div
      role="alert"
      className="flex size-full flex-col items-center justify-center gap-1.5 overflow-hidden p-3 text-center text-xs text-ink-3"
    >
      <CircleAlert aria-hidden className="size-4 shrink-0 text-danger-text" />
      <p className="line-clamp-3 max-w-64 break-words">{state.reason}</p>
      {state.retry ? (
        <Button size="sm" onClick={state.retry}>
          {t('retry')}
        </Button>
      ) : null}
    </div>
  )
}

type ViewProps = BodyProps & { settings: unknown; fqn: string }

const ControlBody = (p: ViewProps) => {
  const t = useTranslations('widget')
  const { manifest, settings } = p
  const plan = useMemo(() => manifest.control?.(settings), [manifest, settings])
  const { entity, notice } = p.target
  if (p.data.state.status === 'loading') return <View {...p} />
  if (!plan) return <WidgetNotice state={{ status: 'empty', reason: t('noTarget') }} />
  if (notice?.status === 'failed') return <FailedNotice state={notice} />
  if (notice && needsTarget(plan)) return <View {...p} data={{ ...p.data, state: notice }} />
  // Another device is another control: nothing said of one may stand on the next.
  return <RunningControl key={entity?.id.id} {...p} plan={plan} />
}

const RunningControl = (p: ViewProps & { plan: ControlPlan }) => {
  const isPast = useTravel().clock !== null
  const off = useTranslations('timeTravel')
  const client = useLiveClient()
  const { state } = useStateScope()
  const control = useControl({
    client,
    target: p.target.entity?.id ?? null,
    plan: p.plan,
    functions: p.host.functions,
    state,
  })
  const view = <View {...p} control={control} />
  return isPast ? (
    <div inert title={off('disabled')} className="size-full opacity-60">
      {view}
    </div>
  ) : (
    view
  )
}

/** What the columns of a widget that turns pages are keys of. */
const sourcesOf = (widget: DashboardWidget, manifest: WidgetManifest) =>
  manifest.data === 'alarms' ? (widget.alarmSource ? [widget.alarmSource] : []) : widget.datasources

const still = { '--tw-glide': '0s' } as CSSProperties

const View = (p: ViewProps & { control?: ControlState }) => {
  const { widget, data, manifest } = p
  const locale = useLocale()
  const texts = useWidgetTexts()
  const [box, setBox] = useState<HTMLDivElement | null>(null)
  const size = useElementSize(box)
  const config = useMemo(
    () => ({
      units: widget.units,
      decimals: widget.decimals,
      fqn: p.fqn,
      columns: sourcesOf(widget, manifest).map(({ dataKeys }) =>
        dataKeys.map((key) => ({
          ...withExtrasOf(key, widget.raw.config),
          units: key.units || widget.units,
          decimals: key.decimals ?? widget.decimals,
        })),
      ),
    }),
    [widget, manifest, p.fqn],
  )
  const ViewComponent = useWidgetView(p.manifest.type)
  return (
    <div ref={setBox} className="size-full" style={data.isQuick ? still : undefined}>
      <WidgetHostProvider value={p.host}>
        {ViewComponent === null ? <WidgetNotice state={{ status: 'loading' }} /> : null}
        {ViewComponent !== null && size.width > 0 && size.height > 0 ? (
          <ViewComponent
            settings={p.settings}
            state={data.state}
            title={widget.card.title}
            config={config}
            window={data.window}
            {...(data.comparison ? { comparison: data.comparison } : {})}
            interval={data.interval}
            timeZone={data.timeZone}
            size={size}
            theme={p.theme}
            texts={texts}
            locale={locale}
            {...(p.control ? { control: p.control } : {})}
          />
        ) : null}
      </WidgetHostProvider>
    </div>
  )
}
