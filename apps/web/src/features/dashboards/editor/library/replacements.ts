import type { Suggestion } from '@thingwire/dashboards/edit'
import { findWidget, type WidgetManifest } from '@thingwire/widgets/manifests'

/** What has the same kind of sources can take another's. */
const kindOf = ({ data }: WidgetManifest): 'values' | 'alarms' | 'control' | 'none' =>
  data === 'latest' || data === 'series' || data === 'page' ? 'values' : data

/**
 * What a widget may become: those of the same kind of sources, the suggested ones first, then those that read their data in
 * the same way.
 */
export const replacements = (
  current: WidgetManifest | null,
  all: readonly WidgetManifest[],
  suggestions: readonly Pick<Suggestion, 'typeFullFqn'>[],
): readonly WidgetManifest[] => {
  const suggested = suggestions.map(({ typeFullFqn }) => findWidget(typeFullFqn)?.type)
  const rankOf = (manifest: WidgetManifest): number => {
    const place = suggested.indexOf(manifest.type)
    if (place !== -1) return place
    return suggested.length + (manifest.data === current?.data ? 0 : 1)
  }
  return all
    .filter((one) => one !== current && (current === null || kindOf(one) === kindOf(current)))
    .toSorted((a, b) => rankOf(a) - rankOf(b))
}
