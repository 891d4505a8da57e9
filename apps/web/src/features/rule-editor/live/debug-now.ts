import type { DebugSettings } from '@thingwire/contracts'
import type { History } from '@thingwire/editing'
import type { ChainMetadata } from '@/api/rule-chains.ts'
import type { ChainDocument } from '../model/document.ts'
import type { Edit } from '../model/edits.ts'

/** What the running nodes are to keep as debug events from now on. */
export type DebugWish = 'failures' | 'all' | 'off'

const wishes: Readonly<Record<DebugWish, (known: DebugSettings | null) => DebugSettings>> = {
  failures: () => ({ failuresEnabled: true, allEnabled: false, allEnabledUntil: 0 }),
  // The server makes of it the time that the tenant may have.
  all: (known) => ({ failuresEnabled: known?.failuresEnabled ?? false, allEnabled: true, allEnabledUntil: 0 }),
  off: () => ({ failuresEnabled: false, allEnabled: false, allEnabledUntil: 0 }),
}

/** The published chain, as it is to be saved, with these nodes debugged otherwise; null `nodeIds`: all of them. */
export const withDebugWish = (
  metadata: ChainMetadata,
  nodeIds: ReadonlySet<string> | null,
  wish: DebugWish,
): ChainMetadata => ({
  ...metadata,
  nodes: metadata.nodes.map((node) =>
    nodeIds === null || (node.id && nodeIds.has(node.id.id))
      ? { ...node, debugSettings: wishes[wish](node.debugSettings ?? null) }
      : node,
  ),
})

/** What the server has made of it, by node. */
export const debugOf = (metadata: ChainMetadata): ReadonlyMap<string, DebugSettings> =>
  new Map(metadata.nodes.flatMap(({ id, debugSettings }) => (id && debugSettings ? [[id.id, debugSettings]] : [])))

const isSame = (a: DebugSettings, b: DebugSettings) =>
  a.failuresEnabled === b.failuresEnabled && a.allEnabled === b.allEnabled && a.allEnabledUntil === b.allEnabledUntil

/** Takes over how these nodes are debugged. */
export const takeDebug =
  (debug: ReadonlyMap<string, DebugSettings>): Edit =>
  (document) => {
    const changed = Object.values(document.nodes).flatMap((node) => {
      const now = debug.get(node.id)
      return now && !isSame(now, node.debug) ? [[node.id, { ...node, debug: now }] as const] : []
    })
    return changed.length === 0
      ? document
      : { ...document, nodes: { ...document.nodes, ...Object.fromEntries(changed) } }
  }

/**
 * The edit in every document that undo and redo lead to: it has happened to the running chain, so it is no step to take
 * back. What was the same document stays the same one.
 */
export const throughHistory = (
  history: History<ChainDocument>,
  published: ChainDocument,
  edit: Edit,
): { history: History<ChainDocument>; published: ChainDocument } => {
  const known = new Map<ChainDocument, ChainDocument>()
  const of = (document: ChainDocument) => {
    const made = known.get(document) ?? edit(document)
    known.set(document, made)
    return made
  }
  const steps = (all: History<ChainDocument>['past']) =>
    all.map((step) => ({ ...step, before: of(step.before), after: of(step.after) }))
  return {
    history: { ...history, present: of(history.present), past: steps(history.past), future: steps(history.future) },
    published: of(published),
  }
}
