'use client'
import { useEditor } from '../store/use-editor.ts'
import type { RuleChainView } from '@/api/rule-chains.ts'
import type { DocWire } from '../model/document.ts'
import { MessageList } from './message-list.tsx'
import { NotPublished } from './not-published.tsx'
import { useSamples } from './use-samples.ts'

/** What lately went along a wire of the running chain. */
export const WireMessages = ({ wire, chain }: { wire: DocWire; chain: RuleChainView }) => {
  const isThere = useEditor(({ published }) => published.nodes[wire.from] !== undefined)
  return isThere ? <Messages wire={wire} chain={chain} /> : <NotPublished />
}

const Messages = ({ wire, chain }: { wire: DocWire; chain: RuleChainView }) => (
  <MessageList samples={useSamples(chain.id.id, wire.from, wire.labels)} nodeId={wire.to} />
)
