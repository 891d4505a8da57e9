import type { Message } from '@thingwire/contracts'
import type { z } from 'zod'
import type { Ports } from './ports.ts'

export const nodeCategories = ['filter', 'enrichment', 'transformation', 'action', 'external', 'flow'] as const
export type NodeCategory = (typeof nodeCategories)[number]

/**
 * Everything about a node that is data. It runs anywhere: the import, the editor's form and palette, the docs page and
 * the conformance tests all read it; nothing in it may touch the server.
 */
export type NodeManifest<C extends z.ZodType = z.ZodType, Label extends string = string> = {
  /** Our name, kebab-case, equal to the folder's. */
  type: string
  /** ThingsBoard's full Java class name: the discriminator in its files, kept on export. */
  className: string
  name: string
  /** One sentence, shown in palette and drawer. */
  description: string
  category: NodeCategory
  /** A lucide icon name. */
  icon: string
  configVersion: number
  config: C
  /** What a newly dropped node gets. */
  defaults: z.input<C>
  /** Labels the node can emit; `Failure` is implicit and never listed. */
  connections: readonly Label[] | 'custom'
  /** Steps `from version → from + 1`, by the version they start at; every version below configVersion has one. */
  upgrades: Readonly<Record<number, (config: Record<string, unknown>) => Record<string, unknown>>>
  /** Set when the node needs a part of the product that is not there yet: it imports, shows this, and fails messages with it. */
  needs?: string
  hasQueueName?: boolean
  hasInput?: boolean
}

/** Infers the config and label types of a manifest. */
export const defineNode = <C extends z.ZodType, const Label extends string>(manifest: NodeManifest<C, Label>) =>
  manifest

/** Where one message leaves a node. */
export type Departure<C extends string = string> =
  | { message: Message; connection: C }
  | { message: Message; connection: 'Failure'; error: string }

/**
 * A live node. One call gets all messages that reached it together, in order; a message for which no departure is
 * returned ends here and is acknowledged. One failing message must not fail its neighbours: report it as a `Failure`
 * departure. A throw fails every message of the call.
 */
export type NodeHandler<C extends string = string> = {
  handle(batch: readonly Message[], signal: AbortSignal): Departure<C>[] | Promise<Departure<C>[]>
  stop?(): Promise<void>
}

export type NodeContext = {
  tenantId: string
  ruleChainId: string
  nodeId: string
  nodeName: string
  ports: Ports
}

/** The server half of a node: constructing must have no effect; `create` may throw an AppError for a config it cannot run. */
export type NodeHandlerFactory<M extends NodeManifest = NodeManifest> = {
  manifest: M
  create(config: z.output<M['config']>, context: NodeContext): NodeHandler | Promise<NodeHandler>
}

export const defineHandler = <M extends NodeManifest>(
  manifest: M,
  create: NodeHandlerFactory<M>['create'],
): NodeHandlerFactory<M> => ({ manifest, create })

/** Most nodes look at one message at a time. A throw becomes the `Failure` of that message alone. */
export const perMessage = <C extends string>(one: (message: Message) => Departure<C>[]): NodeHandler<C> => ({
  handle: (batch) =>
    batch.flatMap((message): Departure<C>[] => {
      try {
        return one(message)
      } catch (error) {
        return [{ message, connection: 'Failure', error: errorText(error) }]
      }
    }),
})

export const errorText = (error: unknown): string =>
  error instanceof Error ? error.message || error.constructor.name : String(error)
