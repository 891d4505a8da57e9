import type { WidgetSettings } from './own-view.ts'

/** What the viewer has set about widgets of a board: orders and columns of tables. Told to whoever listens. */
export type ViewerSettings = {
  get: () => WidgetSettings
  set: (widgetId: string, name: string, value: unknown) => void
  /** As it was kept, or as everybody sees it. */
  reset: (settings: WidgetSettings) => void
  listen: (changed: () => void) => () => void
}

export const createViewerSettings = (kept: WidgetSettings): ViewerSettings => {
  let now = kept
  const listeners = new Set<() => void>()
  const put = (next: WidgetSettings) => {
    now = next
    for (const listener of listeners) listener()
  }
  return {
    get: () => now,
    set: (widgetId, name, value) => put({ ...now, [widgetId]: { ...now[widgetId], [name]: value } }),
    reset: put,
    listen: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
}
