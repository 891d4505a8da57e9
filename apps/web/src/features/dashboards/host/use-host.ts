'use client'
import type { DashboardWidget } from '@thingwire/dashboards'
import type { WidgetEntity, WidgetHost, WidgetManifest } from '@thingwire/widgets/manifests'
import { idleHost } from '@thingwire/widgets/views'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { WidgetWindow } from '../board/use-widget-window.ts'
import { systemOfViewer } from '../data/units.ts'
import { viewerZone } from '../data/use-widget-data.ts'
import { useAlarmsPort } from './alarms/use-alarms-port.ts'
import { useContentPort } from './content/use-content-port.tsx'
import { useFunctionsPort } from './functions/functions-provider.tsx'
import { useEntitiesPort } from './entities/use-entities-port.ts'
import { eventsPortOf } from './events-port.ts'
import { filesPort } from './files-port.ts'
import { tilesPort } from './tiles-port.ts'
import { type ActionsHost, useActionsPort } from './use-actions-port.ts'
import { useBoardPort } from './use-board-port.ts'
import { useCommandsPort } from './use-commands-port.ts'
import { useCursorPort } from './use-cursor-port.ts'
import { useUser } from '@/session/session-provider.tsx'
import { useTravel } from '../scrubber/travel-context.ts'
import { useLinksPort } from './use-links-port.ts'
import { useMomentPort } from './use-moment-port.ts'
import { useTimePort } from './use-time-port.ts'
import { useViewerPort } from './use-viewer-port.ts'
import { valuesPortOf } from './values-port.ts'
import { withoutDeeds } from './without-deeds.ts'

/** What the ports of one widget's host are made of. The board itself is reached through `useBoard` and `useStateScope`. */
export type HostInput = {
  widget: DashboardWidget
  manifest: WidgetManifest
  window: WidgetWindow
  /** What it commands. */
  target: WidgetEntity | null
}

/** A port a line, each from its own file or folder beside this one. What is missing here answers with nothing. */
const usePorts = (input: HostInput): Partial<WidgetHost> => {
  const functions = useFunctionsPort()
  const alarms = useAlarmsPort(input.widget, input.window.model)
  const board = useBoardPort()
  const commands = useCommandsPort(input.target)
  const content = useContentPort()
  const cursor = useCursorPort()
  const entities = useEntitiesPort(input.widget)
  const links = useLinksPort()
  const time = useTimePort(input.window)
  const viewer = useViewerPort(input.widget.id)
  const moment = useMomentPort()
  const { clock } = useTravel()
  const t = useTranslations('timeTravel')
  const user = useUser()
  const tenantId = user.tenantId.id
  const values = useMemo(() => valuesPortOf(user), [user])
  return useMemo(
    () => ({
      alarms,
      board,
      commands,
      content,
      cursor,
      links,
      moment,
      time,
      entities,
      events: eventsPortOf(tenantId),
      files: filesPort,
      tiles: tilesPort,
      values,
      viewer,
      ...(functions ? { functions } : {}),
      ...(clock ? withoutDeeds({ alarms, commands, values }, t('refused')) : {}),
    }),
    [
      alarms,
      board,
      commands,
      content,
      cursor,
      entities,
      links,
      time,
      functions,
      tenantId,
      viewer,
      moment,
      clock,
      t,
      values,
    ],
  )
}

const unitSystem = () => (typeof window === 'undefined' ? 'METRIC' : systemOfViewer(navigator.language, viewerZone()))

/** The host of one widget, and what code of its actions is to be run. */
export const useHost = (input: HostInput): Omit<ActionsHost, 'actions'> & { host: WidgetHost } => {
  const locale = useLocale()
  const ports = usePorts(input)
  const others = useMemo(() => idleHost({ locale, unitSystem: unitSystem(), ...ports }), [locale, ports])
  const { actions, code, endCode } = useActionsPort(input.widget, others)
  const host = useMemo(() => ({ ...others, actions }), [others, actions])
  return { host, code, endCode }
}
