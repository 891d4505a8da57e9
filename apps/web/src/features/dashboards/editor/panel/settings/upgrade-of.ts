import type { WidgetManifest } from '@thingwire/widgets/manifests'
import type { Json } from '../../side/json.ts'

const made = new WeakMap<WidgetManifest, Map<string, (stored: Json) => Json>>()

/** How settings of a widget of this name become today's; always the same function, so that what it makes can be kept. */
export const upgradeOf = (manifest: WidgetManifest, typeFullFqn: string): ((stored: Json) => Json) | undefined => {
  const { upgrade } = manifest
  if (!upgrade) return undefined
  const fqn = typeFullFqn.replace(/^(system|tenant)\./, '')
  const byName = made.get(manifest) ?? new Map<string, (stored: Json) => Json>()
  made.set(manifest, byName)
  const known = byName.get(fqn) ?? ((stored: Json) => upgrade(stored, fqn))
  byName.set(fqn, known)
  return known
}
