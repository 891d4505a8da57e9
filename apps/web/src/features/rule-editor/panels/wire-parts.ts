import type { RuleChainView } from '@/api/rule-chains.ts'
import type { ComponentType } from 'react'
import { WireMessages } from '../live/wire-messages.tsx'
import type { DocWire } from '../model/document.ts'

type WirePartProps = { wire: DocWire; chain: RuleChainView }

/** Parts of the wire panel that come from other folders; the title is a key of `chainPanels`. */
export const wireParts: readonly { title: 'messages'; Part: ComponentType<WirePartProps> }[] = [
  { title: 'messages', Part: WireMessages },
]
