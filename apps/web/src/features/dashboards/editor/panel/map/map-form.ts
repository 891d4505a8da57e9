import { mapFormOf, type WidgetManifest } from '@thingwire/widgets/manifests'
import type { z } from 'zod'

const maps = ['map', 'image-map', 'trip-map', 'route-map']

export const isMap = ({ type }: Pick<WidgetManifest, 'type'>): boolean => maps.includes(type)

export const spaceOf = ({ type }: Pick<WidgetManifest, 'type'>): 'geo' | 'image' =>
  type === 'image-map' ? 'image' : 'geo'

/** What the settings form of a widget shows: of a map not its layers, which are with its sources. */
export const settingsFormOf = (manifest: WidgetManifest): z.ZodType =>
  isMap(manifest) ? mapFormOf(spaceOf(manifest), manifest.type === 'trip-map') : manifest.settings
