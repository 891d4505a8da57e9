'use client'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { useLiveClient } from '@/live/live-provider.tsx'
import { useUser } from '@/session/session-provider.tsx'
import { useFunctionsPort } from '../host/functions/functions-provider.tsx'
import { useTravel } from '../scrubber/travel-context.ts'
import { askSeries } from './ask-series.ts'
import { createDataRuntime, type DataRuntime } from './data-runtime.ts'
import type { EntityPicks } from './resolve.ts'

type DashboardData = { runtime: DataRuntime | null; picks: EntityPicks }

const DataContext = createContext<DashboardData | null>(null)

const noFunctions: WidgetHost['functions'] = {
  callMany: async (_code, _names, calls) => calls.map(() => ({ ok: false, message: 'There is no sandbox here' })),
}
const noPicks: EntityPicks = {}

const nextFrame = (run: () => void) => {
  // Frames stop in a hidden tab.
  if (document.hidden) setTimeout(run, 250)
  else requestAnimationFrame(run)
}

/**
 * What the widgets of one board share of their data: equal questions are asked once. It stands within the board's
 * functions.
 * @param picks the entities that the viewer took, by the id of the alias
 */
export const DashboardDataProvider = ({ picks = noPicks, children }: { picks?: EntityPicks; children: ReactNode }) => {
  const client = useLiveClient()
  const functions = useFunctionsPort() ?? noFunctions
  const { clock } = useTravel()
  const userId = useUser().id.id
  const runtime = useMemo(() => {
    if (!client) return null
    const past = clock ? { at: () => clock.get().ts, listen: clock.listen } : undefined
    return createDataRuntime({ client, ask: askSeries, functions, userId, nextFrame, past })
  }, [client, functions, userId, clock])
  const value = useMemo(() => ({ runtime, picks }), [runtime, picks])
  return <DataContext value={value}>{children}</DataContext>
}

export const useDashboardData = (): DashboardData => {
  const data = use(DataContext)
  if (!data) throw new Error('There is no DashboardDataProvider around')
  return data
}
