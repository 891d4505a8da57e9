import { AppError } from '@thingwire/contracts'
import type { CompiledChain, CompiledNode } from './compile-chain.ts'
import { errorText, type NodeContext, type NodeHandler } from './node.ts'
import { passBy } from './pass-by.ts'
import type { HandlerRegistry } from './registry.ts'

/**
 * A node that could not start keeps its reason: messages that reach it fail with that text. `mayPass`: another start
 * could go well without any change of the chain.
 */
export type NodeInstance =
  | { state: 'ready'; handler: NodeHandler }
  | { state: 'failed'; reason: string; mayPass?: true }

/** What is not said by the chain itself. */
export type NodeSurroundings = Omit<NodeContext, 'isConnected' | 'suspended' | 'queueName'> &
  Partial<Pick<NodeContext, 'suspended'>>

/** Creates the handlers of a chain, in index order. One node that cannot start does not keep the others from it. */
export const startNodes = (
  chain: CompiledChain,
  handlers: HandlerRegistry,
  contextOf: (node: CompiledNode) => NodeSurroundings,
): Promise<NodeInstance[]> => Promise.all(chain.nodes.map((node) => startNode(node, handlers, contextOf)))

/** Creates the handler of one node; what keeps it from starting is an answer. */
export const startNode = async (
  node: CompiledNode,
  handlers: HandlerRegistry,
  contextOf: (node: CompiledNode) => NodeSurroundings,
): Promise<NodeInstance> => {
  if (node.bypass) return { state: 'ready', handler: passBy(node, node.bypass) }
  if (node.problem !== null) return { state: 'failed', reason: node.problem }
  const factory = handlers.get(node.manifest.type)
  if (!factory) return { state: 'failed', reason: `This process has no handler for node type ${node.type}` }
  try {
    return { state: 'ready', handler: await factory.create(node.config, contextFor(node, contextOf(node))) }
  } catch (error) {
    // An error of our catalogue says who must act; any other is taken for a moment's trouble.
    const isLasting = error instanceof AppError && error.act !== 'environment'
    return { state: 'failed', reason: errorText(error), ...(!isLasting && { mayPass: true }) }
  }
}

const contextFor = (node: CompiledNode, surroundings: NodeSurroundings): NodeContext => ({
  suspended: () => {},
  ...surroundings,
  queueName: node.queueName,
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
