import { keyColors } from '@thingwire/dashboards/edit'
import type { WidgetManifest } from '@thingwire/widgets/manifests'
import { isJson, type Json } from '../../side/json.ts'
import type { KeyOption, KeyType } from './key-options.ts'

/** The JSON of a new key, of a colour that its neighbours do not have. */
export const newKey = ({ name, type }: Pick<KeyOption, 'name' | 'type'>, neighbours: readonly Json[]): Json => {
  const taken = new Set(neighbours.map(({ color }) => color))
  return {
    name,
    type,
    label: name,
    color: keyColors.find((color) => !taken.has(color)) ?? keyColors[neighbours.length % keyColors.length],
    settings: {},
    ...(type === 'function'
      ? { funcBody: 'return Math.round(50 + 30 * Math.sin(time / 30000) + 5 * Math.random());' }
      : {}),
  }
}

export const keysIn = (list: unknown): readonly Json[] => (Array.isArray(list) ? list.filter(isJson) : [])

/** Kinds of keys that a source of a widget may have. */
export const typesFor = (source: Json, manifest: WidgetManifest, isBeside: boolean): readonly KeyType[] => {
  if (source.type === 'function') return ['function']
  if (manifest.data === 'alarms') return ['alarm', 'attribute', 'timeseries', 'entityField']
  // Attributes and fields have no history to draw.
  if (manifest.data === 'series' && !isBeside) return ['timeseries']
  return ['timeseries', 'attribute', 'entityField']
}
