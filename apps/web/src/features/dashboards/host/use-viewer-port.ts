'use client'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import { useMemo, useSyncExternalStore } from 'react'
import { useUser } from '@/session/session-provider.tsx'
import { type Board, useBoard } from '../board/board-context.ts'

/** Who looks, and what they set about one widget: for this visit, and for good where they keep it. */
export const useViewerPort = (widgetId: string): WidgetHost['viewer'] => {
  const { viewerSettings } = useBoard()
  const { id: userId, authority, tenantId, customerId } = useUser()
  return useMemo(
    () => ({
      user: { userId, authority, tenantId, customerId },
      useSetting: settingHook(viewerSettings, widgetId),
    }),
    [viewerSettings, widgetId, userId, authority, tenantId, customerId],
  )
}

const settingHook = (settings: Board['viewerSettings'], widgetId: string) => {
  const useSetting: WidgetHost['viewer']['useSetting'] = (name) => {
    const read = () => settings.get()[widgetId]?.[name]
    const value = useSyncExternalStore(settings.listen, read, read)
    const set = useMemo(() => (next: unknown) => settings.set(widgetId, name, next), [name])
    return [value, set]
  }
  return useSetting
}
