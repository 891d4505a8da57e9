import { AppError, type Message } from '@thingwire/contracts'
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
  /** Of those the ones that nodes of ThingsBoard can be wired by, and that no message takes here. */
  neverTaken?: readonly Label[]
  /** Labels that nodes of earlier versions had, and which of today's each became. */
  formerLabels?: Readonly<Record<string, Label>>
  /** Steps `from version → from + 1`, by the version they start at; every version below configVersion has one. */
  upgrades: Readonly<Record<number, (config: Record<string, unknown>) => Record<string, unknown>>>
  /** Set when the node needs a part of the product that is not there yet: it imports, shows this, and fails messages with it. */
  needs?: string
  /** Set when the node keeps a message and goes on with a message of its own, once the answer is there. */
  answersLater?: true
  /**
   * Set when the node goes on with a message of its own from a copy that it keeps outside: what it gets then carries which
   * calls wait for it and how many nodes it has passed, so that the copy finds its way back.
   */
  keepsCopies?: true
  /** Set when the node has work without any message: its chain is started with the platform. */
  worksAlone?: true
  hasQueueName?: boolean
  hasInput?: boolean
}

/** Infers the config and label types of a manifest. */
export const defineNode = <C extends z.ZodType, const Label extends string>(manifest: NodeManifest<C, Label>) =>
  manifest

/**
 * Where one message leaves a node. It keeps the id of the message it came from: that is how the router knows whose
 * branch it is. When one message leaves several times, the router gives every branch an id and metadata of its own.
 *
 * - `stored`: the node has kept the message's data; its root message then counts as stored in the ledger.
 * - `acknowledged`: the message is done as far as its sender is concerned; what fails after this is not a dead letter.
 * - `callChain`: go to the first node of another chain; an output node there comes back to this one.
 * - `returnAs`: go back to the caller, which then emits this label; without a caller the message is finished.
 * - `queueName`: leave through that queue (null: the node's own, or that of the originator's profile) and go on there along
 *   Success. The message is done here as soon as its copy is durable; one that cannot be queued takes Failure.
 * - `hold`: not yet, but later; see there.
 * - `rateLimited`: refused for the moment by a limit on how often. Without a Failure connection that is no failure: it is
 *   neither tried again nor kept.
 */
export type Departure<C extends string = string> =
  | { message: Message; connection: C; stored?: true; acknowledged?: true }
  | { message: Message; connection: 'Failure'; error: string; rateLimited?: true }
  | { message: Message; queueName: string | null; hold?: Hold }
  | { message: Message; callChain: string }
  | { message: Message; returnAs: string }

/**
 * A message that leaves through a queue, but not yet. It is done here as soon as it is durable; when the node holds `most`
 * already, it takes Failure with `refusal`. Either until a time (epoch ms), or in a group, until the node lets it go
 * (`ports.gathered`): then a message of type `wakeType`, without data, comes to the node at `wakeAtMs` at the latest, and its
 * originator is that of the message.
 */
export type Hold = { most: number; refusal: string } & (
  | { untilMs: number }
  | { group: string; wakeAtMs: number; wakeType: string }
)

/**
 * A live node. One call gets all messages that reached it together, in order; a message for which no departure is
 * returned ends here and is acknowledged. One failing message must not fail its neighbours: report it as a `Failure`
 * departure. A throw fails every message of the call, except that of an AppError whose act is `environment` (a database
 * that is away): it leaves the router, which settles nothing, and the batch runs again later.
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
  /** The queue that the node names, of those that do. */
  queueName: string | null
  /** Whether anybody is wired to this label: what nobody waits for need not be made. */
  isConnected(label: string): boolean
  /**
   * The node cannot do its work for a while, or (null) it can again. This is for people to see: messages still come to the
   * node, which knows best when it is well again, and which fails them with its reason.
   */
  suspended(reason: string | null): void
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

/** Worth another try without any change of ours: must stop the batch instead of failing its messages. */
export const isEnvironmentError = (error: unknown): error is AppError =>
  error instanceof AppError && error.act === 'environment'

/** The Failure of a message for which a script has no answer. */
export const failure = (message: Message, answer: { ok: boolean; error?: string } | undefined) =>
  ({ message, connection: 'Failure', error: answer?.error ?? 'The script gave no answer' }) as const

/** Most nodes look at one message at a time. A throw becomes the `Failure` of that message alone. */
export const perMessage = <C extends string>(one: (message: Message) => Departure<C>[]): NodeHandler<C> => ({
  handle: (batch) =>
    batch.flatMap((message): Departure<C>[] => {
      try {
        return one(message)
      } catch (error) {
        if (isEnvironmentError(error)) throw error
        return [failureOf(message, error)]
      }
    }),
})

/** Refused by a limit on how often something may be done. */
const isRateLimit = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'RATE_LIMITED' || error.code === 'TOO_MANY_UPDATES')

/** The departure of a message that could not be handled because of `error`. */
export const failureOf = (message: Message, error: unknown): Departure<never> => ({
  message,
  connection: 'Failure',
  error: errorText(error),
  ...(isRateLimit(error) && { rateLimited: true }),
})

export const errorText = (error: unknown): string =>
  error instanceof Error ? error.message || error.constructor.name : String(error)
