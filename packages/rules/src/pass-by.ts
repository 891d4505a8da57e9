import { nodeExtrasSchema, type RuleNode } from '@thingwire/contracts'
import type { CompiledNode } from './compile-chain.ts'
import type { NodeHandler } from './node.ts'

/** Messages pass the node by along this label; null: they end there. */
export type Bypass = { label: string | null }

/** Whether a node is switched off, as its `additionalInfo` says. */
export const bypassOf = ({ additionalInfo }: Pick<RuleNode, 'additionalInfo'>): Bypass | null => {
  const extras = nodeExtrasSchema.safeParse(additionalInfo ?? {})
  return (extras.success && extras.data.bypass) || null
}

/** How the messages of nodes to themselves are called (as ThingsBoard). */
const selfMessageEnd = '_SELF_MSG'

/**
 * Takes the place of a node that is switched off: the node itself is never made. What it had sent to itself before has
 * nothing to do any more and ends here.
 */
export const passBy = ({ id }: Pick<CompiledNode, 'id'>, { label }: Bypass): NodeHandler<string> => ({
  handle: (batch) => {
    if (label === null) return []
    return batch.flatMap((message) =>
      message.ruleNodeId === id && message.type.endsWith(selfMessageEnd) ? [] : [{ message, connection: label }],
    )
  },
})
