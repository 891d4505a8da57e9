import type { RuleChainView } from '@/api/rule-chains.ts'
import type { NodeManifest } from '@thingwire/rules'
import type { ComponentType } from 'react'
import { NodeMessages } from '../live/node-messages.tsx'
import type { DocNode } from '../model/document.ts'
import { scriptOfClass } from '../scripts/script-kinds.ts'
import { ScriptTestTab } from '../scripts/test-panel.tsx'
import type { NodeTabId } from './node-tab-ids.ts'

export { type NodeTabId, nodeTabIds } from './node-tab-ids.ts'
export type NodeTabProps = { node: DocNode; chain: RuleChainView }

/** Parts of the node panel that come from other folders, in the place that `nodeTabIds` gives them. */
export const extraTabs: Partial<
  Record<NodeTabId, { Tab: ComponentType<NodeTabProps>; isFor?: (manifest: NodeManifest | undefined) => boolean }>
> = {
  messages: { Tab: NodeMessages },
  test: { Tab: ScriptTestTab, isFor: (manifest) => scriptOfClass(manifest?.className ?? '') !== null },
}
