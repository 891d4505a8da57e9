import type { Message } from '@thingwire/contracts'
import {
  type BatchInput,
  type BatchResult,
  type CompiledNode,
  errorText,
  type DeadLetter,
  isEnvironmentError,
  type MessageOutcome,
  type Patience,
  type RouterObserver,
  runBatch,
} from '@thingwire/rules'
import { fieldChainId } from '../calculated-fields/field-messages.ts'
import type { FieldWorker } from '../calculated-fields/field-worker.ts'
import type { ChainCache, ChainLease } from './chain-cache.ts'

/** What a message failed with, and where; no chain when it never came to one. */
export type FailedAt = { message: unknown; ruleChainId: string | null; ruleNodeId: string | null; error: string }

/** How one run of a message through its chain ended, and what it would leave behind as dead letters. */
export type RunResult = { outcome: MessageOutcome; failures: FailedAt[] }

export type BatchProcessor = {
  /**
   * Runs messages through their chains; one result each, in order. Rejects with an environment error, or when aborted,
   * with nothing settled: they are run again later.
   */
  process(messages: readonly Message[], how: ProcessOptions): Promise<RunResult[]>
}

export type ProcessOptions = Pick<BatchInput, 'timeLimit' | 'signal'> & {
  /**
   * Called once at most, when nothing but slow nodes is left to wait for: how the messages ended that have settled; null
   * for those that are under way.
   */
  onStalled?(settled: readonly (RunResult | null)[]): void
}

type Requeue = NonNullable<BatchInput['requeue']>

export const createBatchProcessor = (options: {
  chains: ChainCache
  observe: RouterObserver
  /** Evaluates alarm rules: what messages of their own chain id bring. */
  fields: Pick<FieldWorker, 'handle'>
  /** Tenant profile `maxRuleNodeExecutionsPerMessage`; 0 is no limit. */
  mostExecutions(tenantId: string): Promise<number>
  /** Nodes beside which the rest of a batch goes on when they take longer than `patienceMs`. */
  mayBeSlow(node: CompiledNode): boolean
  patienceMs: number
  /** Makes messages durable that leave through another queue. */
  requeue(tenantId: string, ...messages: Parameters<Requeue>): ReturnType<Requeue>
}): BatchProcessor => {
  const process = async (messages: readonly Message[], how: ProcessOptions): Promise<RunResult[]> => {
    const results: RunResult[] = messages.map(() => ({ outcome: 'finished', failures: [] }))
    const groups = groupByChain(messages)
    const stall = how.onStalled && createStall(results, groups.length, how.onStalled)
    const leases = new Map<string, ChainLease>()
    try {
      await Promise.all(
        groups.map(async (group) => {
          const lease = leases.get(group.tenantId) ?? options.chains.lease(group.tenantId)
          leases.set(group.tenantId, lease)
          await runGroup(group, { lease, results, how, stall })
          stall?.ended(group)
        }),
      )
    } finally {
      for (const lease of leases.values()) lease.release()
    }
    return results
  }

  const runGroup = async (
    group: Group,
    {
      lease,
      results,
      how,
      stall,
    }: { lease: ChainLease; results: RunResult[]; how: ProcessOptions; stall: Stall | undefined },
  ): Promise<void> => {
    const { tenantId, ruleChainId } = group
    const failAll = (error: string) => {
      group.messages.forEach((message, at) => {
        const failure = { message, ruleChainId, ruleNodeId: message.ruleNodeId, error }
        results[group.indexes[at] ?? -1] = { outcome: 'dead-lettered', failures: [failure] }
      })
    }
    if (ruleChainId === fieldChainId) return evaluateFields(group, { results, how })
    const found = await lease.get(ruleChainId)
    // Without a root chain messages fail; a chain that is gone lets its messages end.
    if (found.kind === 'missing') return ruleChainId === null ? failAll('No Root Rule Chain available!') : undefined
    if (found.kind === 'broken') return failAll(`Rule chain is invalid: ${found.problem}`)
    const limit = await options.mostExecutions(tenantId)
    let result: BatchResult
    try {
      result = await runBatch({
        ...found.runnable,
        signal: how.signal,
        ...(how.timeLimit && { timeLimit: how.timeLimit }),
        ...(stall && { patience: patienceOf(group, stall) }),
        messages: group.messages,
        ...(group.from && { from: group.from }),
        observe: options.observe,
        limits: { maxRuleNodeExecutionsPerMessage: limit },
        requeue: (leaving) => options.requeue(tenantId, leaving),
        callee: async (calledId) => {
          const callee = await lease.get(calledId)
          return callee.kind === 'ready' ? callee.runnable : undefined
        },
      })
    } catch (error) {
      if (isEnvironmentError(error) || how.signal.aborted) throw error
      // The router fences nodes; what still gets here must not block the partition for ever.
      return failAll(errorText(error))
    }
    note(results, group, result)
  }

  const evaluateFields = async (
    { tenantId, messages, indexes }: Group,
    { results, how }: { results: RunResult[]; how: ProcessOptions },
  ): Promise<void> => {
    try {
      await options.fields.handle(tenantId, messages, how.signal)
    } catch (error) {
      if (isEnvironmentError(error) || how.signal.aborted) throw error
      for (const [at, message] of messages.entries()) {
        const failure = { message, ruleChainId: null, ruleNodeId: null, error: errorText(error) }
        results[indexes[at] ?? -1] = { outcome: 'dead-lettered', failures: [failure] }
      }
    }
  }

  const patienceOf = (group: Group, stall: Stall): Patience => ({
    ms: options.patienceMs,
    isFor: options.mayBeSlow,
    exhausted: (settled) => stall.exhausted(group, settled),
  })

  return { process }
}

type Group = {
  tenantId: string
  ruleChainId: string | null
  /** Set when the messages are answers that came back later to a node. */
  from: { nodeId: string; connection: string } | null
  messages: Message[]
  /** Where they stand among all messages. */
  indexes: number[]
}

const groupByChain = (messages: readonly Message[]): Group[] => {
  const groups = new Map<string, Group>()
  let last: Group | undefined
  messages.forEach((message, index) => {
    const { tenantId, ruleChainId } = message
    const from = returnOf(message)
    if (!last || last.tenantId !== tenantId || last.ruleChainId !== ruleChainId || last.from || from) {
      const key = `${tenantId}/${ruleChainId}${from ? `/${from.nodeId}/${from.connection}` : ''}`
      last = groups.get(key) ?? { tenantId, ruleChainId, from, messages: [], indexes: [] }
      groups.set(key, last)
    }
    last.messages.push(message)
    last.indexes.push(index)
  })
  return [...groups.values()]
}

type Ended = { outcomes: readonly (MessageOutcome | null)[]; deadLetters: readonly DeadLetter[] }

const note = (results: RunResult[], group: Group, { outcomes, deadLetters }: Ended): void => {
  outcomes.forEach((outcome, at) => {
    if (outcome) results[group.indexes[at] ?? -1] = { outcome, failures: [] }
  })
  for (const { root, message, ruleChainId, nodeId, error } of deadLetters)
    results[group.indexes[root] ?? -1]?.failures.push({ message, ruleChainId, ruleNodeId: nodeId, error })
}

type Stall = {
  ended(group: Group): void
  exhausted(group: Group, settled: Ended): void
}

/** Waits until all groups have ended or wait for slow nodes alone. */
const createStall = (results: RunResult[], groups: number, tell: NonNullable<ProcessOptions['onStalled']>): Stall => {
  const open = new Map<Group, Ended>()
  let left = groups
  let isTold = false
  const look = (): void => {
    if (isTold || left > 0 || open.size === 0) return
    isTold = true
    const settled: (RunResult | null)[] = [...results]
    for (const [group, ended] of open) {
      const own: RunResult[] = []
      note(own, group, ended)
      for (const index of group.indexes) settled[index] = own[index] ?? null
    }
    tell(settled)
  }
  return {
    ended: (group) => {
      if (!open.delete(group)) left--
      look()
    },
    exhausted: (group, settled) => {
      open.set(group, settled)
      left--
      look()
    },
  }
}

const returnOf = ({ ruleNodeId, connection }: Message): Group['from'] =>
  ruleNodeId !== null && connection !== undefined ? { nodeId: ruleNodeId, connection } : null
