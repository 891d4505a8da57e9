import type { Message } from '@thingwire/contracts'
import type { CompiledChain, CompiledNode } from './compile-chain.ts'
import { BatchRun } from './batch-run.ts'
import type { TimeLimit } from './call-clock.ts'
import type { Hold } from './node.ts'
import type { NodeInstance } from './start-nodes.ts'

export type RunnableChain = { chain: CompiledChain; instances: readonly NodeInstance[] }

export type RouterLimits = {
  /** Nodes one message may pass on one path; 0 is no limit (tenant profile `maxRuleNodeExecutionsPerMessage`). */
  maxRuleNodeExecutionsPerMessage: number
  /** Branches one root message may have in memory in all; a drawing of 30 diamonds would otherwise make 2^30. */
  maxBranchesPerMessage: number
}

export const defaultRouterLimits: RouterLimits = { maxRuleNodeExecutionsPerMessage: 0, maxBranchesPerMessage: 10_000 }

/** One call of a node, message by message. */
export type InspectedCall = {
  chain: CompiledChain
  node: CompiledNode
  /** `via`: the connection by which it came; empty where messages enter a chain. */
  arrivals: readonly { message: Message; via: string }[]
  departures: readonly InspectedDeparture[]
  /** ms */
  elapsedMs: number
  /** The node was not called: a message of its own came back, and goes on from it. */
  isResumed?: true
}

export type InspectedDeparture = {
  /** Index of the arrival that it comes from. */
  arrival: number
  message: Message
  /** Of which node of which chain: this one's, or that of the node to which a called chain returns. */
  chain: CompiledChain
  node: CompiledNode
  /** As emitted; null: none (it was given up, or went into another chain, or back to nobody). */
  connection: string | null
  /** Set when it failed. */
  error: string | null
  /** Set when it goes on through that queue; an empty name: the queue of the originator's profile. */
  queueName?: string
  /** Where it goes on, and as which message. */
  onward: readonly { ruleChainId: string; nodeId: string; messageId: string }[]
}

/** Counts are called once per node call and per label of it, never per message. */
export type RouterObserver = {
  /** Whether `inspected` wants this call. Asked once a call, of every call: it must cost next to nothing. */
  inspects?(call: { chain: CompiledChain; node: CompiledNode; messages: readonly { message: Message }[] }): boolean
  inspected?(call: InspectedCall): void
  /** A message took Failure, or its node did not answer in time; also when nobody is wired there. */
  failed?(failure: { chain: CompiledChain; node: CompiledNode; message: Message; error: string }): void
  /** A call of a node failed as a whole: it threw, or did not answer in time. That is a fault of the node, not of a message. */
  broke?(fault: { chain: CompiledChain; node: CompiledNode; tenantId: string; error: string }): void
  nodeCalled?(call: {
    chain: CompiledChain
    nodeIndex: number
    messages: number
    failures: number
    elapsedMs: number
  }): void
  /** `connection` as drawn when somebody is wired to it, else as emitted. */
  connectionPassed?(pass: { chain: CompiledChain; nodeIndex: number; connection: string; messages: number }): void
}

/**
 * The rest of a batch goes on beside a call that takes longer than this: what came by other ways, and messages of other
 * originators. Messages of one originator keep their order at every node that lies behind the slow one.
 */
export type Patience = {
  ms: number
  isFor(node: CompiledNode): boolean
  /**
   * Called once at most, when nothing but slow calls is left: how the messages ended that have settled; null for those
   * that are under way.
   */
  exhausted(settled: { outcomes: (MessageOutcome | null)[]; deadLetters: DeadLetter[] }): void
}

export type BatchInput = RunnableChain & {
  /** In order of arrival; ids should differ. */
  messages: readonly Message[]
  /**
   * Where all messages enter. Without it each one enters at its `ruleNodeId`, or at the first node. With `connection` it
   * is as if that node had just emitted it (an answer that came back later).
   */
  from?: { nodeId: string; connection?: string }
  signal: AbortSignal
  observe?: RouterObserver
  limits?: Partial<RouterLimits>
  /** Chains of the same tenant that rule chain nodes call; undefined when there is no such chain. */
  callee?: (ruleChainId: string) => RunnableChain | undefined | Promise<RunnableChain | undefined>
  /** Without it a node may take as long as it likes. */
  timeLimit?: TimeLimit
  /** Without it a batch waits for each of its nodes in turn. */
  patience?: Patience
  /**
   * Makes messages that leave through another queue durable (a null name: that of the originator's profile). They carry
   * where they go on, the calls that wait for them, and how many nodes they have passed; with `hold` they leave later, and
   * `heldId` is the id that the message had: a batch that runs again holds it once. May answer for each of them why it was
   * not taken, or null.
   */
  requeue?: (
    messages: readonly { queueName: string | null; message: Message; hold?: Hold; heldId?: string }[],
  ) => Promise<readonly (string | null)[] | undefined>
}

/**
 * What became of one root message with all its branches. A lost branch outweighs one whose node did not answer in time,
 * and that one a stored one.
 */
export type MessageOutcome = 'stored' | 'finished' | 'dead-lettered' | 'timed-out'

export type DeadLetter = {
  /** Index of the root message in the batch. */
  root: number
  /** As it stood when it failed, with the calls that wait for it; a branch has its own id. */
  message: Message
  ruleChainId: string
  nodeId: string
  nodeName: string
  error: string
}

export type BatchResult = {
  /** One per message of the batch, in its order. */
  outcomes: MessageOutcome[]
  /** Of the lost branches, and of those whose node did not answer in time. */
  deadLetters: DeadLetter[]
}

/**
 * Runs a batch through a chain until every message and every branch of it has settled. A node is called once with all
 * messages that reach it, in batch order; messages of one originator thus keep their order at every node. Fan-out stays
 * in memory, inside the batch.
 *
 * Rejects, with nothing settled, when the signal aborts or a handler or `requeue` throws an environment error: the caller
 * runs the whole batch again later, and stores are idempotent. Beside these only a rejection of `callee` comes out.
 */
export const runBatch = (input: BatchInput): Promise<BatchResult> =>
  new BatchRun(input, { ...defaultRouterLimits, ...input.limits }).run()
