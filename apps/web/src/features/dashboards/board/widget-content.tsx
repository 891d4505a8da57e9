'use client'
import type { DashboardWidget } from '@thingwire/dashboards'
import { findWidget, type WidgetHost, type WidgetManifest, type WidgetState } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useWidgetData } from '../data/use-widget-data.ts'
import { CodeAction } from '../host/content/code-action.tsx'
import { type Target, useTarget } from '../host/control/use-target.ts'
import { useHost } from '../host/use-host.ts'
import { usePastState } from '../scrubber/use-past-state.ts'
import { useBoard, useStateScope } from './board-context.ts'
import type { CardLook } from './card/card-look.ts'
import { UnknownWidget } from './unknown-widget.tsx'
import type { FullScreen } from './use-full-screen.ts'
import { useTransformed } from './use-transformed.ts'
import { useWidgetWindow, type WidgetWindow } from './use-widget-window.ts'
import { WidgetBody } from './widget-body.tsx'
import { WidgetHeader } from './widget-header.tsx'

/** Whether it is near what is seen of the page, and whether it ever was. */
export type Seen = { now: boolean; ever: boolean }

type ContentProps = { widget: DashboardWidget; look: CardLook; seen: Seen; fullScreen: FullScreen }

/** What stands in the card of a widget: its header and its view, or that nothing here draws it. */
export const WidgetContent = (p: ContentProps) => {
  const manifest = findWidget(p.widget.typeFullFqn)
  return manifest ? <KnownWidget {...p} manifest={manifest} /> : <UnknownWidget widget={p.widget} />
}

const KnownWidget = (p: ContentProps & { manifest: WidgetManifest }) => {
  const { widget, manifest } = p
  const window = useWidgetWindow(widget)
  const target = useTarget(widget)
  const { host, code, endCode } = useHost({ widget, manifest, window, target: target.entity })
  return (
    <>
      <LiveWidget {...p} window={window} target={target} host={host} />
      {code ? <CodeAction run={code} host={host} onDone={endCode} /> : null}
    </>
  )
}

type LiveProps = ContentProps & { manifest: WidgetManifest; window: WidgetWindow; target: Target; host: WidgetHost }

/** What is drawn anew with every value, without what stays the same. */
const LiveWidget = (p: LiveProps) => {
  const { widget, manifest, host, window } = p
  const { document, filterValues } = useBoard()
  const { stack } = useStateScope()
  const data = useWidgetData({
    widget,
    manifest,
    document,
    stack,
    window: window.model,
    filters: filterValues,
    isVisible: p.seen.now,
  })
  const state = useSaid(useTransformed(usePastState(data.state, manifest), widget, manifest), widget)
  return (
    <>
      {data.isFormer ? <Renewing /> : null}
      <WidgetHeader widget={widget} look={p.look} host={host} state={state} window={window} fullScreen={p.fullScreen} />
      <div className="min-h-0 flex-1" style={p.look.body}>
        {p.seen.ever ? (
          <WidgetBody
            widget={widget}
            manifest={manifest}
            host={host}
            data={{ ...data, state }}
            target={p.target}
            theme={p.look.theme}
          />
        ) : null}
      </div>
    </>
  )
}

/** A line along the upper edge of the card while newer data are read; what is shown meanwhile stays. */
const Renewing = () => (
  <div
    aria-hidden
    data-renewing
    className="pointer-events-none absolute inset-x-0 top-0 z-10 h-0.5 bg-accent/70 motion-safe:animate-pulse"
  />
)

/** The message that the file has for "no data" takes the place of ours. */
const useSaid = (state: WidgetState, widget: DashboardWidget): WidgetState => {
  const t = useTranslations('board')
  const { noDataMessage } = widget
  return useMemo(() => {
    if (state.status !== 'empty') return state
    return { ...state, reason: noDataMessage ?? (state.reason || t('noData')) }
  }, [state, noDataMessage, t])
}
