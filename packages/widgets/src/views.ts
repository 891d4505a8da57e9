import { type ComponentType, lazy } from 'react'
import type { WidgetView, WidgetViewProps } from './widget.ts'

export { WidgetNotice } from './notice.tsx'

/** The host has parsed the settings by the manifest of the same type, so a view may rely on their shape. */
const untyped = <S>(view: WidgetView<S>) => ({ default: view as ComponentType<WidgetViewProps<unknown>> })

export const widgetViewLoaders: Readonly<
  Record<string, () => Promise<{ default: ComponentType<WidgetViewProps<unknown>> }>>
> = {
  'time-series-chart': async () => untyped((await import('./time-series-chart/view.tsx')).TimeSeriesChart),
  'value-card': async () => untyped((await import('./value-card/view.tsx')).ValueCard),
  'rpc-switch': async () => untyped((await import('./rpc-switch/view.tsx')).RpcSwitch),
  'latest-values-table': async () => untyped((await import('./latest-values-table/view.tsx')).LatestValuesTable),
}

/** Views by widget type, each in a chunk of its own that is fetched when a board first needs it. */
export const widgetViews: Readonly<Record<string, ComponentType<WidgetViewProps<unknown>>>> = Object.fromEntries(
  Object.entries(widgetViewLoaders).map(([type, load]) => [type, lazy(load)]),
)
