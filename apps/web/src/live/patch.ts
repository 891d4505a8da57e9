import type { AttributeScope, LivePoint } from '@thingwire/contracts'
import type { AttributeView } from '../api/telemetry.ts'
import type { LiveChange } from './live-client.ts'

export type Latest = Record<string, LivePoint>

/** A later answer of REST must not put an older value over a newer live one. */
export const mergeLatest = (known: Latest | undefined, incoming: Latest): Latest => {
  const merged: Latest = { ...known }
  for (const [key, point] of Object.entries(incoming)) {
    const present = merged[key]
    if (!present || point[0] >= present[0]) merged[key] = point
  }
  return merged
}

export const patchAttributes = (
  known: AttributeView[] | undefined,
  scope: AttributeScope,
  change: Extract<LiveChange, { kind: 'attributes' }>,
): AttributeView[] => {
  const byKey = new Map(known?.map((attribute) => [attribute.key, attribute]))
  for (const deleted of change.deleted) if (deleted.scope === scope) byKey.delete(deleted.key)
  for (const { key, ts, value, scope: changedScope } of change.changed) {
    if (changedScope === scope) byKey.set(key, { key, value, lastUpdateTs: ts })
  }
  return [...byKey.values()]
}
