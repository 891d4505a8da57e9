import { type DashboardDocument, readDashboard } from '@thingwire/dashboards'
import { findWidget } from '@thingwire/widgets/manifests'
import { preloadView } from '@thingwire/widgets/views'
import { peekEarlyDashboard } from '../../../api/early-dashboard.ts'

type Read = ReturnType<typeof readDashboard>
const known = new WeakMap<object, Read>()

/** What a dashboard holds; the same object is read once. */
export const readOnce = (configuration: unknown): Read => {
  if (typeof configuration !== 'object' || configuration === null) return readDashboard(configuration)
  const read = known.get(configuration) ?? readDashboard(configuration)
  known.set(configuration, read)
  return read
}

/** Types of the widgets that a dashboard shows first. */
const firstTypes = ({ states, rootStateId, widgets }: DashboardDocument): ReadonlySet<string> => {
  const layouts = states.get(rootStateId)?.layouts
  const items = [...(layouts?.main.items ?? []), ...(layouts?.right?.items ?? [])]
  return new Set(items.flatMap(({ widgetId }) => findWidget(widgets.get(widgetId)?.typeFullFqn ?? '')?.type ?? []))
}

/** Begins to load the code of the widgets that a dashboard shows first. */
export const loadViewsOf = (configuration: unknown): void => {
  for (const type of firstTypes(readOnce(configuration).document)) preloadView(type)
}

/** The same for the dashboard that the page was opened for, while the page itself is still put together. */
export const loadFirstViews = async (pathname: string): Promise<void> => {
  const id = /^\/dashboards\/([^/]+)$/.exec(pathname)?.[1]
  const dashboard = id === undefined ? null : await peekEarlyDashboard(id)
  if (dashboard) loadViewsOf(dashboard.configuration)
}
