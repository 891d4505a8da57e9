import type { DashboardWidget } from '@thingwire/dashboards'
import { type ValueSource, valueSourcesIn, type WidgetManifest } from '@thingwire/widgets/manifests'

/** A fully qualified name as manifests have it. */
export const plainName = ({ typeFullFqn }: Pick<DashboardWidget, 'typeFullFqn'>): string =>
  typeFullFqn.replace(/^(system|tenant)\./, '')

/** The settings of a widget as its view gets them: brought up to date, and complete. */
export const settingsOf = (
  widget: Pick<DashboardWidget, 'settings' | 'typeFullFqn'>,
  manifest: WidgetManifest,
): unknown => {
  const stored = { ...widget.settings }
  return manifest.settings.parse(manifest.upgrade?.(stored, plainName(widget)) ?? stored)
}

const ofKeys = (widget: DashboardWidget, { keySettings, upgradeKey }: WidgetManifest): unknown[] =>
  keySettings === undefined
    ? []
    : widget.datasources
        .flatMap(({ dataKeys, latestDataKeys }) => [...dataKeys, ...latestDataKeys])
        .map(({ settings }) => keySettings.safeParse(upgradeKey?.({ ...settings }) ?? settings).data)

/** Whose newest values the settings of a widget and of its keys refer to, each once. */
export const sourcesAskedBy = (widget: DashboardWidget, manifest: WidgetManifest): ValueSource[] => {
  const all = valueSourcesIn([settingsOf(widget, manifest), ofKeys(widget, manifest)])
  const nameOf = (one: ValueSource) =>
    JSON.stringify(
      one.type === 'latestKey'
        ? [one.latestKeyType, one.latestKey]
        : [one.entityKeyType, one.entityAlias, one.entityKey],
    )
  return [...new Map(all.map((one) => [nameOf(one), one])).values()]
}
