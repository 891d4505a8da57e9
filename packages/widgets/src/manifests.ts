import { latestValuesTable } from './latest-values-table/manifest.ts'
import { rpcSwitch } from './rpc-switch/manifest.ts'
import { timeSeriesChart } from './time-series-chart/manifest.ts'
import { valueCard } from './value-card/manifest.ts'
import type { WidgetManifest } from './widget.ts'

export type { ControlPlan, ControlProblem, ControlRead, ControlState, ControlWrite } from './control.ts'
export type {
  WidgetCase,
  WidgetManifest,
  WidgetSeries,
  WidgetState,
  WidgetTexts,
  WidgetView,
  WidgetViewProps,
} from './widget.ts'

/** Every widget there is. A new one is a folder, a line here and a line in views.ts. */
export const widgetManifests: readonly WidgetManifest[] = [timeSeriesChart, valueCard, latestValuesTable, rpcSwitch]

/** `system.cards.value_card` and `cards.value_card` are one widget; so is our own `value-card`. */
export const findWidget = (typeFullFqn: string): WidgetManifest | undefined => {
  const name = typeFullFqn.replace(/^(system|tenant)\./, '')
  return widgetManifests.find((manifest) => manifest.type === name || manifest.fqns.includes(name))
}
