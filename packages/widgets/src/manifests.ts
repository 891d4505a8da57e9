import { absenceOf } from './registry/absent.ts'
import { widgetAliases } from './registry/aliases.ts'
import { cards } from './registry/cards.ts'
import { charts } from './registry/charts.ts'
import { content } from './registry/content.ts'
import { controlWidgets } from './registry/control-widgets.ts'
import type { WidgetFamily } from './registry/family.ts'
import { gauges } from './registry/gauges.ts'
import { inputWidgets } from './registry/input-widgets.ts'
import { maps } from './registry/maps.ts'
import { scada } from './registry/scada.ts'
import { tables } from './registry/tables.ts'
import type { WidgetManifest } from './widget.ts'

export type { ControlPlan, ControlProblem, ControlState, ControlValue } from './control.ts'
export type { CodeDocument, ContentPort, DashboardLinks } from './host/content.ts'
export type {
  ActionContext,
  AttributeValue,
  EntityPage,
  EntityPageRequest,
  EntityRow,
  FunctionResult,
  TileSource,
  WidgetHost,
} from './host/host.ts'
export { axisForm, thresholdForm } from './engines/chart/axis-settings.ts'
export { layerKeys, type LayerKind, layerSections } from './engines/map/layer-form.ts'
export { mapFormOf } from './engines/map/settings.ts'
export { entityKeyId } from './host/host.ts'
export { type AbsenceReason, absenceOf } from './registry/absent.ts'
export type { WidgetFamily } from './registry/family.ts'
export type { ValueSource } from './style/color-settings.ts'
export { type WrongSetting, wrongSettings } from './settings/wrong-settings.ts'
export { valueSourcesIn } from './style/value-sources.ts'
export { valueSettingsOf } from './widget.ts'
export type {
  TimeRange,
  ValueSetting,
  WidgetCase,
  WidgetEntity,
  WidgetManifest,
  WidgetSeries,
  WidgetState,
  WidgetTexts,
  WidgetView,
  WidgetViewProps,
} from './widget.ts'

export const widgetFamilies: readonly WidgetFamily[] = [
  charts,
  cards,
  gauges,
  tables,
  controlWidgets,
  inputWidgets,
  maps,
  content,
  scada,
]

/** Every widget there is. A new one is a folder, and a line in each of its family's two lists in registry/. */
export const widgetManifests: readonly WidgetManifest[] = widgetFamilies.flatMap((family) => family.widgets)

const byName = new Map(
  widgetManifests.flatMap((manifest) => [manifest.type, ...manifest.fqns].map((name) => [name, manifest] as const)),
)

const byLastPart = Map.groupBy(byName, ([name]) => name.split('.').at(-1) ?? '')

/** The one widget of that name, in whatever bundle. */
const inAnyBundle = (name: string): WidgetManifest | undefined => {
  const found = new Set(byLastPart.get(name.split('.').at(-1) ?? '')?.map(([, manifest]) => manifest))
  return found.size === 1 ? [...found][0] : undefined
}

/**
 * `system.cards.value_card` and `cards.value_card` are one widget; so is our own `value-card`. Types of the system were
 * also stored under a name with a number behind it when the first was taken, and moved from bundle to bundle; a
 * tenant's own type of such a name is something else.
 */
export const findWidget = (typeFullFqn: string): WidgetManifest | undefined => {
  const name = typeFullFqn.replace(/^(system|tenant)\./, '')
  const exact = byName.get(name) ?? byName.get(widgetAliases[name] ?? '')
  if (exact || typeFullFqn.startsWith('tenant.') || absenceOf(name) !== null) return exact
  const unnumbered = name.replace(/\d+$/, '')
  return byName.get(unnumbered) ?? inAnyBundle(name) ?? inAnyBundle(unnumbered)
}
