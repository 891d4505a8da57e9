import type { CompiledChain, CompiledNode } from './compile-chain.ts'
import { errorText, type NodeContext, type NodeHandler } from './node.ts'
import type { HandlerRegistry } from './registry.ts'

/** A node that could not start keeps its reason: messages that reach it fail with that text. */
export type NodeInstance = { state: 'ready'; handler: NodeHandler } | { state: 'failed'; reason: string }

/** What is not said by the chain itself. */
export type NodeSurroundings = Omit<NodeContext, 'isConnected'>

/** Creates the handlers of a chain, in index order. One node that cannot start does not keep the others from it. */
export const startNodes = (
  chain: CompiledChain,
  handlers: HandlerRegistry,
  contextOf: (node: CompiledNode) => NodeSurroundings,
): Promise<NodeInstance[]> => Promise.all(chain.nodes.map((node) => startNode(node, handlers, contextOf)))

const startNode = async (
  node: CompiledNode,
  handlers: HandlerRegistry,
  contextOf: (node: CompiledNode) => NodeSurroundings,
): Promise<NodeInstance> => {
  if (node.problem !== null) return { state: 'failed', reason: node.problem }
  const factory = handlers.get(node.manifest.type)
  if (!factory) return { state: 'failed', reason: `This process has no handler for node type ${node.type}` }
  try {
    return { state: 'ready', handler: await factory.create(node.config, contextFor(node, contextOf(node))) }
  } catch (error) {
    return { state: 'failed', reason: errorText(error) }
  }
}

const contextFor = (node: CompiledNode, surroundings: NodeSurroundings): NodeContext => ({
  ...surroundings,
  isConnected: (label) => node.connections.has(label.toLowerCase()),
})

/** Stops all handlers; resolves with the errors of those that could not stop cleanly. */
export const stopNodes = async (instances: readonly NodeInstance[]): Promise<unknown[]> => {
  const stops = instances.map(async (instance) => {
    if (instance.state === 'ready') await instance.handler.stop?.()
  })
  const results = await Promise.allSettled(stops)
  return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
}
