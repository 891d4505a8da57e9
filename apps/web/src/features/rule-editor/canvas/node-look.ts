import type { NodeCategory, NodeManifest } from '@thingwire/rules'
import { findManifest, typeNameOf } from '../catalogue.ts'

/** What a node shows of its type. */
export type NodeLook = {
  typeName: string
  category: NodeCategory | 'unknown'
  icon: string
  hasInput: boolean
  hasOutput: boolean
  /** Why messages that reach it fail whatever is set, or null. */
  trouble: { kind: 'unknown' } | { kind: 'needs'; part: string } | null
}

const lookOfManifest = (manifest: NodeManifest): NodeLook => ({
  typeName: manifest.name,
  category: manifest.category,
  icon: manifest.icon,
  hasInput: manifest.hasInput !== false,
  hasOutput: manifest.connections === 'custom' || manifest.connections.length > 0,
  trouble: manifest.needs ? { kind: 'needs', part: manifest.needs } : null,
})

const looks = new Map<string, NodeLook>()

/** The same object for the same type, so that it can be compared. */
export const lookOf = (className: string): NodeLook => {
  const known = looks.get(className)
  if (known) return known
  const manifest = findManifest(className)
  const look: NodeLook = manifest
    ? lookOfManifest(manifest)
    : {
        typeName: typeNameOf(className),
        category: 'unknown',
        icon: 'unknown',
        hasInput: true,
        hasOutput: true,
        trouble: { kind: 'unknown' },
      }
  looks.set(className, look)
  return look
}
