import { findManifest } from '../catalogue.ts'
import type { ChainDocument, DocNode } from '../model/document.ts'

export type OfferedLabels = {
  /** Those that nothing leaves by yet come first. */
  labels: readonly string[]
  /** Those that nothing leaves by yet. */
  free: readonly string[]
  /** Whether others can be typed. */
  isFree: boolean
}

const failure = 'Failure'

/** Labels that leave a node in the document, without those of one wire. */
const takenFrom = (document: ChainDocument, from: string, except: string | null): ReadonlySet<string> =>
  new Set(
    Object.entries(document.wires).flatMap(([id, wire]) => (wire.from === from && id !== except ? wire.labels : [])),
  )

/** What a wire from a node can be labelled with. `called`: labels that come back from the chain that the node calls. */
export const offeredLabels = (
  document: ChainDocument,
  node: DocNode,
  { called = [], except = null }: { called?: readonly string[]; except?: string | null } = {},
): OfferedLabels => {
  const manifest = findManifest(node.className)
  const isFree = !manifest || manifest.connections === 'custom'
  const taken = takenFrom(document, node.id, except)
  const own = !manifest || manifest.connections === 'custom' ? [...called, 'Success'] : manifest.connections
  const used = document.wires[except ?? '']?.labels ?? []
  const labels = [...new Set([...own, failure, ...(isFree ? taken : []), ...used])]
  const free = labels.filter((label) => !taken.has(label))
  return { labels: [...free, ...labels.filter((label) => taken.has(label))], free, isFree }
}

const preferred = ['Success', 'True', 'Created', 'Post telemetry']

/** The label that the next wire from such a node most likely has. */
export const likelyLabel = ({ labels, free }: OfferedLabels): string | null => {
  const from = free.some((label) => label !== failure) ? free : labels
  return preferred.find((label) => from.includes(label)) ?? from[0] ?? null
}

/** The label that a node goes on by when nothing else is said; null: it sends nothing on. */
export const usualLabel = (className: string): string | null => {
  const manifest = findManifest(className)
  if (!manifest || manifest.connections === 'custom') return 'Success'
  return preferred.find((label) => manifest.connections.includes(label)) ?? manifest.connections[0] ?? null
}
