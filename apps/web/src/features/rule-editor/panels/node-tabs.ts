import type { RuleChainView } from '@/api/entities.ts'
import type { NodeManifest } from '@thingwire/rules'
import type { ComponentType } from 'react'
import type { DocNode } from '../model/document.ts'
import { scriptOfClass } from '../scripts/script-kinds.ts'
import { ScriptTestTab } from '../scripts/test-panel.tsx'

export type NodeTabProps = { node: DocNode; chain: RuleChainView }

export const nodeTabIds = ['settings', 'messages', 'test', 'help'] as const
export type NodeTabId = (typeof nodeTabIds)[number]

/** Parts of the node panel that come from other folders, in the place that `nodeTabIds` gives them. */
export const extraTabs: Partial<
  Record<NodeTabId, { Tab: ComponentType<NodeTabProps>; isFor?: (manifest: NodeManifest | undefined) => boolean }>
> = {
  test: { Tab: ScriptTestTab, isFor: (manifest) => scriptOfClass(manifest?.className ?? '') !== null },
}
