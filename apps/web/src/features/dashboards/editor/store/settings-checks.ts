import { type EditedDashboard, valueAt, type WidgetChecks, widgetOf } from '@thingwire/dashboards/edit'
import { findWidget, type WidgetManifest, type WrongSetting, wrongSettings } from '@thingwire/widgets/manifests'
import { type Json, jsonOf } from '../side/json.ts'

const keysIn = (list: unknown): readonly Json[] => (Array.isArray(list) ? list.map(jsonOf) : [])

const ofWidget = (widget: Json, manifest: WidgetManifest): readonly WrongSetting[] => {
  const config = jsonOf(widget.config)
  const { settings, keySettings, upgradeKey } = manifest
  const fqn = typeof widget.typeFullFqn === 'string' ? widget.typeFullFqn.replace(/^(system|tenant)\./, '') : ''
  const { upgrade } = manifest
  const own = wrongSettings(jsonOf(config.settings), settings, upgrade && ((stored) => upgrade(stored, fqn)))
  const sources = Array.isArray(config.datasources) ? config.datasources : []
  const ofKeys =
    keySettings === undefined
      ? []
      : sources.flatMap((source, at) =>
          keysIn(jsonOf(source).dataKeys).flatMap((key, index) =>
            wrongSettings(jsonOf(key.settings), keySettings, upgradeKey).map(({ path, value }) => ({
              path: ['datasources', at, 'dataKeys', index, 'settings', ...path],
              value,
            })),
          ),
        )
  return [...own.map(({ path, value }) => ({ path: ['settings', ...path], value })), ...ofKeys]
}

/** A widget that did not change has the same problems, and few change at a time. */
const known = new WeakMap<Json, readonly WrongSetting[]>()
const wrongIn = (widget: Json): readonly WrongSetting[] => {
  const before = known.get(widget)
  if (before) return before
  const manifest = typeof widget.typeFullFqn === 'string' ? findWidget(widget.typeFullFqn) : undefined
  const found = manifest ? ofWidget(widget, manifest) : []
  known.set(widget, found)
  return found
}

/** Places that say nothing to people. */
const quiet = new Set(['settings', 'datasources', 'dataKeys'])

/** Settings that are not taken as they are. What is published so already keeps nobody from publishing. */
export const settingsChecks =
  (published: EditedDashboard): NonNullable<WidgetChecks['settingsOf']> =>
  (id, widget) => {
    const wrong = wrongIn(widget)
    const before = jsonOf(widgetOf(published.configuration, id)?.config)
    return wrong.map(({ path, value }) => ({
      path,
      message:
        `${path.filter((name) => typeof name === 'string' && !quiet.has(name)).join(' › ')}: ${String(value)}`.slice(
          0,
          200,
        ),
      severity: valueAt(before, path) === value ? 'warning' : 'error',
    }))
  }
